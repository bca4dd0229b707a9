import { describe, expect, test } from 'vitest';
import { generateConnectors } from '../../../../src/domain/connectors/generate/generate-connectors.ts';
import type { GenerationFacts } from '../../../../src/domain/connectors/generate/generation.ts';
import { lintConnectors } from '../../../../src/domain/connectors/lint/lint.ts';
import { facts, POLICIES, SCHEMES, security } from './facts.ts';

/** Rule and place of each finding. */
function findings(changes: Partial<GenerationFacts>, workerVersion: string): readonly string[] {
  const found = lintConnectors({
    connectors: generateConnectors(facts(changes)),
    actionSyncsGroups: true,
    workerVersion,
    brokers: { source: 3, target: 3 },
    topics: null,
    groups: null,
    ignore: [],
  });
  return found.map(({ rule, where, message }) => `${rule} ${where}: ${message}`);
}

describe.each(SCHEMES)('the lint finds nothing in what is generated from %s', (source) => {
  test.each(SCHEMES)('to %s, whatever the policy', (target) => {
    const sides = { source: security(source, 'old'), target: security(target, 'new') };
    for (const policyClass of Object.values(POLICIES)) {
      expect(findings({ ...sides, policyClass }, '4.3.1'), policyClass).toEqual([]);
    }
  });
});

test.each(['3.7.1', '3.9.2', '4.1.1', '4.3.1'])('the lint finds nothing for a worker of %s', (version) => {
  const sides = { source: security('mtls', 'old'), target: security('iam', 'new') };
  expect(findings(sides, version)).toEqual([]);
});

test.each([
  { what: 'another separator', changes: { separator: '_', internalTopicSeparatorEnabled: false } },
  { what: 'offset syncs on the target', changes: { offsetSyncsTopicLocation: 'target' as const } },
  { what: 'a replication factor', changes: { replicationFactor: 3 } },
  {
    what: 'a file of secrets',
    changes: { secrets: { provider: 'file', path: '/etc/mm2/secrets.properties' } as const },
  },
  { what: 'a secret of AWS', changes: { secrets: { provider: 'secretsmanager', name: 'mm2' } as const } },
])('the lint finds nothing with $what', ({ changes }) => {
  const sides = { source: security('sasl-scram-512', 'old'), target: security('mtls', 'new') };
  expect(findings({ ...sides, ...changes }, '4.3.1')).toEqual([]);
});
