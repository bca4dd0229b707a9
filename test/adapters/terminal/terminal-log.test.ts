import { expect, test } from 'vitest';
import { createTerminalLog, type TerminalOptions } from '../../../src/adapters/terminal/terminal-log.ts';

function sayAll(options: Omit<TerminalOptions, 'write'>): string[] {
  const lines: string[] = [];
  const log = createTerminalLog({ ...options, write: (line) => lines.push(line) });
  log.stage('Commit');
  log.info('12 groups\nof 40');
  log.warn('slow \u001b[2Jbroker\u202e');
  log.debug('request 7');
  return lines;
}

test('plain lines without colour, and what steers a terminal is shown', () => {
  expect(sayAll({ color: false, debug: false })).toEqual([
    '==> Commit',
    '12 groups',
    'of 40',
    'Warning: slow \\u{1b}[2Jbroker\\u{202e}',
  ]);
});

test('with colour every line ends what it began', () => {
  const lines = sayAll({ color: true, debug: true });
  expect(lines[0]).toBe('\u001b[1m==> Commit\u001b[0m');
  expect(lines.filter((line) => line.startsWith('\u001b') !== line.endsWith('\u001b[0m'))).toEqual([]);
  expect(lines.at(-1)).toContain('request 7');
});
