/** Strings around the dashboard: the empty page, reading, questions, header and footer. */
import { dayOf } from '../../lib/calendar.ts';
import type { Milliseconds } from '../../model/units.ts';
import type { DaySpan, FileState, ReadReport } from '../../model/view.ts';
import type { Notice } from '../../session/session.svelte.ts';
import { manifestRequests } from '../dashboard/line-account.ts';
import { format } from '../format.ts';
import { count } from './count.ts';
import { placesText } from './places.ts';

const n = format.integer;

const STATES: Record<FileState, string> = {
  waiting: 'not read',
  reading: 'reading',
  read: 'read',
  partly: 'read in part',
  duplicate: 'already there',
  skipped: 'skipped',
  failed: 'not read',
};

export const pageText = {
  product: 'Pullscope',
  skip: 'Skip to the content',
  pasted: 'pasted lines',
  chooseFiles: 'Choose files',
  chooseFolder: 'Choose a folder',
  trySample: 'Try with sample data',
  privacyShort: 'Nothing is uploaded. This page reads your files in your browser and can contact no server.',

  welcome: {
    title: 'See who pulls what, from your own registry logs.',
    lead: 'Drop access logs of your container registry. Pullscope folds their requests into pulls and version checks, and shows them by day, by repository and by tag.',
    drop: 'Drop logs or CSV files anywhere on this page',
    dropDetail: 'Many at once, whole folders, archives; of any size.',
    sampleDetail: 'Three months of an invented registry.',
    reads: 'What it reads',
    formats: [
      {
        name: 'Registries',
        places: 'registries',
        detail:
          'distribution 2 and 3 in all shapes and its notifications, Harbor, GitLab, zot, Quay, Artifactory, Nexus, Gitea. A request that is logged twice counts once.',
        example: 'time="2026-11-21T03:09:37Z" level=info msg="response completed" http.request.method=GET …',
      },
      {
        name: 'Proxies and clouds',
        places: 'proxies',
        detail:
          'nginx, Apache, ingress-nginx, Traefik, Caddy, HAProxy, Envoy; AWS, Google, Azure, Cloudflare. Any layout around a quoted request, and JSON.',
        example: '192.0.2.7 - - [21/Nov/2026:03:09:35 +0000] "GET /v2/acme/api/manifests/2.0 HTTP/1.1" 200 …',
      },
      {
        name: 'As your machines keep them',
        places: 'machines',
        detail:
          'Inside of what Docker, Kubernetes, compose, syslog, journald and log shippers write around a line.',
        example: '2026-11-21T03:09:37.228Z stdout F 192.0.2.7 - - [21/Nov/2026:03:09:35 +0000] "GET …',
      },
      {
        name: 'Tables of hubs',
        places: 'tables',
        detail:
          "Docker Hub's and Hugging Face's CSVs, what queries over logs export, this page's own files, and any CSV whose columns you name.",
        example: 'repoType,repoName,total,timestamp,downloads',
      },
      {
        name: 'Plain, compressed, in archives',
        places: 'packed',
        detail:
          'gzip, zstd, bzip2, xz, zip and tar, told by their content. Rotated files in any order; what is there twice counts once.',
        example: 'access.log  access.log.1  access.log.2.gz  logs.tar.zst  logs.zip',
      },
    ] as const,
    ownLayout: 'A layout of your own',
    ownLayoutDetail:
      'Paste the log_format of nginx, the LogFormat of Apache, a format of HAProxy, Envoy or GoAccess, or a regular expression; or click the parts of a line.',
    answerList: [
      'Pulls by tag, pulls by digest and version checks told apart, by a documented rule.',
      'Every repository with its numbers, its trend and its tags.',
      'Raw, summary and daily CSV files for a spreadsheet or a database.',
      'An account of every line: nothing is left out in silence.',
    ],
    privacy: 'Nothing is uploaded',
    privacyDetail:
      'Your files are read by this page, in your browser. Its security policy allows it no connection at all, not even to its own server.',
    check:
      'See for yourself: switch your network off and use it, or look for “connect-src” in the source of this page.',
  },

  drop: {
    overlay: (files: number) =>
      files > 0
        ? `Drop to read ${count(files, 'file')}. Nothing is uploaded.`
        : 'Drop to read. Nothing is uploaded.',
  },

  notice(notice: Notice): string {
    switch (notice.kind) {
      case 'no-files':
        return 'There was no file in that drop. Drag log files or folders from your file manager, or use “Choose files”.';
      case 'no-sample':
        return 'The sample did not come: it is a part of this page that is loaded when it is asked for. Is the network off?';
      case 'busy':
        return 'Still reading. Cancel it, or wait until it is done, and try again.';
      case 'left-out':
        return leftOut(notice);
      case 'databases':
        return placesText.taken(notice.places);
      case 'gone':
        return `${notice.names.join(', ')} can no longer be read: ${notice.names.length === 1 ? 'it was' : 'they were'} moved, deleted or changed. Nothing was changed here. Remove ${notice.names.length === 1 ? 'the file' : 'these files'} from this page, or drop ${notice.names.length === 1 ? 'it' : 'them'} again.`;
      case 'not-here':
        return `Only the results of ${notice.names.join(', ')} are kept here, not ${notice.names.length === 1 ? 'the file' : 'the files'}. Choose ${notice.names.length === 1 ? 'it' : 'them'} again to recount, then change this again. Nothing was changed.`;
      case 'bad-session':
        return notice.files.map(({ name, problem, remedy }) => `${name}: ${problem} ${remedy}`).join(' ');
      case 'not-forgotten':
        return 'This browser did not delete everything. Close other tabs of this page and try again, or clear this site’s data in the browser’s settings.';
      case 'bad-link':
        return 'The format in this link cannot be read. Was the link cut off? Nothing was changed.';
      case 'forgotten':
        return 'Nothing is stored here.';
    }
  },
  failure: (message: string) =>
    `Something in this page broke: “${message}”. What was shown before is kept. Try again; if it stays, reload the page.`,
  partMissing:
    'A part of this page could not be loaded, so it cannot read files. Check the connection and load the page again.',
  dismiss: 'Dismiss',

  question: {
    title: (files: number) => `Add ${count(files, 'file')}?`,
    body: (days: DaySpan | null) =>
      `You already have data ${days ? `from ${format.span(days)}` : 'without dates'}.`,
    add: 'Add these files',
    replace: 'Replace everything',
    neither: 'Leave it as it is',
  },

  reading: {
    title: (files: number) => `Reading ${count(files, 'file')}`,
    /** For those who listen; changes only at each quarter. */
    status: (files: number, quarter: number) =>
      quarter === 0 ? `Reading ${count(files, 'file')}.` : `Reading ${count(files, 'file')}: ${quarter} %.`,
    documentTitle: (share: number) => `${format.percent(share)} – Pullscope`,
    bar: 'Bytes read',
    bytes: (read: number, total: number) => format.bytesOf(read, total),
    inHand: (name: string, file: number, files: number) => `${name} (${n(file)} of ${n(files)})`,
    looking: 'Looking at the files…',
    waiting: 'waiting',
    lines: (lines: number) => count(lines, 'line'),
    rate: (lines: number) => `${n(Number(lines.toPrecision(2)))} lines/s`,
    left: (duration: string) => `${duration} left`,
    cancel: 'Cancel',
    soFar: 'So far',
    files: 'Files',
    pullsByTag: 'Pulls by tag',
    pullsByDigest: 'Pulls by digest',
    versionChecks: 'Checks',
    downloads: 'Downloads from hubs',
    repositories: 'Repositories',
    stopped: (share: number) => `Stopped at ${format.percent(share)}. Keep what was read?`,
    stoppedDetail: (done: number, files: number) =>
      `${n(done)} of ${count(files, 'file')} ${done === 1 ? 'is' : 'are'} read to the end. The counts of what was read are right as far as they go; the rest is missing.`,
    keep: 'Keep',
    discard: 'Discard',
  },

  states: STATES,

  /** The one sentence about what was read. It begins with "Read 14 files:". */
  read(report: ReadReport): string {
    const { total, files } = report;
    const ofTables = files.reduce((sum, { tableRows = 0 }) => sum + tableRows, 0);
    const requests = manifestRequests(total) - ofTables;
    const parts = [
      count(total.read, 'line'),
      ...(requests > 0 || ofTables === 0 ? [count(requests, requestNoun(report))] : []),
      ...(ofTables > 0 ? [`${count(ofTables, 'row')} of tables`] : []),
    ];
    const failed = files.filter(({ state }) => state === 'failed').length;
    const inPart = files.filter(({ state }) => state === 'partly').length;
    const skipped = files.filter(({ state }) => state === 'skipped').length;
    const unread = files.filter(({ state }) => state === 'waiting').length;
    const what = total.read === 0 ? 'nothing to count' : `${parts.join(', ')}${between(report)}`;
    const sentences = [`Read ${count(files.length - unread, 'file')}: ${what}.`];
    if (total.unreadable > 0) sentences.push(`${count(total.unreadable, 'line')} could not be read.`);
    if (failed > 0) sentences.push(`${count(failed, 'file')} could not be read.`);
    if (skipped > 0) sentences.push(`${count(skipped, 'file')} ${skipped === 1 ? 'was' : 'were'} skipped.`);
    if (inPart > 0) sentences.push(`${count(inPart, 'file')} ${inPart === 1 ? 'was' : 'were'} read in part.`);
    if (unread > 0)
      sentences.push(
        `${count(unread, 'file')} ${unread === 1 ? 'was' : 'were'} not read, because you stopped.`,
      );
    return sentences.join(' ');
  },

  header: {
    sample: 'Sample data',
    theme: 'Colours',
    themes: { auto: 'Automatic', light: 'Light', dark: 'Dark' },
    forget: 'Forget my data',
    forgetQuestion: (files: number) =>
      `This drops the results of ${count(files, 'file')}, what is kept of all files, and your settings from this browser. Your own files are not touched.`,
    forgetYes: 'Forget',
    forgetNo: 'Keep',
  },
  footer: {
    check: 'Check it: switch your network off and carry on.',
    licences: 'Licences',
  },
};

function leftOut({ files, leftOut, lost }: Extract<Notice, { kind: 'left-out' }>): string {
  const sentences: string[] = [];
  if (files === 0) sentences.push('There was no log in that folder.');
  if (leftOut > 0) {
    const was = leftOut === 1 ? 'was' : 'were';
    sentences.push(`${count(leftOut, 'file')} ${was} left out: hidden files, pictures and the like.`);
  }
  if (lost.length > 0) {
    const more = lost.length > 3 ? ` and ${n(lost.length - 3)} more` : '';
    sentences.push(`The browser could not open ${lost.slice(0, 3).join(', ')}${more}.`);
  }
  return sentences.join(' ');
}

function between({ firstTime, lastTime }: { firstTime: Milliseconds; lastTime: Milliseconds }): string {
  if (Number.isNaN(firstTime) || Number.isNaN(lastTime)) return '';
  const [first, last] = [dayOf(firstTime), dayOf(lastTime)];
  if (first === last) return ` on ${format.day(first)} (UTC)`;
  const [from, to] = format.ends({ first, last });
  return ` from ${from} to ${to} (UTC)`;
}

/** What the requests ask for. */
function requestNoun({ fileRequests }: ReadReport): string {
  if (fileRequests === undefined) return 'manifest request';
  return fileRequests === 'all' ? 'file request' : 'manifest or file request';
}
