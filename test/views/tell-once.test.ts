import { expect, test } from 'vitest';
import type { Problem } from '../../src/model/problem.ts';
import { tellOnce } from '../../src/views/dashboard/tell-once.ts';

const problem = (severity: Problem['severity'], file: string, reason: string, line = 0): Problem => ({
  ...{ severity, file, line, reason },
  remedy: '',
});
const told = (...problems: Problem[]) =>
  tellOnce(problems).map(({ reason, files }) => `${files.join(' ')}: ${reason}`);

test('what is said of several files is said once, the gravest first', () => {
  expect(
    told(
      problem('note', 'a.csv', 'No dates.'),
      problem('warning', 'b.csv', 'No end.'),
      problem('note', 'c.csv', 'No dates.'),
      problem('warning', 'c.csv', 'No dates.'),
    ),
  ).toEqual(['b.csv: No end.', 'c.csv: No dates.', 'a.csv c.csv: No dates.']);
});

test('what is about a line stands alone', () => {
  const lines = [problem('note', 'a.csv', 'Cut off.', 7), problem('note', 'b.csv', 'Cut off.', 7)];
  expect(told(...lines)).toEqual(['a.csv: Cut off.', 'b.csv: Cut off.']);
  expect(told(problem('note', '', 'Not added.'))).toEqual([': Not added.']);
});
