/**
 * Tables of requests: Hugging Face's publisher log, Harbor's audit, and what queries over access logs export (Athena,
 * BigQuery, Log Analytics, Kibana, Grafana). In: a row a request. Out: request rows, to be classified by our rules.
 * Source: Hugging Face's and Harbor's documentation; column names of the clouds' documented log tables.
 * Limits: Hugging Face's log names no file, Harbor's audit neither client nor version checks, and its user is not read.
 */
import { REPO_TYPES } from '../../model/action-rows.ts';
import { countOf, factOf, parseTime, textOf, TimeCells } from '../cells.ts';
import {
  headerKey,
  type OpenTable,
  repoTypeNumber,
  type RowReader,
  type TableReader,
} from '../table-reader.ts';

const TIME = [
  'timestamp',
  'time',
  'datetime',
  'timegenerated',
  'eventtime',
  'requestcreationtime',
  'edgestarttimestamp',
  'starttime',
  'timelocal',
  'ts',
  'date',
];
const STATUS = [
  'status',
  'statuscode',
  'httpstatus',
  'httpstatuscode',
  'responsestatus',
  'responsestatuscode',
  'elbstatuscode',
  'scstatus',
  'httpresponsestatuscode',
  'httprequeststatus',
  'edgeresponsestatus',
  'httpstatusd',
];
const AGENT = [
  'useragent',
  'httpuseragent',
  'csuseragent',
  'useragentoriginal',
  'httprequestuseragent',
  'clientrequestuseragent',
  'useragents',
  'agent',
  'ua',
];
export const CLIENT = [
  'clientip',
  'remoteaddr',
  'remoteip',
  'clientaddress',
  'requestip',
  'cip',
  'sourceip',
  'sourceaddress',
  'httprequestremoteip',
  'callerip',
  'callipaddress',
  'calleripaddress',
  'clientips',
  'ipaddress',
  'ip',
  'client',
];
const METHOD = [
  'method',
  'httpmethod',
  'requestmethod',
  'requestverb',
  'verb',
  'csmethod',
  'httprequestmethod',
  'httprequestrequestmethod',
  'clientrequestmethod',
  'httpmethods',
];
const PATH = [
  'path',
  'requestpath',
  'uri',
  'url',
  'requesturi',
  'requesturl',
  'csuristem',
  'urlpath',
  'urloriginal',
  'httprequestrequesturl',
  'clientrequesturi',
  'requesturis',
];

export const hubRequests: TableReader = {
  id: 'hub-requests',
  title: 'Hugging Face publisher log',
  rows: 'requests',
  meaning: 'hub-downloads',
  divisible: true,
  fields: {
    time: ['timestamp'],
    status: ['status'],
    method: ['method'],
    repository: ['reponame'],
    type: ['repotype'],
    client: ['hashedip'],
    user: ['hasheduserid'],
    country: ['country'],
    agent: ['useragent'],
  },
  required: ['time', 'status', 'method', 'repository', 'type'],
  open: openRequests,
};

export const requestTable: TableReader = {
  id: 'request-table',
  title: 'Requests in a table',
  rows: 'requests',
  meaning: 'registry-actions',
  divisible: true,
  fields: {
    time: TIME,
    clock: ['time'],
    date: ['date'],
    status: STATUS,
    method: METHOD,
    path: PATH,
    line: ['request', 'requestline'],
    client: CLIENT,
    agent: AGENT,
    country: ['country', 'clientcountry'],
    forwarded: ['xforwardedfor', 'xff', 'httpxforwardedfor', 'forwardedfor'],
    query: ['querystring', 'csuriquery', 'urlquery'],
    digest: ['dockercontentdigest', 'digest', 'responsedigest'],
  },
  required: ['time'],
  fits: (header) => {
    const has = (names: readonly string[]) => header.some((each) => names.includes(headerKey(each)));
    return (has(METHOD) && has(PATH)) || (has(['request', 'requestline']) && has(CLIENT));
  },
  open: openRequests,
};

export const harborAudit: TableReader = {
  id: 'harbor-audit',
  title: 'Harbor audit log',
  rows: 'requests',
  meaning: 'registry-actions',
  divisible: true,
  fields: {
    time: ['optime'],
    resource: ['resource'],
    type: ['resourcetype'],
    operation: ['operation'],
    result: ['operationresult'],
  },
  required: ['time', 'resource', 'operation'],
  open: openAudit,
};

function openRequests({ column, requests, saw }: OpenTable): RowReader {
  const times = new TimeCells();
  // W3C logs have the day and the time of day in two columns.
  const isSplit = column('date') >= 0 && column('clock') >= 0;
  const clientOf = (cells: string[]) => {
    const forwarded = textOf(cells, column('forwarded'))
      .split(',')
      .map((each) => each.trim());
    const first = forwarded.find((each) => ADDRESS.test(each));
    const client = first ?? (factOf(cells, column('client')) || factOf(cells, column('user')));
    return client === '-' ? '' : client;
  };
  return {
    take(cells) {
      const time = isSplit
        ? parseTime(`${textOf(cells, column('date'))} ${textOf(cells, column('clock'))}`)
        : times.read(cells, column('time'));
      const line = textOf(cells, column('line')).split(' ');
      const method = (textOf(cells, column('method')) || line[0]!).toUpperCase();
      const query = factOf(cells, column('query'));
      const target = textOf(cells, column('path')) || (line[1] ?? '');
      const path = query === '' || query === '-' ? target : `${target}?${query}`;
      const repository = textOf(cells, column('repository'));
      if (Number.isNaN(time) || !/^[A-Z]{3,7}$/.test(method) || path + repository === '') return 'unreadable';
      const row = requests.next();
      const { columns } = requests;
      columns.time[row] = time;
      columns.client[row] = requests.word(clientOf(cells));
      columns.method[row] = requests.word(method);
      columns.path[row] = requests.word(path);
      columns.repository[row] = requests.word(repository);
      columns.repoType[row] = repoTypeNumber(textOf(cells, column('type')));
      columns.status[row] = countOf(cells, column('status')) || 0;
      columns.agent[row] = requests.word(agentOf(factOf(cells, column('agent'))));
      columns.digest[row] = requests.word(factOf(cells, column('digest')));
      columns.country[row] = requests.word(factOf(cells, column('country')));
      saw(time);
      return 'used';
    },
  };
}

/** Enough to leave out `unknown` and names. */
const ADDRESS = /^\d{1,3}(\.\d{1,3}){3}$|^[0-9a-f:.]*:[0-9a-f:.]*:[0-9a-f:.]*$/i;

/** CloudFront writes an agent percent-encoded, so without blanks. */
function agentOf(text: string): string {
  if (text === '-') return '';
  if (text.includes(' ') || !/%[0-9a-f]{2}/i.test(text)) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Pulls become the GET that Harbor saw: it logs neither HEAD nor replication. */
function openAudit({ column, requests, saw }: OpenTable): RowReader {
  const times = new TimeCells();
  return {
    take(cells) {
      const time = times.read(cells, column('time'));
      const resource = textOf(cells, column('resource'));
      const failed = /^(false|failed|0)$/i.test(textOf(cells, column('result')));
      if (Number.isNaN(time) || resource === '') return 'unreadable';
      if (!/^(pull|pull_artifact)$/i.test(textOf(cells, column('operation'))) || failed) return 'skipped';
      // repo:tag, repo@sha256:…, and repo:sha256:… of older versions.
      const [, name, reference] = /^([^@:]+)[@:](.+)$/.exec(resource) ?? [];
      if (name === undefined) return 'unreadable';
      const row = requests.next();
      const { columns } = requests;
      columns.time[row] = time;
      columns.method[row] = requests.word('GET');
      columns.path[row] = requests.word(`/v2/${name}/manifests/${reference}`);
      columns.repoType[row] = REPO_TYPES.indexOf('image');
      columns.status[row] = 200;
      saw(time);
      return 'used';
    },
  };
}
