/** Strings of the page of one repository. */
import {
  type Concentration,
  type Loop,
  LOOP_CHECKS,
  type ReferenceKind,
  type RepositoryPage,
  type Storm,
  STORM_PULLS,
} from '../../model/repository-page.ts';
import type { Milliseconds } from '../../model/units.ts';
import { clockAt } from '../../lib/local-time.ts';
import { format } from '../format.ts';
import { shorten, visible } from '../parts/visible-text.ts';
import { count } from './count.ts';

const n = format.integer;
/** Names of tags are strangers' text. */
const tagName = (tag: string) => shorten(visible(tag), 48);
const tagNames = (tags: readonly string[]) => tags.map(tagName).join(', ');

export const repositoryText = {
  counting: 'Counting…',
  firstSeen: (tags: readonly string[], more: number) =>
    `First seen: ${tagNames(tags)}${more > 0 ? ` and ${n(more)} more` : ''}`,
  markers: (markers: readonly { time: Milliseconds; label: string }[], zone?: string) => {
    const named = markers
      .slice(0, 8)
      .map(({ time, label }) => `${tagName(label)} (${format.shortDay(clockAt(time / 1000, zone).day)})`);
    const rest = markers.length - named.length;
    return `A flag stands where a tag was first asked for: ${named.join(', ')}${rest > 0 ? ` and ${n(rest)} more` : ''}.`;
  },

  bursts: {
    title: 'Storms and loops',
    rule: `A pull storm: one client pulls the same tag or digest at least ${STORM_PULLS} times within 60 minutes. A check loop: one client looks up the same tag at least ${LOOP_CHECKS} times in a row at equal waits of at most an hour, each within a fifth of their average (or 2 s). A client is an address with one user agent.`,
    none: 'None is in these days.',
    storm: ({ reference, actions, peak, from, to }: Storm, zone?: string) =>
      `One client pulls ${tagName(reference)} again and again: ${n(actions)} times ${span(from, to, zone)}, up to ${n(peak)} times within an hour.`,
    loop: ({ reference, actions, interval, from, to }: Loop, zone?: string) =>
      `One client asks for ${tagName(reference)} every ${every(interval)}: ${n(actions)} checks ${span(from, to, zone)}.`,
    more: (shown: number, all: number) => `The first ${n(shown)} of ${n(all)}.`,
  },

  tags: {
    title: 'Tags and digests',
    region: 'Table of tags and digests, can be scrolled',
    note: 'A tag’s first time is the first in all files, its last in these days. Unique addresses are counted for each row: they cannot be added up.',
    families: 'Group into families',
    familiesNote: 'On: tags of one version line are one row, as 1.27.4 and 1.27.5-alpine are of 1.27.*.',
    search: 'Search tags',
    placeholder: 'Part of a name, or 1.27.*',
    found: (found: number, all: number) => (found === all ? count(all, 'row') : `${n(found)} of ${n(all)}`),
    none: 'No tag matches.',
    downloads: 'Downloads',
    columns: {
      reference: 'Tag or digest',
      kind: 'Kind',
      pulls: 'Pulls',
      versionChecks: 'Checks',
      uniqueAddresses: 'Unique IPs',
      firstEver: 'First seen',
      lastSeen: 'Last seen',
    },
    kinds: { floating: 'floating', exact: 'exact', pinned: 'pinned' } satisfies Record<ReferenceKind, string>,
    members: (tags: number) => count(tags, 'tag'),
    only: (tag: string) => `Show only ${tagName(tag)}. With Shift: leave it out`,
    all: (rows: number) => `Show all ${n(rows)}`,
    more: (shown: number, all: number) => `The first ${n(shown)} of ${n(all)}.`,
  },

  kinds: {
    title: 'Floating or pinned',
    note: 'Shares of the pulls. What a pull asks for tells whether it may get another image tomorrow. Only names can tell: a tag with a full version, a day, a commit or a build number counts as exact.',
    none: 'No pull is in these days.',
    names: {
      floating: 'Floating tags',
      exact: 'Exact tags',
      pinned: 'Pinned by digest',
    } satisfies Record<ReferenceKind, string>,
    notes: {
      floating: 'latest, stable, 1, 1.27: may move to another image',
      exact: '1.27.4, 2025-09-01: made for one image',
      pinned: '@sha256:…: always the same image',
    } satisfies Record<ReferenceKind, string>,
  },

  sources: {
    title: 'How concentrated',
    sentence: ({ total, sources, top }: Concentration, what: string) =>
      sources > 10
        ? `Top 10 of ${n(sources)} addresses = ${format.share(top[1], total)} of the ${what}.`
        : `${count(sources, 'address', 'addresses')} ${sources === 1 ? 'makes' : 'make'} all ${n(top[1])} ${what} that have an address.`,
    pulls: 'pulls',
    downloads: 'downloads',
    versionChecks: 'version checks',
    top: ['Busiest address', 'Top 10', 'Top 100'],
    note: 'Addresses are counted, never shown here. One address may stand for many people, and one person may have several.',
    withoutAddress: (actions: number) => `${count(actions, 'action')} without a usable address.`,
    none: 'No address is known.',
  },

  hours: {
    title: 'When in the week',
    note: (zone = 'UTC') =>
      `Each cell is an hour of a weekday (${zone}), over all days shown. The colour goes by the square root, so that one peak does not hide the rest.`,
    axis: (zone = 'UTC') => `Hours of the day (${zone})`,
    region: 'Hours by weekday, can be scrolled',
    measures: { pulls: 'Pulls', downloads: 'Downloads', versionChecks: 'Version checks' },
    measure: 'What the cells count',
    day: 'Day',
    cell: (day: string, hour: number, value: number) =>
      `${day} ${String(hour).padStart(2, '0')}:00: ${n(value)}`,
  },

  digests: {
    title: 'Digests and their tags',
    region: 'Table of digests, can be scrolled',
    told: ({ withDigest, actionsByTag, digestCount }: RepositoryPage) =>
      `${count(digestCount, 'digest')}. The logs tell the digest behind ${n(withDigest)} of ${count(actionsByTag, 'action')} by tag (${format.share(withDigest, actionsByTag)}): where the line shows it, or a GET by digest follows the look-up of the tag. A GET by tag alone does not tell its digest.`,
    untold:
      'No line tells which digest a tag pointed to: no look-up of a tag is followed by a GET by digest, and no line shows a digest.',
    moved: (tags: readonly string[]) =>
      `Pointed to more than one digest in these days: ${tagNames(tags.slice(0, 12))}${tags.length > 12 ? ` and ${n(tags.length - 12)} more` : ''}. Clients of one platform may ask for another digest than those of another.`,
    digest: 'Digest',
    tags: 'Tags that pointed to it',
    noTag: 'none is told',
    byTag: 'By tag',
    byDigest: 'By digest',
    seen: (first: Milliseconds, last: Milliseconds) =>
      first === last ? format.moment(first) : `${format.moment(first)} – ${format.moment(last)}`,
    more: (shown: number, all: number) => `The first ${n(shown)} of ${n(all)}.`,
  },
};

function span(from: Milliseconds, to: Milliseconds, zone: string | undefined): string {
  return `from ${format.moment(from, zone)} to ${format.moment(to, zone)} (${zone ?? 'UTC'})`;
}

/** 30 s, 5 minutes. */
function every(interval: Milliseconds): string {
  const seconds = interval / 1000;
  if (seconds < 10) return `${format.tenths(seconds)} s`;
  return seconds < 120 ? `${n(Math.round(seconds))} s` : `${format.tenths(seconds / 60)} minutes`;
}
