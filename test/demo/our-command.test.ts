import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { quoted, shellCommand } from '../../src/demo/our-command.ts';
import type { Log } from '../../src/operations/ports.ts';

it('prints a command that a shell takes apart into the same words', () => {
  const words = ['node', '/a b/cli.js', 'plan', '--connectors', "/tmp/it's here/*.json", '--topics', 'orders,payments'];
  const script = `for word in ${shellCommand(words.slice(1))}; do printf '%s\\n' "$word"; done`;
  expect(execFileSync('/bin/sh', ['-c', script], { encoding: 'utf8' }).trimEnd().split('\n')).toEqual(words.slice(1));
});

it('sets apart every line of what a command says', () => {
  const lines: string[] = [];
  const add = (line: string) => void lines.push(line);
  const log: Log = { stage: add, info: add, warn: add, debug: add };
  quoted(log).stage('Sync offsets');
  quoted(log).warn('one\ntwo');
  expect(lines).toEqual(['  | Sync offsets', '  | Warning: one\n  | two']);
});
