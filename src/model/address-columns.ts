/**
 * What is known of client addresses, as columns: one entry for each distinct address, looked up when first asked for.
 * Read by filters, exports and aggregates. The empty word is "not known", never a guess.
 */
import { WordTable } from '../lib/word-table.ts';

export interface AddressColumns {
  /** ISO 3166-1 alpha-2. */
  countries: WordTable;
  /** Cloud providers. */
  hosts: WordTable;
  /** business, isp, hosting, education. */
  types: WordTable;
  /** The user's own names for ranges. */
  networks: WordTable;
  /** What sort of address, where no country can have it: private, loopback, carrier-grade, …; empty for public ones. */
  kinds: WordTable;
  /** Number in the table of that name, by number of the address in Traffic.clients. */
  countryOf: Uint32Array;
  hostOf: Uint32Array;
  typeOf: Uint32Array;
  networkOf: Uint32Array;
  kindOf: Uint32Array;
}

/** Who knows about addresses. Must be given the same dictionary, perhaps grown, at each call. */
export interface AddressFacts {
  columnsOf(clients: WordTable): AddressColumns;
  /** The columns are the same at each call, and grow. */
  readonly isKept?: true;
}

/** Knows nothing: every word is empty. */
export const NO_ADDRESS_FACTS: AddressFacts = {
  columnsOf({ size }) {
    const words = () => {
      const table = new WordTable();
      table.internText('');
      return table;
    };
    const none = () => new Uint32Array(size);
    return {
      ...{ countries: words(), hosts: words(), types: words(), networks: words(), kinds: words() },
      ...{ countryOf: none(), hostOf: none(), typeOf: none(), networkOf: none(), kindOf: none() },
    };
  },
};
