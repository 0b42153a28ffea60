/** Strings of the pages that gather what else stands at the foot of the overview: data, files, settings. */
import { count } from './count.ts';

export const pagesText = {
  start: 'Start',
  data: {
    title: 'Data and its quality',
    lead: 'Which files the figures come from, which days they cover, what became of every line, and what is to be known about them.',
    noProblem: 'There is nothing to warn of: every file was recognised and read to its end.',
  },
  export: {
    title: 'Files to take along',
    lead: 'Days and filters chosen here are those of all views. No file holds a client address.',
  },
  /** Instead of a view of logs, where only tables were read. */
  ofLogs: {
    title: 'This needs a log',
    why: 'Only tables were read, and this view counts the lines of logs: an empty list would say nothing. Add an access log to see it.',
    instead: {
      'what-moved': 'Totals of the tables in one period and in another are on the overview.',
      storms: 'Pulls and version checks of the tables are on the overview.',
      'clean-up':
        'The repositories of the tables are on the overview: sort them by “Last day” to see which were not pulled for longest.',
    },
  },
  settings: {
    title: 'Settings',
    lead: 'These hold for all views. They are kept in this browser until you forget them; the clock and the rules only until the page is closed.',
    look: 'Looks, clock and keys',
    themeNote: 'Automatic: as your system has it.',
    zoneNote: 'By which days and weeks begin on the page. Downloaded files always hold days by UTC.',
    keysNote:
      'Off: keys such as / or 1 do nothing, so that nothing happens by mistake when you dictate. “?” is such a key too; the sheet of keys is at the foot of every page.',
    rulesLater: 'How requests are counted can be changed when files are read.',
    forget: 'Forget',
    forgetNote:
      'Deletes what this browser keeps of this page: results of files, settings, own formats. Your own files are not touched.',
    forgetQuestion: (files: number) =>
      files === 0
        ? 'This deletes what is kept of all files, and your settings, from this browser. Your own files are not touched.'
        : `This drops the results of ${count(files, 'file')}, what is kept of all files, and your settings from this browser. Your own files are not touched.`,
  },
};
