import { describe, expect, test } from 'vitest';
import { CHECK_IDS } from '../../src/domain/cutover/check.ts';
import { rulesOf } from '../../src/domain/cutover/gate-rules.ts';
import { eachBadInput, parse, type Raw } from './reading.ts';

const CHECK: Raw = {
  command: 'check',
  'source-bootstrap-servers': 'old-1:9092',
  'target-bootstrap-servers': 'new-1:9092',
};
const WITH_FILE: Raw = { ...CHECK, config: 'mm2.yml' };
const IDS = `The ids are ${CHECK_IDS.join(', ')}.`;

function gateOf(config: string, given: Raw = {}) {
  return parse({ ...WITH_FILE, ...given }, { 'mm2.yml': config }).gate;
}

describe('the gate', () => {
  test('reads every threshold', () => {
    const { gate } = parse({
      ...CHECK,
      phase: 'cutover',
      'max-redelivered': '10',
      'max-replication-lag': '250',
      'max-checkpoint-age': '1m',
      'activity-window': '30s',
      'cutover-within': '7d',
      'required-groups': 'orders-.*,billing',
      'skip-checks': 'heartbeat, acls\nmm2-version',
    });
    expect(gate.phase).toBe('cutover');
    expect(gate.rules).toMatchObject({
      maxRedelivered: 10n,
      maxReplicationLag: 250n,
      maxCheckpointAgeMs: 60_000,
      activityWindowMs: 30_000,
      cutoverWithinMs: 7 * 86_400_000,
      skipChecks: new Set(['heartbeat', 'acls', 'mm2-version']),
    });
    expect(gate.rules.requiredGroups.matches('orders-etl')).toBe(true);
    expect(gate.rules.requiredGroups.literals).toEqual(['billing']);
  });

  test('the config file may say the same, in checks: or beside it', () => {
    const { rules } = gateOf(
      'max-redelivered: 5\nchecks:\n  required-groups: [orders, billing]\n  skip-checks: acls\n',
    );
    expect(rules.maxRedelivered).toBe(5n);
    expect(rules.requiredGroups.literals).toEqual(['orders', 'billing']);
    expect(rules.skipChecks).toEqual(new Set(['acls']));
  });

  test('what is given directly wins over checks:', () => {
    const { rules } = gateOf('checks:\n  max-redelivered: 5', { 'max-redelivered': '7' });
    expect(rules.maxRedelivered).toBe(7n);
  });

  test('a rule says what holds for its groups, and the first one that matches counts', () => {
    const { rules } = gateOf(`
checks:
  max-redelivered: 2
  rules:
    - groups: [billing, audit-.*]
      required: true
      max-redelivered: 1000
      skip-checks: [no-source-commit]
    - groups: .*
      max-checkpoint-age: 1h
`);
    expect(rulesOf('audit-eu', rules)).toEqual({
      required: true,
      maxRedelivered: 1000n,
      maxCheckpointAgeMs: 300_000,
      skipChecks: new Set(['no-source-commit']),
    });
    expect(rulesOf('orders', rules)).toEqual({
      required: false,
      maxRedelivered: 2n,
      maxCheckpointAgeMs: 3_600_000,
      skipChecks: new Set(),
    });
  });

  test('an empty checks: block says nothing', () => {
    expect(gateOf('checks:\n').rules.groupRules).toEqual([]);
  });

  test('its inputs are said to be unused by other commands', () => {
    const { notices } = parse({ command: 'sync', 'target-bootstrap-servers': 'b:9092', phase: 'cutover' });
    expect(notices).toEqual(['phase is not used by sync, only by check and migrate.']);
  });
});

describe('bad input: the gate', () => {
  eachBadInput({
    'an unknown phase': {
      given: { ...CHECK, phase: 'cut-over' },
      problem: {
        input: 'phase',
        expected: 'rehearse, cutover or decommission',
        seen: '"cut-over"',
        hint: 'Did you mean cutover? Write it as listed, in lower case.',
      },
    },
    'an unknown check': {
      given: { ...CHECK, 'skip-checks': 'acls,hartbeat' },
      problem: {
        input: 'skip-checks',
        expected: 'ids of checks',
        seen: '"hartbeat"',
        hint: `Did you mean heartbeat? ${IDS}`,
      },
    },
    'a negative threshold': {
      given: { ...CHECK, 'max-redelivered': '-1' },
      problem: {
        input: 'max-redelivered',
        expected: 'a whole number of at least 0',
        seen: '"-1"',
        hint: 'Digits only, without separators and units.',
      },
    },
    'no window to look at activity': {
      given: { ...CHECK, 'activity-window': '0' },
      problem: {
        input: 'activity-window',
        expected: 'a duration of at least 1s',
        seen: '"0"',
        hint: 'A number without a unit counts seconds.',
      },
    },
    'a block that is no map': {
      given: WITH_FILE,
      files: { 'mm2.yml': 'checks: [acls]' },
      problem: {
        input: 'checks',
        expected: 'names with their values',
        seen: 'another structure in mm2.yml',
        hint: 'Write one `name: value` a line below it, indented.',
      },
    },
    'an unknown name in the block': {
      given: WITH_FILE,
      files: { 'mm2.yml': 'checks:\n  max-redeliverd: 1' },
      problem: {
        input: 'checks',
        expected: 'known names',
        seen: '"max-redeliverd" in mm2.yml',
        hint: 'Did you mean max-redelivered? Known here: max-redelivered, max-replication-lag, max-checkpoint-age, required-groups, activity-window, cutover-within, skip-checks, rules.',
      },
    },
    'the same input inside and outside of the block': {
      given: WITH_FILE,
      files: { 'mm2.yml': 'checks:\n  max-redelivered: 1\nmax-redelivered: 1' },
      problem: {
        input: 'max-redelivered',
        expected: 'max-redelivered once',
        seen: 'max-redelivered and checks.max-redelivered in mm2.yml',
        hint: 'Keep one of them.',
      },
    },
    'rules that are no sequence': {
      given: WITH_FILE,
      files: { 'mm2.yml': 'checks:\n  rules:\n    orders: {}' },
      problem: {
        input: 'checks.rules',
        expected: 'a sequence of rules',
        seen: 'another structure in mm2.yml',
        hint: 'Write each rule as `- groups: name or pattern`, and below it what holds for these groups.',
      },
    },
    'a rule for nobody': {
      given: WITH_FILE,
      files: { 'mm2.yml': 'checks:\n  rules:\n    - max-redelivered: 3\n      groups:' },
      problem: {
        input: 'checks.rules[0].groups',
        expected: 'the groups that the rule is for',
        seen: 'nothing in mm2.yml',
        hint: 'Write each rule as `- groups: name or pattern`, and below it what holds for these groups.',
      },
    },
    'an unknown name in a rule': {
      given: WITH_FILE,
      files: { 'mm2.yml': 'checks:\n  rules:\n    - groups: a\n      skip-check: acls' },
      problem: {
        input: 'checks.rules[0]',
        expected: 'known names',
        seen: '"skip-check" in mm2.yml',
        hint: 'Did you mean skip-checks? Known here: groups, required, max-redelivered, max-checkpoint-age, skip-checks.',
      },
    },
    'a bad threshold of a rule': {
      given: WITH_FILE,
      files: { 'mm2.yml': 'checks:\n  rules:\n    - groups: a\n    - groups: b\n      max-redelivered: few' },
      problem: {
        input: 'checks.rules[1].max-redelivered',
        expected: 'a whole number of at least 0',
        seen: '"few" in mm2.yml',
        hint: 'Digits only, without separators and units.',
      },
    },
    'a bad pattern of a rule': {
      given: WITH_FILE,
      files: { 'mm2.yml': 'checks:\n  rules:\n    - groups: "*"' },
      problem: {
        input: 'checks.rules[0].groups',
        expected: 'Java regular expressions separated by commas, as in MirrorMaker 2',
        seen: '"*"',
        hint: expect.stringContaining('This pattern cannot be used') as unknown as string,
      },
    },
    'a word for yes': {
      given: WITH_FILE,
      files: { 'mm2.yml': 'checks:\n  rules:\n    - groups: a\n      required: yes' },
      problem: {
        input: 'checks.rules[0].required',
        expected: 'true or false',
        seen: '"yes"',
        hint: 'Other words for yes and no are not read.',
      },
    },
  });

  test('all problems come at once', () => {
    const config = 'checks:\n  rules:\n    - groups: a\n      max-redelivered: x\n    - required: true\n  wrong: 1';
    expect(() => gateOf(config, { phase: 'soon' })).toThrowError(
      expect.objectContaining({
        problems: [
          expect.objectContaining({ input: 'checks.rules[1].groups' }),
          expect.objectContaining({ input: 'checks' }),
          expect.objectContaining({ input: 'phase' }),
          expect.objectContaining({ input: 'checks.rules[0].max-redelivered' }),
        ],
      }),
    );
  });
});
