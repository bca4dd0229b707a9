/** A checkpoint connector that starts late is no rule of the lint: the order of work keeps it from happening. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { planConnectors } from '../../../../src/domain/connectors/connector-plan.ts';
import { generateConnectors } from '../../../../src/domain/connectors/generate/generate-connectors.ts';
import { facts } from '../generate/facts.ts';

test('the source connector comes first and the checkpoint connector right after it, however the files are named', () => {
  const connectors = generateConnectors(facts());
  const absent = new Map(connectors.map(({ name }) => [name, { kind: 'absent' } as const]));
  const roles = (files: typeof connectors) =>
    planConnectors(absent, files).map(({ class: name }) => /Mirror(\w+)Connector$/.exec(name)?.[1]);
  expect(roles(connectors.toReversed())).toEqual(['Source', 'Checkpoint', 'Heartbeat']);
  expect(roles(connectors)).toEqual(['Source', 'Checkpoint', 'Heartbeat']);
});

test('the documents say why there is no rule, and what happens where it did start late', () => {
  const text = readFileSync('docs/connectors.md', 'utf8').replaceAll('\n', ' ');
  const [, section] = /## The order of starts (.*?) ## /.exec(text) ?? [];
  expect(section).toContain('No rule speaks of it, since no config shows it.');
  expect(section).toContain('`translation: exact`, the default, needs no checkpoint');
  expect(section).toContain('`no-checkpoint`');
});
