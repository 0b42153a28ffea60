/** Facts of addresses that a test makes up. In: facts by address. Out: AddressFacts as a table of places gives them. */
import { WordTable } from '../../src/lib/word-table.ts';
import type { AddressFacts } from '../../src/model/address-columns.ts';

export interface Facts {
  country?: string;
  host?: string;
  type?: string;
  network?: string;
  kind?: string;
}

export function factsFor(byAddress: Record<string, Facts>): AddressFacts {
  const [countries, hosts, types, networks, kinds] = Array.from({ length: 5 }, () => new WordTable()) as [
    WordTable,
    WordTable,
    WordTable,
    WordTable,
    WordTable,
  ];
  return {
    columnsOf(clients) {
      const facts = Array.from(
        { length: clients.size },
        (_, client) => byAddress[clients.textOf(client)] ?? {},
      );
      const column = (words: WordTable, key: keyof Facts) => {
        words.internText('');
        return Uint32Array.from(facts, (each) => words.internText(each[key] ?? ''));
      };
      return {
        countries,
        hosts,
        types,
        networks,
        kinds,
        countryOf: column(countries, 'country'),
        hostOf: column(hosts, 'host'),
        typeOf: column(types, 'type'),
        networkOf: column(networks, 'network'),
        kindOf: column(kinds, 'kind'),
      };
    },
  };
}
