/**
 * Docker Hub's summary file at any of its levels (open source programme, and verified publishers before 2025), and ours.
 * In: a row a namespace, repository or reference. Out: counts. Source: Docker's documentation, src/exports/summary.ts.
 * Limits: the rows hold no date; days come from the file's name or the user, else the counts stay undated.
 */
import {
  LEVEL_NAMESPACE,
  LEVEL_PART,
  LEVEL_REPOSITORY,
  type Measure,
  NO_DAY,
} from '../../model/count-rows.ts';
import { MILLISECONDS_PER_DAY } from '../../model/units.ts';
import { countOf, fullName, textOf } from '../cells.ts';
import type { OpenTable, RowReader, TableReader } from '../table-reader.ts';

/** What we write begins with one of these: there, namespace and repository are the parts of a name. */
const OURS =
  /^namespace,(repository,)?(reference,)?unique_ip_addresses,pulls_by_tag,pulls_by_digest,version_checks$/;

export const dockerSummary: TableReader = {
  id: 'docker-summary',
  title: 'Docker Hub summary data',
  rows: 'counts',
  meaning: 'registry-actions',
  divisible: true,
  fields: {
    namespace: ['namespace'],
    repository: ['repository'],
    reference: ['reference'],
    unique_addresses: ['uniqueipaddresses', 'uniqueipaddress', 'uniqueips', 'uniqueip'],
    pulls_by_tag: ['pullsbytag', 'pullbytag'],
    pulls_by_digest: ['pullsbydigest', 'pullbydigest'],
    version_checks: ['versionchecks', 'versioncheck'],
  },
  required: ['namespace', 'pulls_by_tag', 'pulls_by_digest', 'version_checks'],
  open: openSummary,
};

const MEASURED = ['pulls_by_tag', 'pulls_by_digest', 'version_checks', 'unique_addresses'] as const;

function openSummary({ format, column, counts, period, saw, tell }: OpenTable): RowReader {
  const isOurs = OURS.test(format.header.join());
  const [namespace, repository, reference] = [column('namespace'), column('repository'), column('reference')];
  const measured: [Measure, number][] = MEASURED.map((measure) => [measure, column(measure)]);
  const level = repository < 0 ? LEVEL_NAMESPACE : reference < 0 ? LEVEL_REPOSITORY : LEVEL_PART;
  if (period[0] === NO_DAY) {
    tell(
      'warning',
      'The table does not say which days it counts.',
      'Say which week or month it is of; until then its figures stand apart.',
    );
  } else for (const day of period) saw(day * MILLISECONDS_PER_DAY);
  return {
    take(cells) {
      const parent = textOf(cells, namespace);
      const own = textOf(cells, repository);
      const name = own === '' ? parent : isOurs && parent !== '' ? `${parent}/${own}` : fullName(parent, own);
      const values = measured.map(([, at]) => countOf(cells, at));
      if (values.slice(0, 3).some(Number.isNaN) || (own === '' && level !== LEVEL_NAMESPACE))
        return 'unreadable';
      const label = { reference: textOf(cells, reference) };
      measured.forEach(([measure], i) => {
        counts.label(counts.push(name, 'image', level, period, measure, values[i]!), label);
      });
      return 'used';
    },
  };
}
