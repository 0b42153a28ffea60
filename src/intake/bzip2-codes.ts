/**
 * The Huffman codes of bzip2. In: the length of each symbol's code. Out: a table to read them by. Source: bzip2 1.0.8:
 * codes of one length follow each other, in the order of their symbols, behind those that are shorter.
 */
export const LONGEST_CODE = 20;

/** A Huffman code: for each length the largest code, and where its symbols stand. */
export interface HuffmanTable {
  limits: Int32Array;
  bases: Int32Array;
  symbols: Uint8Array | Uint16Array;
  shortest: number;
}

export function makeTable(lengths: Uint8Array): HuffmanTable {
  const counts = new Int32Array(LONGEST_CODE + 2);
  for (const length of lengths) counts[length]!++;
  const symbols = Uint16Array.from([...lengths.keys()].sort((a, b) => lengths[a]! - lengths[b]! || a - b));
  const limits = new Int32Array(LONGEST_CODE + 2).fill(-1);
  const bases = new Int32Array(LONGEST_CODE + 2);
  let code = 0;
  let before = 0;
  for (let length = 1; length <= LONGEST_CODE; length++) {
    bases[length] = code - before;
    code += counts[length]!;
    before += counts[length]!;
    // The largest code of this length; of one that no symbol has, less than any.
    limits[length] = code - 1;
    code <<= 1;
  }
  return { limits, bases, symbols, shortest: Math.min(...lengths) };
}
