/**
 * Docker Hub's usage report "pulls", and the list of repositories that its API gives. Source: Docker's documentation.
 * In: a row an hour, user, token and reference; a row a repository. Out: counts of days; running totals.
 * Limits: users, tokens and addresses (several in a cell) are never read. Docker counts a pull of a multi-platform image
 * once for each platform here, so these pulls mean something else than actions.
 */
import { dayOf } from '../../lib/calendar.ts';
import { LEVEL_PART, LEVEL_REPOSITORY } from '../../model/count-rows.ts';
import { countOf, fullName, NO_PERIOD, textOf, TimeCells } from '../cells.ts';
import type { OpenTable, RowReader, TableReader } from '../table-reader.ts';

export const dockerUsage: TableReader = {
  id: 'docker-usage',
  title: 'Docker Hub usage report',
  rows: 'counts',
  meaning: 'docker-usage',
  divisible: true,
  fields: {
    hour: ['datehour'],
    repository: ['repository'],
    tag: ['tag'],
    digest: ['digest'],
    checks: ['versionchecks'],
    pulls: ['pulls'],
  },
  required: ['hour', 'repository', 'checks', 'pulls'],
  open: openUsage,
};

export const dockerRepositories: TableReader = {
  id: 'docker-repositories',
  title: 'Docker Hub repository list',
  rows: 'counts',
  meaning: 'docker-pull-count',
  divisible: true,
  fields: { namespace: ['namespace'], name: ['name'], total: ['pullcount'] },
  required: ['namespace', 'name', 'total'],
  open: openRepositories,
};

function openUsage({ column, counts, saw }: OpenTable): RowReader {
  const times = new TimeCells();
  const [hour, repository, tag, digest] = [
    column('hour'),
    column('repository'),
    column('tag'),
    column('digest'),
  ];
  const [checks, pulls] = [column('checks'), column('pulls')];
  return {
    take(cells) {
      const time = times.read(cells, hour);
      const name = textOf(cells, repository);
      const [checked, pulled] = [countOf(cells, checks), countOf(cells, pulls)];
      if (Number.isNaN(time + checked + pulled) || name === '') return 'unreadable';
      const period = [dayOf(time), dayOf(time)] as const;
      const label = { reference: textOf(cells, tag) || textOf(cells, digest) };
      counts.label(counts.push(name, 'image', LEVEL_PART, period, 'pulls', pulled), label);
      counts.label(counts.push(name, 'image', LEVEL_PART, period, 'version_checks', checked), label);
      saw(time);
      return 'used';
    },
  };
}

function openRepositories({ column, counts }: OpenTable): RowReader {
  return {
    take(cells) {
      const name = fullName(textOf(cells, column('namespace')), textOf(cells, column('name')));
      const total = countOf(cells, column('total'));
      if (name === '' || Number.isNaN(total)) return 'unreadable';
      counts.push(name, 'image', LEVEL_REPOSITORY, NO_PERIOD, 'running_total', total);
      return 'used';
    },
  };
}
