import { describe, expect, it } from 'vitest';
import { HostFiles } from '../../../src/session/host/host-files.svelte.ts';
import { readHostList } from '../../../src/session/host/host-list.ts';

const SOURCE = 'https://registry.example/pulls/pullscope.json';
const read = (content: unknown) => readHostList(JSON.stringify(content), SOURCE);

describe('readHostList', () => {
  it('reads everything that can stand in it', () => {
    expect(
      read({
        title: 'Acme',
        files: ['logs/access%20log.1', '/other/a.csv', '../b.log'],
        defaults: { range: '2026-09', zone: 'local', rules: { window: 2.5, foldFurther: true } },
      }),
    ).toEqual({
      title: 'Acme',
      files: [
        { name: 'logs/access log.1', address: 'https://registry.example/pulls/logs/access%20log.1' },
        { name: '/other/a.csv', address: 'https://registry.example/other/a.csv' },
        { name: '/b.log', address: 'https://registry.example/b.log' },
      ],
      range: { kind: 'month', span: { first: 20_697, last: 20_726 } },
      look: { zone: 'local' },
      rules: { window: 2500, foldFurther: true },
      problems: [],
    });
  });

  it('says what it does not use, and uses the rest', () => {
    const { files, rules, range, look, problems } = read({
      files: ['a.log', 'a.log', 7, '//evil.example/x', 'data:,x', 'http://registry.example/x', 'http://['],
      __proto__2: 1,
      defaults: { range: 'sometime', zone: 'Mars', rules: { window: '5', foldFurther: 1, other: true } },
    });
    expect(files.map(({ name }) => name)).toEqual(['a.log']);
    expect([rules, range, look]).toEqual([{}, null, {}]);
    expect(problems).toEqual([
      '“__proto__2” is not known here and was not used. Known are title, files, defaults.',
      '“a.log” is listed twice.',
      '“files”, entry 3: it is no path.',
      '“//evil.example/x” is on another server. This page may read from its own only.',
      '“data:,x” is on another server. This page may read from its own only.',
      '“http://registry.example/x” is on another server. This page may read from its own only.',
      '“http://[” is no path.',
      '“range” is none of all, last-month, 2026-09, week:2026-09-07 and 2026-09-01..2026-09-30.',
      '“zone” is neither utc nor local.',
      '“other” is not known here and was not used. Known are window, foldFurther, separateByAgent, countSignatures, countInnerHops, countHubHeads.',
      '“window” is no number of seconds from 0 to 3600.',
      '“foldFurther” is neither true nor false.',
    ]);
  });

  it.each([
    ['{', /^It is not JSON: /],
    ['[]', /^It is no object with title, files, defaults\.$/],
    ['{}', /^“files” lists nothing/],
  ])('refuses %s', (text, problem) => {
    const { files, problems } = readHostList(text, SOURCE);
    expect(files).toEqual([]);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(problem);
  });
});

describe('HostFiles', () => {
  const answers = new Map<string, () => Response>();
  const asked: [string, RequestInit][] = [];
  const host = () =>
    new HostFiles(async (address, init) => {
      asked.push([address, init]);
      const answer = answers.get(address);
      if (!answer) throw new TypeError('no network');
      return answer();
    });

  it('hands over what the server has, and names what it has not', async () => {
    answers.set(SOURCE, () => Response.json({ title: 'T', files: ['a.log', 'b.log', 'c.log'] }));
    answers.set(
      'https://registry.example/pulls/a.log',
      () => new Response('line\n', { headers: { 'last-modified': 'Thu, 01 Oct 2026 00:00:00 GMT' } }),
    );
    answers.set(
      'https://registry.example/pulls/b.log',
      () => new Response('', { status: 403, statusText: 'No' }),
    );
    const files = host();
    await files.load('https://registry.example/pulls/team.html#/x', () => {});
    expect(files.title).toBe('T');
    expect(files.problems).toEqual([
      'b.log could not be read: the server answers 403 No.',
      'c.log could not be read: no answer, or one from another server.',
    ]);
    const [file, ...others] = files.handOver();
    expect(others).toEqual([]);
    expect([file!.name, await file!.text(), file!.lastModified]).toEqual([
      'a.log',
      'line\n',
      Date.UTC(2026, 9, 1),
    ]);
    expect(files.handOver()).toEqual([]);
    for (const [, init] of asked)
      expect(init).toMatchObject({ credentials: 'same-origin', referrerPolicy: 'no-referrer' });
  });

  it('says so when there is no list', async () => {
    answers.set(SOURCE, () => new Response('', { status: 404, statusText: 'Not Found' }));
    const files = host();
    await files.load('https://registry.example/pulls/', () => {});
    expect(files.problems).toEqual(['pullscope.json could not be read: the server answers 404 Not Found.']);
    expect(files.files).toBeNull();
  });
});
