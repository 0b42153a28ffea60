import { describe, expect, test } from 'vitest';
import { analyse, csvText, exported, manifestLine as line, spanOf } from '../helpers/exported.ts';
import { linesOf } from '../helpers/timeline.ts';

/** spec/outputs.md, "Raw: one row per action, in time order". */
const HEADER =
  'timestamp,namespace,repository,reference,digest,tag,action_day,http_method,action,type,host,country,user_agent_tool,user_agent_version';
const D1 = `sha256:${'1'.repeat(64)}`;
const D2 = `sha256:${'2'.repeat(64)}`;
const D3 = `sha512:${'3'.repeat(128)}`;

describe('raw', () => {
  test('holds one row per action, each with the facts of its first request', async () => {
    const analysis = await analyse([
      [
        // A version check: HEAD alone.
        line('2026-09-01 23:59:50', '192.0.2.1', 'HEAD', 'acme/web', 'latest', 'Watchtower/v1.7.1'),
        // HEAD, GET and a second GET are one row; digest of the first GET, never the child's.
        line('2026-09-01 23:59:58', '192.0.2.2', 'HEAD', 'acme/team/app', '2.0', 'docker/27.3.1 go/go1.22'),
        line('2026-09-02 00:00:01', '192.0.2.2', 'GET', 'acme/team/app', D1, 'other/1'),
        line('2026-09-02 00:00:02', '192.0.2.2', 'GET', 'acme/team/app', D2, 'other/1'),
        // A GET by tag: its digest is not known, the child's is not shown.
        line('2026-09-02 10:00:00', '192.0.2.3', 'GET', 'busybox', '1.36', 'containerd/v2.0.0'),
        line('2026-09-02 10:00:01', '192.0.2.3', 'GET', 'busybox', D2, 'containerd/v2.0.0'),
        // By digest: HEAD alone, and GET.
        line('2026-09-03 00:00:00', '192.0.2.4', 'HEAD', 'busybox', D3, '-'),
        line('2026-09-03 00:00:06', '192.0.2.4', 'GET', 'busybox', D3, 'regclient/regctl (v0.5.1)'),
      ],
    ]);
    const { text, rows } = await exported(analysis, 'raw');
    expect(text).toBe(
      csvText(
        HEADER,
        '2026-09-01 23:59:50,acme,web,latest,,latest,2026-09-01,HEAD,version_check,,,,watchtower,1.7.1',
        `2026-09-01 23:59:58,acme,team/app,2.0,${D1},2.0,2026-09-01,GET,pull_by_tag,,,,docker,27.3.1`,
        '2026-09-02 10:00:00,,busybox,1.36,,1.36,2026-09-02,GET,pull_by_tag,,,,containerd,2.0.0',
        `2026-09-03 00:00:00,,busybox,${D3},${D3},,2026-09-03,HEAD,pull_by_digest,,,,,`,
        `2026-09-03 00:00:06,,busybox,${D3},${D3},,2026-09-03,GET,pull_by_digest,,,,regctl,0.5.1`,
      ),
    );
    expect(rows).toBe(5);
  });

  test('is in time order, whatever the order in and of the files', async () => {
    const late = [
      line('2026-09-01 10:00:30', '192.0.2.1', 'GET', 'a/b', '3'),
      line('2026-09-01 10:00:10', '192.0.2.1', 'GET', 'a/b', '1'),
    ];
    const early = [line('2026-09-01 10:00:20', '192.0.2.1', 'GET', 'a/b', '2')];
    for (const files of [
      [late, early],
      [early, late],
    ]) {
      const { text } = await exported(await analyse(files), 'raw');
      expect(
        text
          .split('\r\n')
          .slice(1)
          .map((row) => row.slice(11, 25)),
      ).toEqual(['10:00:10,a,b,1', '10:00:20,a,b,2', '10:00:30,a,b,3', '']);
    }
  });

  test('of a span holds the actions that begin on its days', async () => {
    const analysis = await analyse([
      [
        line('2026-08-31 23:59:59', '192.0.2.1', 'HEAD', 'a/b', '1'),
        // Joins the action of the day before.
        line('2026-09-01 00:00:00', '192.0.2.1', 'GET', 'a/b', '1'),
        line('2026-09-01 00:00:00', '192.0.2.2', 'GET', 'a/b', '2'),
        line('2026-09-02 23:59:59', '192.0.2.1', 'GET', 'a/b', '3'),
        line('2026-09-03 00:00:00', '192.0.2.2', 'GET', 'a/b', '4'),
      ],
    ]);
    const span = spanOf('2026-09-01', '2026-09-02');
    const { text, rows } = await exported(analysis, 'raw', { span, spanKind: 'span' });
    expect(text).toBe(
      csvText(
        HEADER,
        '2026-09-01 00:00:00,a,b,2,,2,2026-09-01,GET,pull_by_tag,,,,docker,27.3.1',
        '2026-09-02 23:59:59,a,b,3,,3,2026-09-02,GET,pull_by_tag,,,,docker,27.3.1',
      ),
    );
    expect(rows).toBe(2);
  });

  test('of no action is the header alone', async () => {
    const analysis = await analyse([[line('2026-09-01 10:00:00', '192.0.2.1', 'GET', 'a/b', '1', 'x', 404)]]);
    expect(await exported(analysis, 'raw')).toEqual({
      name: 'all_raw_all.csv',
      rows: 0,
      text: csvText(HEADER),
    });
  });

  test('counts by the rules in force', async () => {
    const lines = [1, 2, 3].map((n) =>
      line(`2026-09-01 10:00:0${n}`, '192.0.2.1', 'GET', 'a/b', `sha256:${String(n).repeat(64)}`),
    );
    expect((await exported(await analyse([lines]), 'raw')).rows).toBe(2);
    expect((await exported(await analyse([lines], { foldFurther: true }), 'raw')).rows).toBe(1);
  });

  test('shows the digest that was logged with a tag, and not that of a child', async () => {
    const lines = linesOf('GET T (D1 logged), +1 GET D2, +3600 HEAD T (D1 logged)');
    const { text } = await exported(await analyse([lines]), 'raw');
    expect(text).toBe(
      csvText(
        HEADER,
        `2026-09-01 00:00:00,,A,T,${D1},T,2026-09-01,GET,pull_by_tag,,,,docker,`,
        `2026-09-01 01:00:01,,A,T,${D1},T,2026-09-01,HEAD,version_check,,,,docker,`,
      ),
    );
  });

  test('never shows a client address', async () => {
    const analysis = await analyse([
      [
        line('2026-09-01 10:00:00', '203.0.113.77', 'GET', 'a/b', '1'),
        line('2026-09-01 10:00:00', '2001:db8::77', 'GET', 'a/b', '1'),
      ],
    ]);
    for (const kind of ['raw', 'summary', 'daily'] as const) {
      expect((await exported(analysis, kind)).text).not.toMatch(/203\.0\.113\.77|2001:db8|\.77|::77/);
    }
  });
});
