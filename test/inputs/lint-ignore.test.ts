import { describe, expect, test } from 'vitest';
import { eachBadInput, parse, SYNC } from './reading.ts';

const HOW = 'Write each as `- rule: its id`, and below it `reason: why it does not apply here`.';
const bad = (lint: string) => ({ given: { ...SYNC, config: 'c.yml' }, files: { 'c.yml': lint } });

describe('lint: ignore: in the config file', () => {
  test('names rules, each with the reason', () => {
    const lint =
      'lint:\n  ignore:\n    - rule: tasks-max-one\n      reason: "one partition: one task"\n    - reason: by design\n      rule: key-unknown';
    const { lintIgnore } = parse({ ...SYNC, config: 'c.yml' }, { 'c.yml': lint });
    expect(lintIgnore).toEqual([
      { rule: 'tasks-max-one', reason: 'one partition: one task' },
      { rule: 'key-unknown', reason: 'by design' },
    ]);
  });

  test('may be empty', () => {
    for (const text of ['lint:', 'lint:\n  ignore:', 'lint:\n  ignore: []']) {
      expect(parse({ ...SYNC, config: 'c.yml' }, { 'c.yml': text }).lintIgnore).toEqual([]);
    }
  });
});

test('a plan of connector files without a worker is a lint, and says so', () => {
  const { connect, notices } = parse({ command: 'plan', connectors: 'connectors/*.json' });
  expect(connect).toBeNull();
  expect(notices).toEqual(['connectors are linted only: without connect-url there is no worker to compare them with.']);
});

describe('bad input: lint: ignore:', () => {
  eachBadInput({
    'an unknown name beside ignore': {
      ...bad('lint:\n  ignored: []'),
      problem: {
        input: 'lint',
        expected: 'known names',
        seen: '"ignored" in c.yml',
        hint: 'Did you mean ignore? Known here: ignore.',
      },
    },
    'a list of ids alone': {
      ...bad('lint:\n  ignore: [tasks-max-one]'),
      problem: {
        input: 'lint.ignore[0]',
        expected: 'names with their values',
        seen: 'another structure in c.yml',
        hint: 'Write one `name: value` a line below it, indented.',
      },
    },
    'one text': {
      ...bad('lint:\n  ignore: tasks-max-one'),
      problem: { input: 'lint.ignore', expected: 'a sequence of rules', seen: 'another structure in c.yml', hint: HOW },
    },
    'no reason': {
      ...bad('lint:\n  ignore:\n    - rule: tasks-max-one'),
      problem: {
        input: 'lint.ignore[0].reason',
        expected: 'why the rule is silenced',
        seen: 'nothing in c.yml',
        hint: HOW,
      },
    },
    'an empty reason': {
      ...bad('lint:\n  ignore:\n    - rule: tasks-max-one\n      reason: " "'),
      problem: {
        input: 'lint.ignore[0].reason',
        expected: 'why the rule is silenced',
        seen: 'nothing in c.yml',
        hint: HOW,
      },
    },
    'no rule': {
      ...bad('lint:\n  ignore:\n    - reason: because'),
      problem: { input: 'lint.ignore[0].rule', expected: 'the id of a rule', seen: 'nothing in c.yml', hint: HOW },
    },
    'a misspelt rule': {
      ...bad('lint:\n  ignore:\n    - rule: task-max-one\n      reason: because'),
      problem: {
        input: 'lint.ignore[0].rule',
        expected: 'the id of a rule',
        seen: '"task-max-one" in c.yml',
        hint: 'Did you mean tasks-max-one? A finding names its rule, and docs/connectors.md lists all.',
      },
    },
    'a finding that the worker gives cause for': {
      ...bad('lint:\n  ignore:\n    - rule: placeholder-unresolved\n      reason: because'),
      problem: {
        input: 'lint.ignore[0].rule',
        expected: 'a rule of the lint, which reads configs',
        seen: '"placeholder-unresolved" in c.yml',
        hint: 'This finding is what the worker of that run answered or did, and is gone once that has changed: it cannot be silenced. docs/connectors.md lists the rules that can.',
      },
    },
    'a misspelt name in an entry': {
      ...bad('lint:\n  ignore:\n    - rule: tasks-max-one\n      because: x'),
      problem: {
        input: 'lint.ignore[0]',
        expected: 'known names',
        seen: '"because" in c.yml',
        hint: 'Known here: rule, reason.',
      },
    },
    'a reason that is no text': {
      ...bad('lint:\n  ignore:\n    - rule: tasks-max-one\n      reason: [a]'),
      problem: {
        input: 'lint.ignore[0].reason',
        expected: 'one text',
        seen: 'another structure in c.yml',
        hint: HOW,
      },
    },
    'a rule twice': {
      ...bad('lint:\n  ignore:\n    - {rule: tasks-max-one, reason: a}\n    - {rule: tasks-max-one, reason: b}'),
      problem: {
        input: 'lint.ignore[1].rule',
        expected: 'each rule once',
        seen: '"tasks-max-one" again in c.yml',
        hint: 'Keep one of them.',
      },
    },
  });
});
