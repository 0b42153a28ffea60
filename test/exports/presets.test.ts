import { describe, expect, test } from 'vitest';
import { type Preset, PRESETS } from '../../src/model/export-job.ts';
import { NO_FILTER } from '../../src/model/filter.ts';
import type { ExportKind, ExportRequest, SummaryLevel } from '../../src/model/view.ts';
import { previewExport } from '../../src/exports/preview.ts';
import { analyse, exported, manifestLine as line } from '../helpers/exported.ts';
import { textOf, writtenJob } from '../helpers/written-job.ts';

const D1 = `sha256:${'1'.repeat(64)}`;
const analysis = analyse([
  [
    line('2026-09-01 00:00:00', '192.0.2.1', 'GET', 'acme/api', '1.10', 'docker/27.3.1'),
    line('2026-09-01 10:00:00', '192.0.2.2', 'HEAD', 'acme/api', '1.1', 'Watchtower/v1.7.1'),
    line('2026-09-02 23:59:59', '192.0.2.3', 'GET', 'busybox', D1, '=SUM(1;2), (x)/1'),
  ],
]);

async function written(kind: ExportKind, preset: Preset, level: SummaryLevel = 'reference') {
  const held = await analysis;
  const request: ExportRequest = {
    ...{ kind, level, span: held.report().days!, spanKind: 'all', filter: NO_FILTER },
  };
  const job = { form: 'file', request, preset, gzip: false, split: false, now: 0 } as const;
  return textOf((await writtenJob(held, job)).bytes);
}

const rows = (...lines: string[]) => lines.map((each) => `${each}\r\n`).join('');
const RAW = 'namespace,repository,reference,digest,tag,action_day,http_method,action,type,host,country';
const AGENT = 'user_agent_tool,user_agent_version';
const COUNTS = 'unique_ip_addresses,pulls_by_tag,pulls_by_digest,version_checks';

describe('standard', () => {
  test.each(['raw', 'summary', 'daily'] as const)('%s is the file that the button writes', async (kind) => {
    expect(await written(kind, 'standard')).toBe((await exported(await analysis, kind)).text);
  });
});

describe('Excel', () => {
  test('raw has a mark, a time in UTC, and references that stay text', async () => {
    expect(await written('raw', 'excel')).toBe(
      '\ufeff' +
        rows(
          `timestamp_utc,${RAW},${AGENT},image_ref`,
          '2026-09-01 00:00:00,acme,api,1.10,,1.10,2026-09-01,GET,pull_by_tag,,,,docker,27.3.1,acme/api:1.10',
          '2026-09-01 10:00:00,acme,api,1.1,,1.1,2026-09-01,HEAD,version_check,,,,watchtower,1.7.1,acme/api:1.1',
          `2026-09-02 23:59:59,,busybox,${D1},${D1},,2026-09-02,GET,pull_by_digest,,,,,,busybox@${D1}`,
        ),
    );
  });

  test('summary by reference has references that stay text, other levels have none', async () => {
    expect(await written('summary', 'excel')).toBe(
      '\ufeff' +
        rows(
          `namespace,repository,reference,${COUNTS},image_ref`,
          `,busybox,${D1},1,0,1,0,busybox@${D1}`,
          'acme,api,1.1,1,0,0,1,acme/api:1.1',
          'acme,api,1.10,1,1,0,0,acme/api:1.10',
        ),
    );
    expect(await written('summary', 'excel', 'repository')).toBe(
      '\ufeff' + rows(`namespace,repository,${COUNTS}`, ',busybox,1,0,1,0', 'acme,api,2,1,0,1'),
    );
    expect(await written('summary', 'excel', 'namespace')).toBe(
      '\ufeff' + rows(`namespace,${COUNTS}`, ',1,0,1,0', 'acme,2,1,0,1'),
    );
  });

  test('daily has days as a spreadsheet reads them', async () => {
    expect(await written('daily', 'excel')).toBe(
      '\ufeff' +
        rows(
          'repoType,repoName,total,timestamp_utc,downloads',
          'image,acme/api,1,2026-09-01 00:00:00,1',
          'image,busybox,1,2026-09-02 00:00:00,1',
        ),
    );
  });
});

describe('Excel with semicolons', () => {
  test('differs in the delimiter alone', async () => {
    expect(await written('summary', 'excel-semicolon', 'repository')).toBe(
      '\ufeff' +
        rows(`namespace;repository;${COUNTS.replaceAll(',', ';')}`, ';busybox;1;0;1;0', 'acme;api;2;1;0;1'),
    );
  });

  test('quotes what holds a semicolon, and not what holds a comma', async () => {
    const held = await analyse([
      [
        line('2026-09-01 00:00:00', '192.0.2.1', 'GET', 'a%3Bb/c', '1'),
        line('2026-09-01 00:00:00', '192.0.2.1', 'GET', 'a%2Cb/c', '1'),
        line('2026-09-01 00:00:00', '192.0.2.1', 'GET', '%3D1%3B2/c', '1'),
      ],
    ]);
    const request: ExportRequest = {
      ...{ kind: 'summary', level: 'namespace', span: held.report().days!, spanKind: 'all' },
      filter: NO_FILTER,
    };
    const job = { form: 'file', request, gzip: false, split: false, now: 0 } as const;
    const semicolons = textOf((await writtenJob(held, { ...job, preset: 'excel-semicolon' })).bytes);
    expect(semicolons.split('\r\n').slice(1)).toEqual([
      `"'=1;2";1;1;0;0`,
      'a,b;1;1;0;0',
      '"a;b";1;1;0;0',
      '',
    ]);
    const commas = textOf((await writtenJob(held, { ...job, preset: 'excel' })).bytes);
    expect(commas.split('\r\n').slice(1)).toEqual([`'=1;2,1,1,0,0`, '"a,b",1,1,0,0', 'a;b,1,1,0,0', '']);
  });
});

test.each(PRESETS)('%s: what is shown before is what is written', async (preset) => {
  const held = await analysis;
  for (const kind of ['raw', 'summary', 'daily'] as const) {
    const request: ExportRequest = {
      ...{ kind, level: 'reference', span: held.report().days!, spanKind: 'all', filter: NO_FILTER },
    };
    const preview = previewExport(held.exportSource(), request, preset);
    const text = await written(kind, preset);
    const delimiter = preset === 'excel-semicolon' ? ';' : ',';
    const lines = text.replace('\ufeff', '').trimEnd().split('\r\n');
    expect(preview).toEqual({
      ...{ name: `all_${kind}_all.csv`, bytes: Buffer.byteLength(text), isEstimate: false },
      ...{ rows: lines.length - 1, left: 0, columns: lines[0]!.split(delimiter) },
      first: lines.slice(1).map((each) => each.split(delimiter)),
    });
  }
});
