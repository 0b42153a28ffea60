import { expect, it } from 'vitest';
import { findReplaced } from '../../src/pipeline/kept-sources.ts';
import { addFiles, changeSources, findGone, NO_SOURCES, takePlaces } from '../../src/pipeline/sources.ts';

const file = (name: string, lastModified = 0) => new File(['x'], name, { lastModified });
const own = [{ name: 'n', text: 't' }];

it('gives each file a number of its own, also after others went', () => {
  const both = addFiles(NO_SOURCES, [file('a', 1000), file('b')]);
  expect(both.files.map(({ id, file }) => [id, file!.name])).toEqual([
    [0, 'a'],
    [1, 'b'],
  ]);
  expect(both.files[0]!.options).toEqual({
    zone: 'UTC',
    latest: 86_401_000,
    usesForwarded: true,
    started: null,
  });
  const one = changeSources(both, { remove: [1] });
  expect(addFiles(one, [file('c')]).files.map(({ id }) => id)).toEqual([0, 2]);
});

it('changes what is named and leaves the rest, and the state before, as it was', () => {
  const before = addFiles(NO_SOURCES, [file('a'), file('b')]);
  const options = { ...before.files[1]!.options, zone: 'Asia/Tokyo' };
  const after = changeSources(before, { options: new Map([[1, options]]), own });
  expect(after.files.map((each) => each.options.zone)).toEqual(['UTC', 'Asia/Tokyo']);
  expect(after.own).toEqual(own);
  expect(before.files[1]!.options.zone).toBe('UTC');
  expect(before.own).toEqual([]);
  expect(changeSources(after, {})).toEqual(after);
});

it('names the files that can no longer be read', async () => {
  const gone = file('gone');
  gone.slice = () => ({ arrayBuffer: () => Promise.reject(new Error('NotReadableError')) }) as never;
  expect(await findGone(addFiles(NO_SOURCES, [file('a'), gone]))).toEqual({ gone: ['gone'], notHere: [] });
});

it('a file that has grown takes the place of what it was, and what was said of it holds', async () => {
  const written = (name: string, text: string, lastModified: number) =>
    new File([text], name, { lastModified });
  const before = addFiles(NO_SOURCES, [written('access.log', 'one\n', 0), written('other.log', 'two\n', 0)]);
  const said = { ...before.files[0]!.options, zone: 'Asia/Tokyo', usesForwarded: false };
  const held = changeSources(before, { options: new Map([[0, said]]) });
  const added = [written('access.log', 'one\ntwo\n', 5000), written('new.log', 'zone\n', 5000)];
  const replaced = await findReplaced(held, added);
  expect(replaced).toEqual([{ id: 0, by: added[0] }]);
  const after = takePlaces(addFiles(held, added), replaced);
  expect(
    after.files.map(({ id, options }) => [id, options.zone, options.usesForwarded, options.latest]),
  ).toEqual([
    [1, 'UTC', true, 86_400_000],
    [2, 'Asia/Tokyo', false, 86_405_000],
    [3, 'UTC', true, 86_405_000],
  ]);
});
