/** Strings of formats that a person defines. */
import type { LineField } from '../../model/line-pattern.ts';
import { type FormatOrigin, MOST_OWN_FORMATS, type TriedLine } from '../../model/own-format.ts';
import { format } from '../format.ts';
import { count } from './count.ts';

const n = format.integer;

const FIELD_NAMES: Record<LineField, string> = {
  skip: 'not needed',
  client: 'client address',
  forwarded: 'X-Forwarded-For',
  time: 'time',
  request: 'request line',
  method: 'method',
  target: 'path',
  status: 'status',
  written: 'bytes sent',
  agent: 'user agent',
  digest: 'digest of the answer',
};

const ORIGINS: Record<FormatOrigin, string> = {
  nginx: 'nginx log_format',
  apache: 'Apache LogFormat',
  haproxy: 'HAProxy log-format',
  envoy: 'Envoy access log format',
  goaccess: 'GoAccess log-format',
  regex: 'regular expression',
};

export const ownFormatText = {
  own: {
    title: 'Own formats',
    lead: 'Tell this page how your log lines are laid out. Formats stay in this browser until you forget your data.',
    close: 'Close',
    saved: 'Saved formats',
    none: 'None yet.',
    name: 'Name',
    nameOf: (name: string) => `Name of the format ${name}`,
    copy: 'Copy link',
    copyOf: (name: string) => `Copy a link with the format ${name}`,
    copied: 'The link is copied. It carries the format, never data.',
    copyByHand: 'Copy this link. It carries the format, never data.',
    remove: 'Delete',
    removeOf: (name: string) => `Delete the format ${name}`,
    full: `There are ${MOST_OWN_FORMATS} formats, which is the most. Delete one to add another.`,
    add: 'Add a format',
    ways: 'How to define it',
    paste: 'From a configuration',
    clicks: 'From a line',
    pasteLabel:
      'Paste an nginx log_format or nginx.conf, an Apache LogFormat, a HAProxy, Envoy or GoAccess format, or a regular expression with named groups',
    placeholder: `log_format main '$remote_addr [$time_local] "$request" $status';`,
    recognised: 'What was recognised',
    origin: (name: string, origin: FormatOrigin) =>
      name === origin || name === '' ? ORIGINS[origin] : `${name} (${ORIGINS[origin]})`,
    fields: (fields: LineField[]) => `It shows: ${fields.map((field) => FIELD_NAMES[field]).join(', ')}.`,
    fieldName: (field: LineField) => FIELD_NAMES[field],
    fieldHead: (field: LineField) => FIELD_NAMES[field][0]!.toUpperCase() + FIELD_NAMES[field].slice(1),
    lineLabel: 'Line',
    lineNote: 'One of your unreadable lines, or paste another.',
    otherLine: 'Your unreadable lines',
    chooseLine: 'Choose a line…',
    partsTitle: 'Say what each part is',
    partsNote: 'What is already chosen is a guess. A request line is method, path and protocol in one.',
    partOf: (part: string) => `What “${part}” is`,
    preview: 'How your unreadable lines are read with it',
    noLines: 'There is no unreadable line to try it on. It is used for files that you drop from now on.',
    trying: 'Trying it…',
    tried: (read: number, all: number) =>
      read === all
        ? `All ${n(all)} lines tried are read.`
        : `${n(read)} of the ${count(all, 'line')} tried are read.`,
    line: 'Line',
    result: 'Result',
    results: {
      manifest: 'manifest request',
      otherRegistry: 'other registry request',
      other: 'request of another path',
      unreadable: 'not read',
    } satisfies Record<TriedLine['fate'], string>,
    notOwn: 'another format',
    saveName: 'Name of this format',
    save: 'Save and count again',
    saving: 'Counting again…',
    known: (name: string) => `This format is saved already, as “${name}”.`,
    region: 'Table of lines as they are read, can be scrolled',

    offeredTitle: 'Use this log format?',
    offered: (name: string) =>
      `The link you opened carries a log format named “${name}”. It carries no data.`,
    offeredUse: 'It is tried before all other formats, for files held now and dropped later.',
    accept: 'Use this format',
    refuse: 'Leave it',
  },
};
