import { describe, expect, test } from 'vitest';
import { InputError, MigrationError } from '../../src/errors.ts';
import { errorLines, errorReports, stackOf } from '../../src/report/error-reports.ts';
import { actionsLogLines, logLines } from '../../src/report/terminal/log-lines.ts';

describe('what was thrown becomes entries of the report', () => {
  test('bad input: one entry a problem, and one line in the log', () => {
    const error = new InputError([
      { input: 'command', expected: 'plan, apply or sync', seen: '"snc"', hint: 'Did you mean sync?' },
      { input: 'interval', expected: 'a duration', seen: '"20 apples"', hint: 'Write 20s.' },
    ]);
    expect(errorLines(errorReports(error))).toEqual([
      'Error BAD_INPUT: command: expected plan, apply or sync, seen "snc". Did you mean sync?',
      'Error BAD_INPUT: interval: expected a duration, seen "20 apples". Write 20s.',
    ]);
    expect(stackOf(error)).toBeNull();
  });

  test('an expected failure: its code, message and hint, never a stack', () => {
    const error = new MigrationError('KAFKA_UNREACHABLE', 'source: no broker answered', { hint: 'Check the port.' });
    expect(errorReports(error)).toEqual([
      { code: 'KAFKA_UNREACHABLE', message: 'source: no broker answered', hint: 'Check the port.' },
    ]);
    expect(stackOf(error)).toBeNull();
  });

  test('both clusters unreachable: both are said', () => {
    const side = (name: string) => new MigrationError('KAFKA_UNREACHABLE', name);
    const messages = errorReports(new AggregateError([side('source'), side('target')])).map(({ message }) => message);
    expect(messages).toEqual(['source', 'target']);
  });

  test('anything else: INTERNAL, with its stack for the debug log only', () => {
    const error = new TypeError('x is undefined', { cause: new Error('deeper') });
    expect(errorReports(error)).toMatchObject([{ code: 'INTERNAL', message: 'TypeError: x is undefined' }]);
    expect(errorReports(error)[0]?.message).not.toContain('at ');
    expect(stackOf(error)).toMatch(/TypeError: x is undefined\n\s+at [\s\S]*Caused by: Error: deeper/);
    expect(errorReports('just text')).toMatchObject([{ code: 'INTERNAL', message: 'just text' }]);
  });
});

describe('a line of the log', () => {
  test.each([
    ['::error::x', '\\::error::x'],
    ['   ::set-output name=a::b', '   \\::set-output name=a::b'],
    ['\t::debug::x', '    \\::debug::x'],
    ['\u00a0::error::x', '\\u{a0}::error::x'],
    ['ok ##[error]x', 'ok ##\\[error]x'],
    ['%0A::error::x', '%0A::error::x'],
    ['topic::a', 'topic::a'],
  ])('%j can not be a workflow command', (message, line) => {
    expect(actionsLogLines(message)).toEqual([line]);
  });

  test.each(['\n', '\r\n', '\r'])('ends at %j, and the next one is looked at as well', (end) => {
    expect(actionsLogLines(`a${end}::error::x`)).toEqual(['a', '\\::error::x']);
  });

  test('has no character that steers a terminal', () => {
    expect(logLines('a\u001b[2Jb\u0007\u202ec')).toEqual(['a\\u{1b}[2Jb\\u{7}\\u{202e}c']);
  });
});
