import { describe, expect, test } from 'vitest';
import { countedFiles, DEFAULT_QUERY, parseFileQuery } from '../../src/model/file-query.ts';

const PATHS = [
  'config.json',
  'sub/config.json',
  'model.nemo',
  'sub/model.tar.gz',
  'config.cfg',
  '.hidden',
  'q.gguf',
];

function matching(query: string, parse = parseFileQuery): string[] | string {
  const parsed = parse(query);
  return 'problem' in parsed ? parsed.problem : PATHS.filter(parsed.matches);
}

describe('queries for counted files', () => {
  test.each([
    ['path:"config.json"', ['config.json']],
    ['path:config.json', ['config.json']],
    ['path_extension:"nemo" OR path:"config.cfg"', ['model.nemo', 'config.cfg']],
    ['path_filename:"config" AND path_extension:"cfg"', ['config.cfg']],
    ['path_filename:"config"', ['config.json', 'sub/config.json', 'config.cfg']],
    ['path_prefix:"sub/"', ['sub/config.json', 'sub/model.tar.gz']],
    ['_exists_:"path_prefix"', ['sub/config.json', 'sub/model.tar.gz']],
    ['path_extension:"gz" AND _exists_:"path_prefix"', ['sub/model.tar.gz']],
    ['path_extension:"json" AND NOT _exists_:"path_prefix"', ['config.json']],
    // AND binds closer than OR.
    ['path:"config.cfg" OR path_prefix:"sub/" AND path_extension:"json"', ['sub/config.json', 'config.cfg']],
    ['(path:"config.cfg" OR path_prefix:"sub/") AND path_extension:"json"', ['sub/config.json']],
    [DEFAULT_QUERY, ['config.json']],
  ])('%s', (query, expected) => expect(matching(query)).toEqual(expected));

  test.each([
    ['', 'The query is empty.'],
    ['   ', 'The query is empty.'],
    ['config.json', 'This is no part of a query: config.json'],
    ['path:"a" path:"b"', 'Terms are joined by AND or OR.'],
    ['path:"a" OR', 'A term is missing, such as path:"config.json".'],
    ['(path:"a"', 'A parenthesis is not closed.'],
    ['path:"a")', 'Terms are joined by AND or OR.'],
    ['size:"a"', '“size” is none of path, path_extension, path_filename, path_prefix, _exists_.'],
    ['_exists_:"author"', '_exists_ asks for "path_prefix" or "path_extension".'],
    [`${'('.repeat(30)}path:"a"${')'.repeat(30)}`, 'The query has too many parentheses.'],
  ])('%s is refused', (query, problem) => expect(matching(query)).toBe(problem));

  test('files of one extension always count', () => {
    expect(matching('path:"config.cfg"', countedFiles)).toEqual(['config.cfg', 'q.gguf']);
  });
});
