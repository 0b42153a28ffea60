/**
 * The logs of test/fixtures/logs and test/fixtures/lab, typed.
 * In: the folders, as test/fixtures/README.md describes them. Out: each log with its text, the manifest requests and the
 * account of its lines that must come out, and what its format cannot give.
 * Limits: files are read when they are asked for, whole.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const LOGS = resolve('test/fixtures/logs');
const LAB = resolve('test/fixtures/lab');

/** What a format cannot give. */
export type Missing = 'method' | 'address' | 'agent' | 'digest' | 'status' | 'time' | 'year' | 'zone';

export interface FixtureFormat {
  id: string;
  title: string;
  /** What no case can give; missingIn names the cases that differ. */
  missing: Missing[];
  missingIn?: Record<string, Missing[]>;
  /** What it was written after. */
  origin: string;
  /** What a reader has to know. */
  notes?: string;
  /** The configuration line of each case, where an administrator writes it. */
  formats?: Record<string, string>;
  /** What stands in the log in a false light. */
  shows?: string;
  /** What the expected times take for granted where the log is silent. */
  assume?: { year?: number; zone?: string };
}

/** A manifest request by HEAD or GET, of any status. null: the format cannot give it. */
export interface ExpectedRequest {
  /** Physical line, from 1; where a record spans several, its first. */
  line: number;
  /** Milliseconds since 1970, as exact as the log has it. */
  time: number | null;
  /** First valid address of X-Forwarded-For, else the peer; empty when the line has none. */
  client: string;
  method: 'HEAD' | 'GET' | null;
  status: number | null;
  prefix: string;
  name: string;
  reference: string;
  /** Unescaped; empty when the client sent none. */
  agent: string | null;
  /** Digest of the answer, when the line has it; else empty. */
  digest: string;
}

/** read + repeated = the six kinds together. */
export interface FixtureAccount {
  /** record: a line may hold several, or a part of one. */
  unit: 'line' | 'record';
  read: number;
  manifestRequests: number;
  /** Blobs, /v2/, tags, tokens, uploads, pushes. */
  otherRegistry: number;
  otherPath: number;
  /** What a server says that is no access record; headers of tables too. */
  messages: number;
  blank: number;
  unreadable: number;
  /** How many of the manifest requests are the second record of a request. */
  loggedTwice: number;
  /** How many requests stand in "message repeated" beyond its first. */
  repeated: number;
}

export interface LogFixture {
  format: FixtureFormat;
  /** What this case cannot give. */
  missing: Missing[];
  case: string;
  path: string;
  text: string;
  /** Physical lines; a last one without an end counts. */
  lines: string[];
  expected: ExpectedRequest[];
  account: FixtureAccount;
}

export function listFixtureFormats(): FixtureFormat[] {
  return foldersOf(LOGS).map((id) => ({
    id,
    ...(json(join(LOGS, id, 'about.json')) as Omit<FixtureFormat, 'id'>),
  }));
}

function listFixtureCases(id: string): string[] {
  return readdirSync(join(LOGS, id))
    .filter((name) => name.endsWith('.log'))
    .map((name) => name.slice(0, -'.log'.length))
    .sort();
}

export function loadLogFixture(format: FixtureFormat, name: string): LogFixture {
  const stem = join(LOGS, format.id, name);
  const text = readFileSync(`${stem}.log`, 'utf8');
  return {
    format,
    missing: format.missingIn?.[name] ?? format.missing,
    case: name,
    path: `${stem}.log`,
    text,
    lines: text.replace(/\n$/, '').split('\n'),
    expected: readExpected(readFileSync(`${stem}.expected.tsv`, 'utf8')),
    account: {
      unit: 'line',
      loggedTwice: 0,
      repeated: 0,
      ...(json(`${stem}.account.json`) as Omit<FixtureAccount, 'unit' | 'loggedTwice' | 'repeated'>),
    },
  };
}

/** Every case of every format. */
export function logFixtures(): LogFixture[] {
  return listFixtureFormats().flatMap((format) =>
    listFixtureCases(format.id).map((name) => loadLogFixture(format, name)),
  );
}

const COLUMNS = 'line\ttime\tclient\tmethod\tstatus\tprefix\tname\treference\tagent\tdigest';

function readExpected(table: string): ExpectedRequest[] {
  const [header, ...rows] = table.replace(/\n$/, '').split('\n');
  if (header !== COLUMNS) throw new Error(`Expected the columns ${COLUMNS}`);
  return rows.map((row) => {
    const cells = row.split('\t');
    if (cells.length !== 10) throw new Error(`Expected 10 columns: ${row}`);
    const [line, time, client, method, status, prefix, name, reference, agent, digest] = cells as [
      string,
      string,
      string,
      string,
      string,
      string,
      string,
      string,
      string,
      string,
    ];
    return {
      line: Number(line),
      time: time === '-' ? null : Date.parse(time),
      client,
      method: method === '-' ? null : (method as 'HEAD' | 'GET'),
      status: status === '-' ? null : Number(status),
      prefix,
      name,
      reference,
      agent: agent === '-' ? null : agent,
      digest,
    };
  });
}

/** A run of the lab: what one client did (truth.ndjson). */
export interface LabRun {
  id: string;
  client: string;
  start: string;
  end: string;
  ips: string[];
  uas: string[];
  repo?: string;
  /** Seen on the wire. */
  requests: { t: string; m: string; by: 'tag' | 'digest'; ref: string; st: number; digest?: string }[];
  /** By the documented rules; numbers are places in requests. null: not reasoned. */
  expected: { action: string; requests: number[]; ref?: string }[] | null;
  ambiguous: boolean;
}

export interface LabCapture {
  name: string;
  /** The logs, as they were written. */
  files: { name: string; bytes: Uint8Array }[];
  runs: LabRun[];
}

export function listLabCaptures(): string[] {
  return foldersOf(LAB);
}

export function loadLabCapture(name: string): LabCapture {
  const folder = join(LAB, name);
  return {
    name,
    files: readdirSync(folder)
      .filter((file) => file !== 'truth.ndjson')
      .sort()
      .map((file) => ({ name: file, bytes: new Uint8Array(readFileSync(join(folder, file))) })),
    runs: readFileSync(join(folder, 'truth.ndjson'), 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as LabRun),
  };
}

function foldersOf(path: string): string[] {
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

const json = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));
