import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { createTerminalLog } from '../../src/adapters/terminal/terminal-log.ts';
import { quoted, shellCommand } from '../../src/demo/our-command.ts';
import type { Log } from '../../src/operations/ports.ts';

it('prints a command that a shell takes apart into the same words', () => {
  const words = ['node', '/a b/cli.js', 'plan', '--connectors', "/tmp/it's here/*.json", '--topics', 'orders,payments'];
  // As it comes out of the log of a terminal, from where it is pasted.
  let printed = '';
  const write = (text: string) => {
    printed += text;
  };
  const look = { color: false, live: false, columns: () => 40, debug: false, now: () => 0 };
  const log = createTerminalLog({ ...look, write });
  for (const line of shellCommand(words.slice(1))) log.info(line);
  const script = `for word in ${printed.trimEnd()}; do printf '%s\\n' "$word"; done`;
  expect(execFileSync('/bin/sh', ['-c', script], { encoding: 'utf8' }).trimEnd().split('\n')).toEqual(words.slice(1));
});

it('sets apart every line of what a command says', () => {
  const lines: string[] = [];
  const add = (line: string) => void lines.push(line);
  const log: Log = { stage: add, info: add, warn: add, debug: add };
  quoted(log).stage('Sync offsets');
  quoted(log).warn('one\ntwo');
  expect(lines).toEqual(['  | Sync offsets', '  | Warning: one', '  | two']);
});
