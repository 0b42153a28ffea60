import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { unescapeAgent } from '../../src/actions/user-agent.ts';
import { DEFAULT_USE_RULES } from '../../src/clients/default-use-rules.ts';
import { describeClient } from '../../src/clients/describe-client.ts';
import { parseUseRules } from '../../src/clients/use-rules.ts';
import { guessUse } from '../helpers/guess-use.ts';

const { rules } = parseUseRules(DEFAULT_USE_RULES);
const lines = readFileSync('test/fixtures/agents.tsv', 'utf8').trimEnd().split('\n').slice(1);
const rows = lines.map((line) => line.split('\t') as [string, string, string, string, string]);

describe('real user agents', () => {
  it('are many, and each once', () => {
    expect(rows.length).toBeGreaterThanOrEqual(150);
    expect(new Set(rows.map(([agent]) => agent)).size).toBe(rows.length);
    expect(new Set(rows.map((row) => row[4]))).toEqual(new Set(['lab', 'seen', 'source', 'form']));
  });

  it.each(rows)('%s', (agent, tool, version, use) => {
    const client = describeClient(agent);
    expect({ ...client, use: guessUse(rules, client, agent) }).toEqual({ tool, version, use });
  });
});

const unescape = (agent: string) => new TextDecoder().decode(unescapeAgent(new TextEncoder().encode(agent)));

test('the four spellings of an escaped agent are one agent', () => {
  const spellings = [
    String.raw`docker/29.1.3 os/linux UpstreamClient(Docker-Client/29.1.3 \(linux\))`,
    String.raw`docker/29.1.3 os/linux UpstreamClient(Docker-Client/29.1.3 \\(linux\\))`,
    String.raw`docker/29.1.3 os/linux UpstreamClient(Docker-Client/29.1.3 \x5C(linux\x5C))`,
    String.raw`docker/29.1.3 os/linux UpstreamClient(Docker-Client/29.1.3 \u005c(linux\u005c))`,
  ];
  expect(new Set(spellings.map(unescape))).toEqual(new Set([spellings[0]]));
});

describe('agents that are no agents', () => {
  it.each([
    ['', '', ''],
    ['-', '', ''],
    ['   ', '', ''],
    ['<script>alert(1)</script>', '', ''],
    ['=HYPERLINK("http://x")', '', ''],
    ['+1', '', ''],
    ['@SUM(1)', '', ''],
    ['${jndi:ldap://192.0.2.1/a}', '', ''],
    ['() { :; }; echo', '', ''],
    ['__proto__/1.0', '', ''],
    ['日本/1.0', '', ''],
    ['/1.0', '', ''],
    ['"docker/27"', '', ''],
    ['constructor/1.0', 'constructor', '1.0'],
    ['docker/27.0\u0000', 'docker', ''],
    ['docker/27.0<b>', 'docker', ''],
    ['docker/\u001b[31m27', 'docker', ''],
    [`${'a'.repeat(65)}/1.0`, '', ''],
    [`docker/${'1'.repeat(100)}`, 'docker', ''],
    ['vendor/product/1.2', 'product', '1.2'],
    ['regclient/regctl', 'regctl', ''],
    ['regclient/regctl (v1 <b>)', 'regctl', ''],
    ['Mozilla/5.0 ((((', 'mozilla', '5.0'],
    ['Mozilla/5.0 )))) Firefox/1.0', 'firefox', '1.0'],
    ['Mozilla/5.0 Safari/1.0', 'mozilla', '5.0'],
    ['unknown/None; python/3.9', '', ''],
    ['\ufeffcurl/8.1.0', 'curl', '8.1.0'],
  ])('%j', (agent, tool, version) => {
    expect(describeClient(agent)).toEqual({ tool, version });
  });

  it('gives well-formed names for any text', () => {
    const pieces = fc.constantFrom(
      'docker',
      '/',
      ' ',
      '(',
      ')',
      ';',
      'v1.2',
      'Mozilla/',
      '<',
      '\\',
      '\u0000',
      'é',
    );
    const agents = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(pieces, { maxLength: 30 }).map((each) => each.join('')),
    );
    fc.assert(
      fc.property(agents, (agent) => {
        const { tool, version } = describeClient(agent);
        expect(tool).toMatch(/^(?:[a-z][a-z0-9_.+-]{0,63})?$/);
        expect(version).toMatch(/^(?:[\w.+~-]{1,64})?$/);
        if (tool === '') expect(version).toBe('');
      }),
    );
  });

  it('looks at the first 4096 characters only', () => {
    const padding = ' '.repeat(4096);
    expect(describeClient(`${padding}docker/27`)).toEqual({ tool: '', version: '' });
    expect(describeClient(`unknown/None; ${padding}; hf_hub/0.29.1`)).toEqual({ tool: '', version: '' });
  });

  it.each(['(', 'a/', '; ', ' ', '1', '\\(', 'compatible; ', 'Mozilla/5.0 ', '<'])(
    'a megabyte of %j',
    (piece) => {
      const agent = `Mozilla/5.0 ${piece.repeat(1e6)}`;
      expect(describeClient(agent).tool).toBeTypeOf('string');
      expect(guessUse(rules, describeClient(agent), agent)).toBeTypeOf('string');
    },
  );
});
