import { afterEach, expect, test, vi } from 'vitest';
import {
  createTerminalLog,
  type TerminalLog,
  type TerminalOptions,
} from '../../../src/adapters/terminal/terminal-log.ts';
import { displayWidth } from '../../../src/report/terminal/display-width.ts';
import { expectNoCommand } from '../../support/ci-commands.ts';

/** What a terminal shows of what was written, line by line: `\r` goes back, erase in line clears what stands there. */
function screen(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.split('\r').at(-1) ?? '')
    .map((line) => line.replaceAll('\u001b[K', ''));
}

interface Said {
  readonly log: TerminalLog;
  readonly text: () => string;
  readonly pass: (ms: number) => void;
}

const opened: TerminalLog[] = [];
afterEach(() => {
  for (const log of opened.splice(0)) log.end();
  vi.useRealTimers();
});

function open(options: Partial<TerminalOptions> = {}): Said {
  vi.useFakeTimers({ now: 1_000_000 });
  let text = '';
  const log = createTerminalLog({
    color: false,
    live: false,
    debug: false,
    columns: () => 60,
    now: () => Date.now(),
    ...options,
    write: (more) => {
      text += more;
    },
  });
  opened.push(log);
  return { log, text: () => text, pass: (ms) => void vi.advanceTimersByTime(ms) };
}

test('plain lines without colour, and what steers a terminal is shown', () => {
  const { log, text } = open();
  log.stage('Commit');
  log.info('12 groups\nof 40');
  log.warn('slow \u001b[2Jbroker\u202e');
  log.debug('request 7');
  expect(text()).toBe('==> Commit\n12 groups\n  | of 40\nWarning: slow \\u{1b}[2Jbroker\\u{202e}\n');
});

test.each([false, true])('no CI takes a line for a command, whatever is said (colours: %s)', (color) => {
  const { log, text, pass } = open({ color, debug: true });
  for (const command of [
    '::error::x',
    '##[error]x',
    '##vso[task.complete]x',
    "##teamcity[buildStop comment='x']",
    'section_start:0:x',
    'travis_fold:start:x',
    '+++ x',
    'a\n::error::x\n##vso[x]\n--- x',
    'a\r::error::x',
  ]) {
    log.stage(command);
    log.info(command);
    log.warn(command);
    log.debug(command);
    log.print(command.replaceAll(/\s/g, ' '));
    pass(60_000);
    log.progress?.({ doing: command });
  }
  const lines = text().split('\n');
  expect(lines.filter((line) => line.includes('x')).length).toBeGreaterThanOrEqual(9 * 6);
  expectNoCommand(lines);
});

test('colours head a line and end where they began', () => {
  const { log, text } = open({ color: true, debug: true });
  log.stage('Commit');
  log.warn('slow');
  log.info('fail: heartbeat: none seen');
  log.debug('request 7');
  expect(text().split('\n')).toEqual([
    '\u001b[1m==> Commit\u001b[0m',
    '\u001b[33mWarning:\u001b[0m slow',
    '\u001b[31mfail:\u001b[0m heartbeat: none seen',
    '\u001b[2mrequest 7\u001b[0m',
    '',
  ]);
});

test('without a terminal progress is a line now and then, and a quick stage has none', () => {
  const { log, text, pass } = open();
  log.stage('Sync offsets');
  log.progress?.({ doing: 'comparing 1' });
  pass(9_999);
  log.progress?.({ doing: 'comparing 2' });
  pass(1);
  log.progress?.({ doing: 'comparing 3', endsAtMs: Date.now() + 65_000 });
  pass(29_999);
  log.progress?.({ doing: 'comparing 4' });
  pass(1);
  log.progress?.({ doing: 'comparing 5' });
  expect(text()).toBe('==> Sync offsets\ncomparing 3 · 10 s · 1 min 5 s left\ncomparing 5 · 40 s\n');
});

test('without a terminal nothing is ever drawn anew', () => {
  const { log, text, pass } = open();
  log.stage('Sync offsets');
  for (let second = 0; second < 100; second++) {
    pass(1_000);
    log.progress?.({ doing: `second ${second}` });
  }
  log.end();
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what is looked for
  expect(text()).not.toMatch(/[\r\u001b]/);
});

test('on a terminal one line is drawn anew below those that stay, and goes at the end', () => {
  const { log, text, pass } = open({ live: true });
  log.stage('Sync offsets');
  pass(3_000);
  expect(screen(text())).toEqual(['==> Sync offsets', 'Sync offsets · 3 s']);
  log.progress?.({ doing: 'pass 1', endsAtMs: Date.now() + 60_000 });
  pass(2_000);
  expect(screen(text()).at(-1)).toBe('Sync offsets · pass 1 · 5 s · 58 s left');
  log.info('Pass 1 done');
  expect(screen(text())).toEqual(['==> Sync offsets', 'Pass 1 done', 'Sync offsets · pass 1 · 5 s · 58 s left']);
  log.end();
  pass(5_000);
  expect(screen(text())).toEqual(['==> Sync offsets', 'Pass 1 done', '']);
});

test('the line never wraps, wide characters or not, and no name steers it', () => {
  let columns: number | null = 30;
  const { log, text, pass } = open({ live: true, columns: () => columns });
  log.stage('Apply');
  log.progress?.({ doing: `注文処理サービスの接続 \u001b[2J${'x'.repeat(80)}` });
  pass(500);
  // 8 for the stage, 7 wide ones, the ellipsis, 6 for the time, which is never cut: one column is left, and no wide one fits.
  expect(screen(text()).at(-1)).toBe('Apply · 注文処理サービ… · 0 s');
  columns = null;
  pass(500);
  expect(displayWidth(screen(text()).at(-1) ?? '')).toBe(79);
  expect(text()).not.toContain('\u001b[2J');
});
