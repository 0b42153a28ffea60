/**
 * How a client is used: a guess by rules that people can read and change. In: the rules as text, one a line. Out:
 * rules, what is wrong with the text, and the use of a client. The first rule that fits decides.
 *
 *   # Why this rule is there.
 *   tool [version] ["words in the agent" …] -> use
 *
 * Tool and version may hold * and ?; words must all stand in the agent. Upper and lower case are the same.
 */
import { matchesGlob } from '../lib/glob.ts';
import { type Use, USES } from '../model/agent-columns.ts';
import type { Problem } from '../model/problem.ts';
import { AGENT_LIMIT, type Client } from './describe-client.ts';

export interface UseRule {
  tool: string;
  /** * fits clients without a version, too. */
  version: string;
  words: string[];
  use: Use;
}

export interface ParsedUseRules {
  rules: UseRule[];
  problems: Problem[];
}

/** How the empty use is written: "curl -> unknown" keeps later rules from guessing. */
const UNKNOWN = 'unknown';
const ARROW = '->';
/** Rules are tried one by one for each distinct agent. */
const MOST_RULES = 1000;
const LONGEST_LINE = 500;
const GLOB = /^[\w.+~*?-]{1,64}$/;
const WRITTEN_USES = [...USES.slice(1), UNKNOWN];
const EXAMPLE = 'Write it like: docker 1.* "linuxkit" -> person';

export function parseUseRules(text: string): ParsedUseRules {
  const rules: UseRule[] = [];
  const problems: Problem[] = [];
  text.split(/\r\n|\r|\n/).forEach((untrimmed, index) => {
    const line = untrimmed.trim();
    if (line === '' || line.startsWith('#')) return;
    const rule =
      rules.length < MOST_RULES
        ? parseRule(line)
        : new Trouble(`There are more than ${MOST_RULES} rules.`, 'Put several into one with * and ?.');
    if (rule instanceof Trouble)
      problems.push({
        severity: 'warning',
        file: '',
        line: index + 1,
        reason: rule.reason,
        remedy: rule.remedy,
      });
    else rules.push(rule);
  });
  return { rules, problems };
}

/** The rules whose tool and version fit a client, in their order: what is left to look at is words. */
export function rulesForClient(rules: readonly UseRule[], client: Client): UseRule[] {
  const version = client.version.toLowerCase();
  return rules.filter((rule) => matchesGlob(rule.tool, client.tool) && matchesGlob(rule.version, version));
}

/** The use by the first rule that fits, of those that fit the client; empty when none does. */
export function guessByWords(rules: readonly UseRule[], agent: string): Use {
  const haystack = agent.slice(0, AGENT_LIMIT).toLowerCase();
  return rules.find(({ words }) => words.every((word) => haystack.includes(word)))?.use ?? '';
}

class Trouble {
  constructor(
    readonly reason: string,
    readonly remedy: string,
  ) {}
}

function parseRule(line: string): UseRule | Trouble {
  if (line.length > LONGEST_LINE)
    return new Trouble(`The line has more than ${LONGEST_LINE} letters.`, 'Make two rules of it.');
  const globs: string[] = [];
  const words: string[] = [];
  let rest = line;
  while (!rest.startsWith(ARROW)) {
    if (rest === '') return new Trouble('There is no ->.', EXAMPLE);
    if (rest.startsWith('"')) {
      const end = rest.indexOf('"', 1);
      if (end < 0) return new Trouble('A " is not closed.', 'Put a second " behind the words.');
      if (end === 1)
        return new Trouble('There are no words between the "".', 'Write words, or take the "" out.');
      words.push(rest.slice(1, end).toLowerCase());
      rest = rest.slice(end + 1).trimStart();
    } else {
      const glob = /^[^\s"]+?(?=->|[\s"]|$)/.exec(rest)![0];
      if (!GLOB.test(glob))
        return new Trouble(
          `No tool or version is called ${glob}.`,
          'Use letters, digits and . _ + ~ - * ? only, or put words of the agent in "".',
        );
      globs.push(glob.toLowerCase());
      rest = rest.slice(glob.length).trimStart();
    }
  }
  if (globs.length === 0 && words.length === 0) return new Trouble('Nothing stands before the ->.', EXAMPLE);
  if (globs.length > 2)
    return new Trouble(
      `${globs[2]} stands behind the tool and the version.`,
      'Put words of the agent in "".',
    );
  const written = rest.slice(ARROW.length).trim().toLowerCase();
  const use = written === UNKNOWN ? '' : USES.slice(1).find((each) => each === written);
  if (use === undefined)
    return new Trouble(
      written === '' ? 'Nothing stands behind the ->.' : `There is no use called ${written}.`,
      `Use one of: ${WRITTEN_USES.join(', ')}.`,
    );
  return { tool: globs[0] ?? '*', version: globs[1] ?? '*', words, use };
}
