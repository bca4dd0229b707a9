import { describe, expect, test } from 'vitest';
import { type ConnectorProblem, mergeProblems } from '../../../src/domain/connectors/config-problems.ts';
import type { ConnectorConfig } from '../../../src/domain/connectors/connector-config.ts';
import type { Finding } from '../../../src/domain/finding.ts';

const connector: ConnectorConfig = {
  name: 'a',
  class: 'X',
  config: {},
  file: 'a.json',
  lines: new Map([['tasks.max', 4]]),
};
const lint: Finding = { rule: 'tasks', severity: 'warning', where: 'a: tasks.max', message: 'Odd.', hint: 'Fix it.' };

function problem(key: string | null, message: string): ConnectorProblem {
  return { connector, key, message, hint: null };
}

describe('findings of the lint and of the worker', () => {
  test('the worker alone: one entry a key, at its line', () => {
    expect(mergeProblems([], [problem('tasks.max', 'Not a number'), problem('tasks.max', 'Must be set')])).toEqual([
      {
        rule: 'connect-validate',
        severity: 'error',
        where: 'a: tasks.max',
        message: 'Not a number. Must be set.',
        hint: 'Correct a.json; nothing was changed.',
        at: { file: 'a.json', line: 4 },
      },
    ]);
  });

  test('of the same key: the entry of the lint, as an error and with the words of the worker', () => {
    expect(mergeProblems([lint], [problem('tasks.max', 'Not a number')])).toEqual([
      { ...lint, severity: 'error', message: 'Odd. The worker says: Not a number.' },
    ]);
  });

  test('a silenced entry hides nothing that the worker says', () => {
    const silenced = { ...lint, silenced: 'on purpose' };
    const merged = mergeProblems([silenced], [problem('tasks.max', 'Not a number')]);
    expect(merged.map(({ rule }) => rule)).toEqual(['tasks', 'connect-validate']);
    expect(merged[0]).toEqual(silenced);
  });

  test('of another key, or of the config as a whole: an entry of its own', () => {
    const merged = mergeProblems([lint], [problem(null, 'no such class'), problem('topics', 'bad')]);
    expect(merged.map(({ where }) => where)).toEqual(['a: tasks.max', 'a', 'a: topics']);
    expect(merged[0]).toEqual(lint);
    expect(merged[1]?.at).toEqual({ file: 'a.json', line: null });
  });

  test('a generated connector has no file to point at', () => {
    const generated = { ...connector, file: 'generated' };
    const [finding] = mergeProblems([], [{ connector: generated, key: 'topics', message: 'bad', hint: null }]);
    expect(finding?.at).toBeUndefined();
  });
});
