import type { LineTally } from '../../src/model/view.ts';

/** The account of a file without lines: what a test expects is written as what differs from it. */
export const NO_LINES: LineTally = {
  read: 0,
  counted: 0,
  dropped: [],
  setAside: 0,
  otherFiles: 0,
  loggedTwice: 0,
  behind: 0,
  otherRegistry: 0,
  otherPath: 0,
  applicationMessage: 0,
  blank: 0,
  unreadable: 0,
};
