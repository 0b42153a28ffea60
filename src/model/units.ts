/** Units as types: no run-time cost, and signatures explain themselves. */

/** Milliseconds since 1970-01-01T00:00:00Z, or a length of time in milliseconds. */
export type Milliseconds = number;
/** A length or position in bytes. */
export type Bytes = number;
/** Whole UTC days since 1970-01-01. */
export type Day = number;
/** Row of a RequestTable. */
export type RequestIndex = number;
/** Place of a repository in the analysis worker's list of repositories. */
export type RepositoryIndex = number;

export const MILLISECONDS_PER_DAY = 86_400_000;
