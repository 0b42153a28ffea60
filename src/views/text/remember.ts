/** Strings about what this browser keeps, and session files. */
import type { Milliseconds } from '../../model/units.ts';
import type { KeptOffer } from '../../session/remember.svelte.ts';
import { format } from '../format.ts';
import { shorten, visible } from '../parts/visible-text.ts';
import { daysOf } from '../remember/days-of.ts';
import { count } from './count.ts';

const DAY = 86_400_000;

export const rememberText = {
  title: 'Kept in this browser',

  offer({ kept, firstTime, lastTime }: KeptOffer): string {
    const files = count(kept.length, 'file');
    const days = daysOf({ firstTime, lastTime });
    return `Continue: ${files}${days ? ` · ${format.span(days)}` : ''}`;
  },
  offerDetail: ({ requests, stored, usedAt }: KeptOffer, now: Milliseconds) =>
    `${count(requests, 'request')} · ${format.bytes(stored)} stored here · last opened ${ago(usedAt, now)}`,
  open: 'Open',
  openAndReread: 'Open and read new lines',
  reread: 'Read new lines',
  rereadNote: (names: string[]) =>
    `What has come since in ${shorten(visible(names[0]!), 60)}${names.length > 1 ? ` and ${names.length - 1} more` : ''} can be read from the disk. Your browser may ask first.`,
  opening: 'The rest is still being opened.',
  forget: 'Forget',
  forgetQuestion: (files: number, stored: number) =>
    `This deletes the results of ${count(files, 'file')} (${format.bytes(stored)}) and your settings from this browser. Your own files are not touched.`,

  stored: (stored: number, quota: number | null) =>
    `${format.bytes(stored)} stored here${quota === null ? '' : ` (this browser allows about ${format.bytes(quota)})`}.`,
  nothing: 'Nothing of your files is stored here.',
  keeping: 'Keeping what was read…',
  line: {
    off: 'Not remembered: it is here until you close this tab.',
    keeping: 'Being remembered on this device, addresses only as salted hashes…',
    kept: (stored: number) =>
      `Remembered on this device: ${format.bytes(stored)}, addresses only as salted hashes.`,
    full: 'Not enough room to remember this. It works until you close the tab. Save a session file to keep it.',
    refused:
      'This browser does not let the page keep anything. It works until you close the tab. Save a session file to keep it.',
    show: 'What is kept, and the switch',
  },
  what: 'Kept in this browser, on this device, are: names and sizes of files; of each manifest request its time, repository, tag or digest, user agent, place in the file and what it counts as; what tables say; and the figures without a filter; and, in browsers that have them, references to the last 10 files or folders that were dropped, which open only when you ask for it. So you can go on after closing the page, for 90 days after you last opened it. 1 GB at most, the oldest go first. No line is kept, and no address: only a hash that tells addresses apart, with its country, provider, type and your name for its network. Its salt stays in this browser and goes into no file: who can read this browser’s storage could try all addresses.',
  switch: 'Remember on this device',
  switchNote:
    'When it is off, nothing of your files is kept here, and what was kept is deleted. “Forget my data” leaves this switch as it is.',
  safari: 'Safari may delete this after 7 days without a visit. A session file stays.',

  session: 'Session file',
  sessionNote:
    'All that is held here in one file, to open later, elsewhere or beside other data; logs may go. It holds no line and no address. Drop it on this page to open it. Addresses from different browsers are counted apart.',
  sessionDays: 'Days that the session file will hold',
  save: 'Save session file',
  saving: 'Writing…',
  saved: (name: string, files: number) => `Saved ${name} with ${count(files, 'file')}.`,
  failed: (reason: string) => `It could not be saved: ${reason}.`,
};

function ago(time: Milliseconds, now: Milliseconds): string {
  const days = Math.floor(now / DAY) - Math.floor(time / DAY);
  return days <= 0 ? 'today' : days === 1 ? 'yesterday' : `${days} days ago`;
}
