/**
 * What was known of addresses that are only hashes now, laid over what is looked up. In: facts that were kept, by the
 * client's number. Out: AddressFacts in which they stand where nothing can be looked up any more.
 */
import type { AddressColumns, AddressFacts } from '../model/address-columns.ts';
import { isKept } from '../model/kept-address.ts';
import type { KeptFacts } from '../model/kept-file.ts';
import type { WordTable } from '../lib/word-table.ts';

const COLUMNS = [
  ['countries', 'countryOf'],
  ['hosts', 'hostOf'],
  ['types', 'typeOf'],
  ['networks', 'networkOf'],
  ['kinds', 'kindOf'],
] as const;

export class KnownAndKept {
  private readonly kept: { clients: Uint32Array; facts: KeptFacts }[] = [];

  add(clients: Uint32Array, facts: KeptFacts): void {
    this.kept.push({ clients, facts });
  }

  over(known: AddressFacts): AddressFacts {
    let laid = 0;
    return {
      columnsOf: (clients) => {
        const columns = known.columnsOf(clients);
        // Columns that are kept by `known` grow, and keep what was laid over them.
        const first = known.isKept ? laid : 0;
        for (laid = first; laid < this.kept.length; laid++) lay(columns, clients, this.kept[laid]!);
        return columns;
      },
    };
  }
}

function lay(
  columns: AddressColumns,
  clients: WordTable,
  { clients: numbers, facts }: { clients: Uint32Array; facts: KeptFacts },
): void {
  const isHash = new Uint8Array(numbers.length);
  for (let i = 0; i < numbers.length; i++) isHash[i] = isKept(clients.bytesOf(numbers[i]!)) ? 1 : 0;
  for (const [texts, of] of COLUMNS) {
    const words = facts[texts].map((text) => columns[texts].internText(text));
    const [column, laid] = [facts[of], columns[of]];
    for (let i = 0; i < numbers.length; i++) {
      // A column of one value is that value alone.
      if (isHash[i]) laid[numbers[i]!] = words[column[column.length === 1 ? 0 : i]!]!;
    }
  }
}
