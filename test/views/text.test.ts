import { describe, expect, it } from 'vitest';
import { NO_FILTER } from '../../src/model/filter.ts';
import { bucketDays } from '../../src/views/charts/buckets.ts';
import { text } from '../../src/views/text.ts';
import { createFakeClient } from '../helpers/fake-client.ts';

async function reportOf(...names: string[]) {
  const client = createFakeClient();
  await client.read(
    names.map((name) => new File(['x'], name)),
    () => {},
  );
  return client.report();
}

describe('text', () => {
  it('says in one sentence what was read', async () => {
    expect(text.read(await reportOf('a.log'))).toMatch(
      /^Read 1 file: 20,114 lines, 6,808 manifest requests from .+ to .+ \(UTC\)\. 12 lines could not be read\.$/,
    );
    expect(text.read(await reportOf('a.log', 'b.log'))).toMatch(/^Read 2 files: /);
  });

  it('says that nothing was in it', async () => {
    expect(text.read(await reportOf('a.png'))).toBe(
      'Read 1 file: nothing to count. 1 file could not be read.',
    );
  });

  it('sums the chart up', async () => {
    const { series } = await createFakeClient({ days: 30 }).view({ first: 20_666, last: 20_695 }, NO_FILTER);
    expect(text.chart.summary(bucketDays(series, 'day'), 'day')).toMatch(
      /^[\d,]+ pulls and [\d,]+ version checks\. On average [\d,.]+ pulls per day, over \d\d days covered whole\. Most on .+: [\d,]+ pulls\.$/,
    );
    expect(text.chart.summary(bucketDays(series, 'week'), 'week')).toContain('Most in ');
  });

  it('announces reading by quarters', () => {
    expect(text.reading.status(14, 0)).toBe('Reading 14 files.');
    expect(text.reading.status(14, 75)).toBe('Reading 14 files: 75 %.');
  });
});
