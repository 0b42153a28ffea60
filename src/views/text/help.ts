/** Strings of the sheet of keys. */
export const helpText = {
  open: 'Keys',
  title: 'Keys',
  keys: {
    '?': 'This sheet',
    '/': 'Search repositories',
    '1': 'All time',
    '2': 'Last month',
    d: 'Choose days',
    g: 'Choose how long a bar of the chart is',
    c: 'Compare with an earlier time',
    u: 'Days by UTC, or by the clock of this computer',
    t: 'The chart as a table',
    v: 'Version checks on the chart, or not',
    e: 'Downloads',
    'Control+O': 'Choose files',
    Escape: 'Close a sheet or a dialog',
  },
  walk: 'Go from bar to bar, when the chart has the focus',
  pasteNote: 'Lines of a log, or files, that are pasted on the page are read like files that are dropped.',
  singleKeys: 'Keys that are one letter or sign do something',
};
