/** Which page of the build this is. Read from the page itself, so that code is the same in all of them. */
const has = (selector: string) =>
  typeof document !== 'undefined' && document.querySelector(selector) !== null;

/** team.html: it may read from its own server, and reads there what pullscope.json lists. */
export const READS_LIST = has('meta[name="pullscope-list"]');

/** Only built pages that come with a manifest can be installed and kept for offline use. */
export const CAN_BE_KEPT = has('link[rel="manifest"]');

/** The single file holds its licences; the others have them beside. */
export const LICENCES = has('#licences') ? '#licences' : './licences.txt';
