/** What columns.ts does, in AssemblyScript: columns are addresses, and places are not checked. */

/** Bytes before a column, where its length stands; a multiple of 16, so that the column is aligned. */
const HEAD: usize = 16;

function newColumn(length: i32, size: usize): usize {
  const column = heap.alloc(HEAD + size) + HEAD;
  store<i32>(column - HEAD, length);
  memory.fill(column, 0, size);
  return column;
}

@unmanaged
@final
export class Integers {
  constructor(length: i32) {
    return changetype<Integers>(newColumn(length, (<usize>length) << 2));
  }

  get length(): i32 {
    return load<i32>(changetype<usize>(this) - HEAD);
  }

  @inline
  @operator('[]')
  get(place: i32): i32 {
    return load<i32>(changetype<usize>(this) + ((<usize>place) << 2));
  }

  @inline
  @operator('[]=')
  set(place: i32, value: i32): void {
    store<i32>(changetype<usize>(this) + ((<usize>place) << 2), value);
  }
}

@unmanaged
@final
export class Times {
  constructor(length: i32) {
    return changetype<Times>(newColumn(length, (<usize>length) << 3));
  }

  get length(): i32 {
    return load<i32>(changetype<usize>(this) - HEAD);
  }

  @inline
  @operator('[]')
  get(place: i32): f64 {
    return load<f64>(changetype<usize>(this) + ((<usize>place) << 3));
  }

  @inline
  @operator('[]=')
  set(place: i32, value: f64): void {
    store<f64>(changetype<usize>(this) + ((<usize>place) << 3), value);
  }

  fill(value: f64): void {
    for (let place: i32 = 0; place < this.length; place++) this[place] = value;
  }
}

@unmanaged
@final
export class Shorts {
  constructor(length: i32) {
    return changetype<Shorts>(newColumn(length, (<usize>length) << 1));
  }

  @inline
  @operator('[]')
  get(place: i32): i32 {
    return load<u16>(changetype<usize>(this) + ((<usize>place) << 1));
  }

  @inline
  @operator('[]=')
  set(place: i32, value: i32): void {
    store<u16>(changetype<usize>(this) + ((<usize>place) << 1), <u16>value);
  }
}

@unmanaged
@final
export class Bytes {
  constructor(length: i32) {
    return changetype<Bytes>(newColumn(length, <usize>length));
  }

  @inline
  @operator('[]')
  get(place: i32): i32 {
    return load<u8>(changetype<usize>(this) + <usize>place);
  }

  @inline
  @operator('[]=')
  set(place: i32, value: i32): void {
    store<u8>(changetype<usize>(this) + <usize>place, <u8>value);
  }
}

export function grownIntegers(column: Integers, size: i32): Integers {
  const grown = new Integers(size);
  memory.copy(changetype<usize>(grown), changetype<usize>(column), (<usize>column.length) << 2);
  return grown;
}

export function grownTimes(column: Times, size: i32): Times {
  const grown = new Times(size);
  memory.copy(changetype<usize>(grown), changetype<usize>(column), (<usize>column.length) << 3);
  return grown;
}
