import { join } from 'node:path';
import { describe, expect, inject, test } from 'vitest';
import type { ConnectorConfig } from '../../../src/domain/connectors/connector-config.ts';
import { generateConnectors } from '../../../src/domain/connectors/generate/generate-connectors.ts';
import { callConnect } from '../../../src/testbed/connect-rest.ts';
import { FLOW_POLICIES, FLOW_SCHEMES, type FlowPolicy, flowFacts } from './flow-facts.ts';

const bed = inject('flowsBed');
const clusters = { ...bed, certificates: join(bed.folder, 'certificates') };

/** Each problem that the worker has with a config: `key: message`. */
async function problemsOf({ class: connectorClass, config }: ConnectorConfig): Promise<readonly string[]> {
  const path = `/connector-plugins/${connectorClass}/config/validate`;
  const { status, text } = await callConnect(bed.connectUrl, path, { method: 'PUT', body: config });
  if (status >= 300) return [`HTTP ${status} ${text}`];
  const { configs } = JSON.parse(text) as { configs: { value: { name: string; errors: string[] } }[] };
  return configs.flatMap(({ value }) => value.errors.map((error) => `${value.name}: ${error}`));
}

// IAM is the AWS_MSK_IAM form here: the worker has Amazon's library, and validates without a connection.
describe.each(FLOW_SCHEMES)('a real worker accepts what is generated from %s', (source) => {
  test.each(FLOW_SCHEMES)('to %s, with every policy', async (target) => {
    const policies = Object.keys(FLOW_POLICIES) as FlowPolicy[];
    const connectors = policies.flatMap((policy) =>
      generateConnectors(flowFacts(clusters, { source, target }, { name: 'validated', policy })),
    );
    expect(connectors).toHaveLength(9);
    expect((await Promise.all(connectors.map(problemsOf))).flat()).toEqual([]);
  });
});

test('and refuses a config that is wrong, so that accepting means something', async () => {
  const [source] = generateConnectors(flowFacts(clusters, { source: 'none', target: 'iam' }, { name: 'validated' }));
  if (source === undefined) throw new Error('nothing was generated');
  const config = {
    ...source.config,
    'replication.policy.class': 'NoSuchPolicy',
    'header.converter': 'NoSuchConverter',
  };
  expect(await problemsOf({ ...source, config })).toEqual([
    expect.stringMatching(/^header\.converter: .*NoSuchConverter/),
    expect.stringMatching(/^replication\.policy\.class: .*NoSuchPolicy/),
  ]);
});
