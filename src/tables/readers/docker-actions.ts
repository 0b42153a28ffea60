/**
 * Docker Hub's raw file (Insights and analytics: open source programme, and verified publishers before 2025), and ours,
 * which has its columns. In: a row an action. Out: action rows, never classified again. Source: Docker's documentation,
 * which gives the columns' labels alone, and src/exports/raw.ts. Limits: Docker zeroes the time of day.
 */
import { ACTION_NAMES, METHOD_GET, METHOD_HEAD, METHOD_NONE, REPO_TYPES } from '../../model/action-rows.ts';
import { factOf, fullName, textOf, TimeCells } from '../cells.ts';
import type { OpenTable, RowReader, TableReader } from '../table-reader.ts';

/** What we write: there, namespace and repository are the parts of a name, whatever they look like. */
const OURS =
  'timestamp,namespace,repository,reference,digest,tag,action_day,http_method,action,type,host,country,user_agent_tool,user_agent_version';
const DIGEST = /^[a-z0-9+._-]+:[0-9a-f]{32,}$/i;

export const dockerActions: TableReader = {
  id: 'docker-actions',
  title: 'Docker Hub raw data',
  rows: 'actions',
  meaning: 'registry-actions',
  divisible: true,
  fields: {
    time: ['timestamp'],
    day: ['actionday'],
    namespace: ['namespace'],
    repository: ['repository'],
    reference: ['reference'],
    digest: ['digest'],
    tag: ['tag'],
    method: ['httpmethod'],
    action: ['action'],
    type: ['type'],
    host: ['host'],
    country: ['country'],
    tool: ['useragenttool'],
    version: ['useragentversion'],
  },
  required: ['repository', 'action', 'reference', 'day'],
  open: openActions,
};

function openActions({ format, column, actions, saw }: OpenTable): RowReader {
  const isOurs = format.header.join() === OURS;
  const at = (field: string) => column(field);
  const [time, day, namespace, repository] = [at('time'), at('day'), at('namespace'), at('repository')];
  const [reference, digest, tag, method] = [at('reference'), at('digest'), at('tag'), at('method')];
  const [action, type, host, country] = [at('action'), at('type'), at('host'), at('country')];
  const [tool, version] = [at('tool'), at('version')];
  // We write nothing for a missing fact: a tool that calls itself null is one.
  const fact = isOurs ? textOf : factOf;
  const times = new TimeCells();
  const days = new TimeCells();
  const image = REPO_TYPES.indexOf('image');
  const ofNoType = REPO_TYPES.indexOf('');
  return {
    take(cells) {
      const moment = times.read(cells, time);
      const when = Number.isNaN(moment) ? days.read(cells, day) : moment;
      const said = textOf(cells, action);
      const kind = ACTION_NUMBERS.get(said) ?? actionNumber(said);
      const name = textOf(cells, repository);
      if (Number.isNaN(when) || kind === 0 || name === '') return 'unreadable';
      const parent = textOf(cells, namespace);
      const asked = textOf(cells, reference) || textOf(cells, tag) || textOf(cells, digest);
      const isDigest = asked.includes(':') && DIGEST.test(asked);
      const row = actions.next();
      const { columns } = actions;
      columns.time[row] = when;
      columns.repository[row] = actions.word(
        isOurs && parent !== '' ? `${parent}/${name}` : fullName(parent, name),
      );
      columns.repoType[row] = ACTION_NAMES[kind] === 'download' ? ofNoType : image;
      columns.reference[row] = actions.word(asked);
      columns.digest[row] = actions.word(textOf(cells, digest) || (isDigest ? asked : ''));
      columns.tag[row] = actions.word(textOf(cells, tag) || (isDigest ? '' : asked));
      columns.action[row] = kind;
      columns.method[row] = methodNumber(textOf(cells, method));
      columns.type[row] = actions.word(fact(cells, type));
      columns.host[row] = actions.word(fact(cells, host));
      columns.country[row] = actions.word(fact(cells, country));
      columns.tool[row] = actions.word(fact(cells, tool));
      columns.version[row] = actions.word(fact(cells, version));
      columns.count[row] = 1;
      saw(when);
      return 'used';
    },
  };
}

const ACTION_NUMBERS = new Map<string, number>(ACTION_NAMES.map((name, number) => [name, number]));

/** Place in ACTION_NAMES; 0 when it is none. */
export function actionNumber(text: string): number {
  return ACTION_NUMBERS.get(text.toLowerCase().replace(/[ -]/g, '_')) ?? 0;
}

export function methodNumber(text: string): number {
  const method = text.toUpperCase();
  return method === 'GET' ? METHOD_GET : method === 'HEAD' ? METHOD_HEAD : METHOD_NONE;
}
