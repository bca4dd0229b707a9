import { describe, expect, test } from 'vitest';
import { RULE_TABLE } from '../../../../src/domain/connectors/lint/rule-table.ts';
import type { Finding } from '../../../../src/domain/finding.ts';
import { lintCases, lintExample, placeOf } from '../../../support/lint-corpus.ts';

const cases = lintCases();

test('every rule has a bad and a good example, and every example a rule', () => {
  expect(cases.map(({ rule }) => rule).sort()).toEqual(RULE_TABLE.map(({ id }) => id).sort());
});

describe('a bad example is found at its line', () => {
  test.each(cases)('$rule', async ({ rule, bad: { at, also, ...facts } }) => {
    const findings = await lintExample(rule, 'bad', facts);
    const places = findings.filter((finding) => finding.rule === rule).map(placeOf);
    expect([...new Set(places)].sort()).toEqual([...at].sort());
    expect(rulesIn(findings, rule)).toEqual([rule, ...(also ?? [])].sort());
  });
});

describe('a good example is not found', () => {
  test.each(cases)('$rule', async ({ rule, good: { also, ...facts } = {} }) => {
    expect(rulesIn(await lintExample(rule, 'good', facts), rule)).toEqual([...(also ?? [])].sort());
  });
});

/** Most examples are a part of a flow: that the rest is missing is of interest to the rule about that alone. */
const PART_OF_FLOW = ['connector-missing', 'heartbeat-connector-missing'];

function rulesIn(findings: readonly Finding[], subject: string): readonly string[] {
  const ids = new Set(findings.map(({ rule }) => rule));
  return [...ids].filter((id) => id === subject || !PART_OF_FLOW.includes(id)).sort();
}
