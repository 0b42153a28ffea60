/** What a format answers about a line. Below zero: the line is not of this format. */
export const NOT_MINE: i32 = -1;
/** The reader has not been asked yet. */
export const NOT_TRIED: i32 = -2;
/** A manifest request by HEAD or GET: a row was added. */
export const MANIFEST_REQUEST: i32 = 0;
export const OTHER_REGISTRY: i32 = 1;
export const OTHER_PATH: i32 = 2;
export const APPLICATION_MESSAGE: i32 = 3;
export const BLANK: i32 = 4;
/** UNREADABLE + a reason of model/segment.ts. */
export const UNREADABLE: i32 = 8;
export const UNKNOWN_FORMAT: i32 = 0;
export const NO_TIME: i32 = 1;
export const NO_REQUEST: i32 = 2;
export const NO_STATUS: i32 = 3;
export const TOO_LONG: i32 = 4;
export const BINARY: i32 = 5;
