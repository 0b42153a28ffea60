/**
 * Columns of numbers in as few bytes as they need. In: whole numbers of 0 to 2^32 − 1, or times that mostly rise.
 * Out: a typed array, and the numbers again. A column of one value is that value alone.
 */
export type Narrow = Uint8Array | Uint16Array | Uint32Array;
export interface Steps {
  first: number;
  steps: Int8Array | Int16Array | Int32Array;
}

export function narrow(values: Uint32Array): Narrow {
  let most = 0;
  let isOne = true;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value > most) most = value;
    if (value !== values[0]) isOne = false;
  }
  const kept = isOne ? values.subarray(0, 1) : values;
  if (most < 1 << 8) return Uint8Array.from(kept);
  return most < 1 << 16 ? Uint16Array.from(kept) : kept.slice();
}

/** Fills `into` to its end. False when the column is of another length. */
export function widen(column: Narrow, into: Uint32Array): boolean {
  if (column.length === into.length) into.set(column);
  else if (column.length === 1) into.fill(column[0]!);
  else return false;
  return true;
}

/** Numbers that differ little from one to the next. Differences are taken modulo 2^32, so nothing is lost. */
export function toSteps(values: Uint32Array): Steps {
  const steps = new Int32Array(values.length);
  let widest = 0;
  for (let i = 1; i < values.length; i++) {
    const step = (values[i]! - values[i - 1]!) | 0;
    steps[i] = step;
    widest |= step < 0 ? ~step : step;
  }
  const first = values[0] ?? 0;
  if (widest < 1 << 7) return { first, steps: Int8Array.from(steps) };
  return { first, steps: widest < 1 << 15 ? Int16Array.from(steps) : steps };
}

/** Fills `into`, which must be as long as the column. */
export function fromSteps({ first, steps }: Steps, into: Uint32Array): Uint32Array {
  let value = first | 0;
  for (let i = 0; i < into.length; i++) {
    value = (value + steps[i]!) | 0;
    into[i] = value;
  }
  return into;
}
