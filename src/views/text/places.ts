/** Strings about what is known of addresses. */
import type { OwnPlaces } from '../../model/own-places.ts';
import { count } from './count.ts';

export const useRulesText = {
  title: 'What clients are used for',
  summary: (isDefault: boolean) =>
    isDefault ? 'guessed by rules that you can change' : 'guessed by your rules',
  note: 'One rule in each line: a program, perhaps its version, perhaps words of its user agent in quotes, an arrow, and the use: person, ci, cluster, update checker, mirror or cache, scanner, or unknown. * and ? stand for any letters. The first rule that fits decides; lines with # are notes.',
  label: 'Rules of use',
  save: 'Use these rules',
  reset: 'Back to the rules of this page',
  problems: 'Lines that are no rules',
};

export const placesText = {
  title: 'Countries and networks',
  summary: ({ databases, networks }: OwnPlaces) => {
    const ranges = networks.split('\n').filter((line) => line.trim() && !line.trim().startsWith('#')).length;
    const own = [
      ...(databases.length > 0 ? [count(databases.length, 'database') + ' of yours'] : []),
      ...(ranges > 0 ? [count(ranges, 'range') + ' of yours'] : []),
    ];
    return ['bundled tables', ...own].join(', ');
  },
  sources: 'Bundled tables',
  quality:
    'Looked up in this page; no address leaves it. Type is told by a list of the largest networks and by words of a name: right for 97 % of a sample that the words were not made from, and empty rather than guessed. Where clouds register addresses in one country and use them in another, tables differ.',
  databases: 'Your own database',
  databasesNote:
    'Drop a .mmdb file (GeoLite2, GeoIP2, DB-IP, IPinfo) on this page: what it knows comes before the bundled tables. It stays in this browser until you forget it.',
  forgetDatabases: 'Forget databases',
  networks: 'Your own networks',
  networksExample: '10.0.0.0/8 office\n192.0.2.0-192.0.2.40, CI runners\n# the narrowest range wins',
  networksNote: 'A range and a name in each line. They become a breakdown and a filter.',
  saveNetworks: 'Use these networks',
  problems: 'What could not be used',
  problem: (line: number, reason: string, remedy: string) =>
    `${line > 0 ? `Line ${line}: ` : ''}${reason} ${remedy}`,
  /** After databases were dropped. */
  taken: ({ databases, problems }: OwnPlaces) =>
    [
      ...problems.map(({ reason, remedy }) => `${reason} ${remedy}`),
      ...(databases.length > 0
        ? [`Countries and networks now come from ${databases.join(', ')} first.`]
        : []),
    ].join(' '),
};
