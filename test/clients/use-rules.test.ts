import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_USE_RULES } from '../../src/clients/default-use-rules.ts';
import { describeClient } from '../../src/clients/describe-client.ts';
import { parseUseRules, type UseRule } from '../../src/clients/use-rules.ts';
import { USES } from '../../src/model/agent-columns.ts';
import { guessUse } from '../helpers/guess-use.ts';

const useOf = (text: string, agent: string) =>
  guessUse(parseUseRules(text).rules, describeClient(agent), agent);

/** A rule as a person would write it. */
const written = ({ tool, version, words, use }: UseRule) =>
  `${tool} ${version} ${words.map((word) => `"${word}"`).join(' ')} -> ${use || 'unknown'}`;

describe('parseUseRules', () => {
  it('reads tool, version, words and use', () => {
    const text =
      '\ufeff# Old ones\r\n#are at home.\r\nDocker 1.* "LinuxKit" "arch/ARM64" -> Person\r\n\r\n"x y"->unknown';
    expect(parseUseRules(text)).toEqual({
      rules: [
        {
          tool: 'docker',
          version: '1.*',
          words: ['linuxkit', 'arch/arm64'],
          use: 'person',
        },
        { tool: '*', version: '*', words: ['x y'], use: '' },
      ],
      problems: [],
    });
  });

  it.each([
    ['docker', 'There is no ->.'],
    ['docker person', 'There is no ->.'],
    ['-> ci', 'Nothing stands before the ->.'],
    ['docker ->', 'Nothing stands behind the ->.'],
    ['docker -> robot', 'There is no use called robot.'],
    ['docker -> ci # often', 'There is no use called ci # often.'],
    ['docker "x -> ci', 'A " is not closed.'],
    ['docker "" -> ci', 'There are no words between the "".'],
    ['docker 1.* 2.* -> ci', '2.* stands behind the tool and the version.'],
    ['do(ker -> ci', 'No tool or version is called do(ker.'],
    [`docker "${'x'.repeat(500)}" -> ci`, 'The line has more than 500 letters.'],
  ])('%s', (line, reason) => {
    const { rules, problems } = parseUseRules(`curl -> ci\n# Why\n${line}\nwget -> ci`);
    expect(rules.map(({ tool }) => tool)).toEqual(['curl', 'wget']);
    expect(problems).toEqual([
      {
        severity: 'warning',
        file: '',
        line: 3,
        reason,
        remedy: expect.stringMatching(/^[A-Z].*\S$/s) as string,
      },
    ]);
  });

  it('stops at a thousand rules', () => {
    const { rules, problems } = parseUseRules('curl -> ci\n'.repeat(1002));
    expect(rules).toHaveLength(1000);
    expect(problems.map(({ line }) => line)).toEqual([1001, 1002]);
  });

  it('reads any text without throwing', () => {
    const piece = fc.constantFrom('docker', ' ', '"', '->', '-', '>', '#', '\n', 'ci', '*', '\u0000');
    const texts = fc.oneof(
      fc.string(),
      fc.array(piece, { maxLength: 40 }).map((each) => each.join('')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const { rules, problems } = parseUseRules(text);
        const meant = text
          .split(/\r\n|\r|\n/)
          .filter((line) => line.trim() !== '' && !line.trim().startsWith('#'));
        expect(rules.length + problems.length).toBe(meant.length);
      }),
    );
  });
});

describe('round trip', () => {
  it('the default rules are good, and give every use', () => {
    const { rules, problems } = parseUseRules(DEFAULT_USE_RULES);
    expect(problems).toEqual([]);
    expect(rules.length).toBeGreaterThan(50);
    expect(new Set(rules.map(({ use }) => use))).toEqual(new Set(USES));
  });

  it('rules come back from their text', () => {
    const glob = fc
      .stringMatching(/^[a-z0-9_.+~*?][a-z0-9_.+~*?-]{0,10}$/)
      .filter((each) => !each.includes('->'));
    const word = fc.stringMatching(/^[a-z0-9 ()#>:\\/-]{1,12}$/);
    const rule: fc.Arbitrary<UseRule> = fc.record({
      tool: glob,
      version: glob,
      words: fc.array(word, { maxLength: 3 }),
      use: fc.constantFrom(...USES),
    });
    fc.assert(
      fc.property(fc.array(rule, { maxLength: 8 }), (rules) => {
        expect(parseUseRules(rules.map(written).join('\n'))).toEqual({ rules, problems: [] });
      }),
    );
  });
});

describe('guessUse', () => {
  it('takes the first rule that fits', () => {
    expect(useOf('docker -> ci\ndocker 27.* -> person', 'docker/27.1')).toBe('ci');
    expect(useOf('docker 27.* -> person\ndocker -> ci', 'docker/27.1')).toBe('person');
    expect(useOf('docker 27.* -> person\ndocker -> ci', 'docker/26.1')).toBe('ci');
  });

  it('lets a rule say unknown', () => {
    expect(useOf('curl -> unknown\n* -> ci', 'curl/8.1')).toBe('');
    expect(useOf('curl -> unknown\n* -> ci', 'wget/1.1')).toBe('ci');
  });

  it('wants all words, in any case, in the first 4096 characters', () => {
    const text = 'docker "LINUXKIT" "arm64" -> person';
    expect(useOf(text, 'docker/27 kernel/6-linuxkit arch/arm64')).toBe('person');
    expect(useOf(text, 'docker/27 kernel/6-linuxkit arch/amd64')).toBe('');
    expect(useOf(text, `docker/27 ${'x'.repeat(4096)} linuxkit arm64`)).toBe('');
  });

  it('fits a client without a version with * only', () => {
    expect(useOf('oras-go * -> ci', 'oras-go')).toBe('ci');
    expect(useOf('oras-go ?* -> ci', 'oras-go')).toBe('');
  });
});
