import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanName, formatOfHash, hashOfFormat, parseStored } from '../../src/session/own-formats.svelte.ts';
import { Session } from '../../src/session/session.svelte.ts';
import { createFakeClient } from '../helpers/fake-client.ts';
import { settle } from '../helpers/settle.ts';

const TEXT = 't*c.~5b*t~5d.~22*r~22';

describe('a shared format', () => {
  it('comes out of the link as it went in', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 150 }), (name) => {
        const format = { name: cleanName(name), text: TEXT };
        expect(formatOfHash(hashOfFormat(format))).toEqual(format);
      }),
    );
  });

  it('is not seen in other links', () => {
    for (const hash of ['', '#', '#content', '#format', '#format=x', 'format=a:t']) {
      expect(formatOfHash(hash)).toBeNull();
    }
  });

  it('survives more encoding than is needed', () => {
    expect(formatOfHash('#format=my%20log:t%2Ac.~5b%2At')).toEqual({ name: 'my log', text: 't*c.~5b*t' });
    expect(formatOfHash('#format=%E0%A4%A:t')).toEqual({ name: '', text: '' });
  });
});

it('reads from storage what it can and nothing else', () => {
  expect(parseStored(null)).toEqual([]);
  for (const stored of ['', '{', 'null', '7', '{}', '[null,1,"x",{"name":1,"text":"t"},{"name":"n"}]'])
    expect(parseStored(stored)).toEqual([]);
  expect(parseStored('[{"name":"  a \\n b ","text":"t","more":1}]')).toEqual([{ name: 'a b', text: 't' }]);
});

describe('own formats', () => {
  async function loaded() {
    const client = createFakeClient();
    const used: string[][] = [];
    const readAgain = client.readAgain;
    client.readAgain = (changes, onProgress) => {
      if (changes.own) used.push(changes.own.map(({ name }) => name));
      return readAgain(changes, onProgress);
    };
    const session = new Session(client);
    session.take([new File(['x'], 'access.log')]);
    await settle();
    return { session, formats: session.ownFormats, client, used };
  }

  it('are used, renamed and removed', async () => {
    const { session, formats, used } = await loaded();
    expect(await formats.add('  my \n log ', TEXT)).toBe(true);
    expect(formats.list).toEqual([{ name: 'my log', text: TEXT }]);
    // The same again is not another one.
    expect(await formats.add('twice', TEXT)).toBe(false);
    await formats.rename(TEXT, 'Frontend');
    expect(formats.list).toEqual([{ name: 'Frontend', text: TEXT }]);
    expect(await formats.remove(TEXT)).toBe(true);
    expect(formats.list).toEqual([]);
    expect(used).toEqual([['my log'], []]);
    expect(session.phase).toBe('ready');
  });

  it('are not taken when files cannot be read again', async () => {
    const { session, formats, client } = await loaded();
    client.readAgain = async () => ({ gone: ['access.log'], notHere: [] });
    expect(await formats.add('a', TEXT)).toBe(false);
    expect(formats.list).toEqual([]);
    expect(session.notice).toEqual({ kind: 'gone', names: ['access.log'] });
    client.readAgain = async () => 'stopped';
    expect(await formats.add('a', TEXT)).toBe(false);
    expect(session.readingAgain).toBeNull();
  });

  it('are forgotten with everything else', async () => {
    const { session, formats, used } = await loaded();
    await formats.add('a', TEXT);
    await session.forget();
    expect(formats.list).toEqual([]);
    expect(used).toEqual([['a'], []]);
    expect(session.phase).toBe('empty');
  });

  it('are eight at most', async () => {
    const { formats } = await loaded();
    for (let i = 0; i < 8; i++) expect(await formats.add(`f${i}`, `${TEXT}.${i}`)).toBe(true);
    expect(formats.isFull).toBe(true);
    expect(await formats.add('one more', TEXT)).toBe(false);
  });

  it('are offered by a link, and only when they are formats', async () => {
    const { session, formats } = await loaded();
    expect(await formats.readHash('#content')).toBe(false);
    expect(await formats.readHash(hashOfFormat({ name: 'n', text: TEXT }))).toBe(true);
    expect(formats.offered).toMatchObject({
      name: 'n',
      text: TEXT,
      found: { fields: ['client', 'time', 'request'] },
    });
    expect(formats.list).toEqual([]);
    expect(await formats.readHash('#format=n:nonsense')).toBe(true);
    expect(session.notice).toEqual({ kind: 'bad-link' });
  });
});

describe('changes of files', () => {
  it('count again what is left', async () => {
    const session = new Session(createFakeClient());
    session.take([new File(['x'], 'a.log'), new File(['x'], 'b.log')]);
    await settle();
    const [first, second] = session.report!.files;
    const options = { ...first!.options, zone: 'Asia/Tokyo' };
    expect(await session.change({ options: new Map([[first!.source, options]]) })).toBe(true);
    expect(session.report!.files[0]!.options.zone).toBe('Asia/Tokyo');
    expect(await session.change({ remove: [second!.source] })).toBe(true);
    expect(session.report!.files.map(({ name }) => name)).toEqual(['a.log']);
    expect(await session.change({ remove: [first!.source] })).toBe(true);
    expect(session).toMatchObject({ phase: 'empty', report: null });
  });

  it('wait for each other', async () => {
    const session = new Session(createFakeClient({ slowness: 60 }));
    session.take([new File(['x'], 'a.log')]);
    await expect.poll(() => session.phase, { timeout: 10_000 }).toBe('ready');
    const change = session.change({ remove: [] });
    expect(await session.change({ remove: [] })).toBe(false);
    expect(session.notice).toEqual({ kind: 'busy' });
    session.take([new File(['x'], 'b.log')]);
    expect(session.notice).toEqual({ kind: 'busy' });
    expect(await change).toBe(true);
  });
});
