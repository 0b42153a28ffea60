import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_RULES } from '../../../src/model/counting-rules.ts';
import { NO_FILTER, withValue } from '../../../src/model/filter.ts';
import type { RepositoryDetail } from '../../../src/model/view.ts';
import { type Included, NOTHING_PERSONAL, type ReportContent } from '../../../src/views/report/content.ts';
import { writeReport } from '../../../src/views/report/write-report.ts';
import { createFakeClient } from '../../helpers/fake-client.ts';

const EVERYTHING: Included = { fileNames: true, digests: true, agents: true, networks: true, notes: true };
const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;
const HOSTILE = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' style='x' onload='alert(1)",
  '</style></title><iframe src="https://evil.example/">',
  '&lt;b&gt; \u202eevil\u0000',
];

let content: ReportContent;
beforeAll(async () => {
  const client = createFakeClient({ repositories: 6, days: 40 });
  await client.read([new File(['x'], 'secret-host.log')], () => {});
  const report = await client.report();
  const span = report.days!;
  const [view, breakdowns] = [await client.view(span, NO_FILTER), await client.breakdowns(span, NO_FILTER)];
  const details = [await client.detail(view.repositories.index[0]!, span, NO_FILTER)];
  const madeAt = Date.UTC(2026, 10, 21, 12);
  content = {
    ...{ report, view, breakdowns, details, madeAt },
    ...{ filter: NO_FILTER, rules: DEFAULT_RULES, grain: 'day', weekStart: 0, tables: null, isSample: false },
    notes: [{ day: span.first, text: 'my secret note' }],
  };
});

/** Names of all elements and attributes that a browser would see. */
function markupOf(html: string): { elements: Set<string>; attributes: Set<string>; opened: number } {
  const tags = [...html.replace(/<style>[^<]*<\/style>/, '').matchAll(/<([a-z0-9]+)((?:\s[^<>]*)?)>/gi)];
  const attributes = tags.flatMap(([, , text]) =>
    [...text!.matchAll(/([^\s=/"]+)="[^"]*"/g)].map(([, name]) => name!),
  );
  return {
    elements: new Set(tags.map(([, name]) => name!)),
    attributes: new Set(attributes),
    opened: html.split('<').length,
  };
}

function withNames(name: string): ReportContent {
  const { view, report, details, breakdowns } = content;
  const repositories = { ...view.repositories, names: view.repositories.names.map(() => name) };
  const value = { value: name, pulls: 1, downloads: 0, versionChecks: 0 };
  const breakdown = { values: [value], valueCount: 1 };
  return {
    ...content,
    view: { ...view, repositories },
    report: {
      ...report,
      files: report.files.map((file) => ({ ...file, name, formats: [[name, 1]] as [string, number][] })),
    },
    details: details.map((detail) => ({
      ...detail,
      name,
      references: detail.references.slice(0, 1).map((row) => ({ ...row, reference: name, isDigest: false })),
    })),
    breakdowns: {
      ...breakdowns!,
      unknownAgents: breakdown,
      by: { ...breakdowns!.by, client: breakdown, country: breakdown, ownNetwork: breakdown },
    },
    rules: { ...DEFAULT_RULES, countedFiles: [[name, name]] },
    filter: withValue(withValue(NO_FILTER, 'repository', name, 'include'), 'digest', name, 'exclude'),
  };
}

describe('writeReport', () => {
  it('holds what the page shows, and its own policy before anything else', () => {
    const html = writeReport(content, NOTHING_PERSONAL);
    expect(html.indexOf('http-equiv="Content-Security-Policy"')).toBeLessThan(html.indexOf('<title>'));
    expect(html).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
    const { figures, series } = content.view;
    for (const name of ['pulls', 'pullsByTag', 'pullsByDigest', 'versionChecks', 'uniqueAddresses'] as const)
      expect(html).toContain(`<data value="${figures[name]}">`);
    expect(html.match(/<rect class="pullsByTag"/g)).toHaveLength(
      series.pullsByTag.filter((each) => each > 0).length,
    );
    for (const name of content.view.repositories.names) expect(html).toContain(`<bdi>${name}</bdi>`);
    expect(html).not.toMatch(/<script|https?:|javascript:|@import|url\(/i);
  });

  it('has no more markup than a harmless one, whatever names there are', () => {
    const harmless = markupOf(writeReport(withNames('acme/web'), EVERYTHING));
    expect([...harmless.elements]).not.toContain('script');
    const check = (name: string) => {
      expect(markupOf(writeReport(withNames(`x${name}`), EVERYTHING))).toEqual(harmless);
    };
    for (const name of HOSTILE) check(name);
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'<>&"\'/=!- aS\u202e') }), (name) => check(name)),
      { numRuns: 50 },
    );
  });

  it('keeps names of files, digests, agents and networks back until they are wanted', () => {
    const named = withNames('PERSONAL');
    const detail: RepositoryDetail = {
      ...named.details[0]!,
      references: [DIGEST, `${DIGEST.replace(':', '-')}.sig`, '1.0'].map((reference) => ({
        ...named.details[0]!.references[0]!,
        ...{ reference, isDigest: reference === DIGEST },
      })),
    };
    const filter = withValue(
      withValue(NO_FILTER, 'digest', DIGEST, 'include'),
      'ownNetwork',
      'Office',
      'include',
    );
    const plain = { ...content, details: [detail], filter };
    const own: ReportContent = {
      ...plain,
      breakdowns: {
        ...content.breakdowns!,
        unknownAgents: {
          values: [{ value: 'odd-agent', pulls: 1, downloads: 0, versionChecks: 0 }],
          valueCount: 1,
        },
        by: {
          ...content.breakdowns!.by,
          ownNetwork: {
            values: [{ value: 'Office', pulls: 1, downloads: 0, versionChecks: 0 }],
            valueCount: 1,
          },
        },
      },
    };
    const without = writeReport(own, NOTHING_PERSONAL);
    const secrets = ['secret-host.log', DIGEST.slice(7), 'odd-agent', 'Office', 'my secret note'];
    for (const secret of secrets) expect(without).not.toContain(secret);
    expect(without).toContain('2 digests and the like are left out of this list');
    expect(without).toContain('<bdi>1.0</bdi>');
    const all = writeReport(own, EVERYTHING);
    for (const secret of secrets) expect(all).toContain(secret);
  });
});
