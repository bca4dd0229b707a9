import { join } from 'node:path';
import { replicationPolicy } from '../domain/checkpoints/replication-policy.ts';
import { connectPolicy, MAX_POLICY_CHARACTERS, migratedNames } from '../domain/ecs/connect-policy.ts';
import { containerSecrets } from '../domain/ecs/container-secrets.ts';
import type { EcsFacts } from '../domain/ecs/ecs-facts.ts';
import { parameterOverrides, stackParameters } from '../domain/ecs/stack-parameters.ts';
import { taskDefinitions } from '../domain/ecs/task-definitions.ts';
import { MigrationError } from '../errors.ts';
import type { EcsValues } from '../inputs/ecs-line.ts';
import { readEcs } from '../inputs/read-ecs.ts';
import type { Inputs } from '../inputs/typed-inputs.ts';
import { type GeneratedFile, writeFiles } from './generate-files.ts';
import { generationFacts } from './generation-facts.ts';

const MAX_PARAMETER_CHARACTERS = 4_096;

/**
 * Writes the parameters of the stack in deploy/ecs, the policy of Connect's task where a side signs in by IAM, and the
 * task definitions where their roles are given; all or none.
 * @returns what was done, a line each.
 * @throws InputError for flags that are missing, and as generateFiles does.
 */
export async function generateEcs(
  inputs: Inputs,
  { out, force, values }: { readonly out: string; readonly force: boolean; readonly values: EcsValues },
): Promise<readonly string[]> {
  const connectors = generationFacts(inputs);
  if (connectors === null) throw new MigrationError('INTERNAL', 'Nothing to generate from.');
  const facts = readEcs(values, connectors, replicationPolicy(inputs.replication));
  const lines = await writeFiles(filesOf(facts), { out, force });
  return [...lines, ...secretLines(facts), ...widerLines(facts), ...limitLines(facts), ...stackLines(facts, out)];
}

function filesOf(facts: EcsFacts): readonly GeneratedFile[] {
  const policy = connectPolicy(facts);
  return [
    jsonFile('parameters.json', parameterOverrides(facts)),
    ...(policy === null ? [] : [jsonFile('connect-task-policy.json', policy)]),
    ...taskDefinitions(facts).map((task) => jsonFile(`${task.family}.json`, task)),
  ];
}

function jsonFile(name: string, content: unknown): GeneratedFile {
  return { name, text: `${JSON.stringify(content, null, 2)}\n` };
}

function secretLines(facts: EcsFacts): readonly string[] {
  const names = containerSecrets(facts);
  if (names.length === 0) return ['The workers need no secret.'];
  return [`The secret must have the keys ${names.join(', ')}, as JSON.`];
}

/** What the policy grants beyond what is migrated. */
function widerLines(facts: EcsFacts): readonly string[] {
  const { topics, copies, groups } = migratedNames(facts);
  return [
    ...(facts.sourceClusterArn === null ? [] : [...topics.widened, ...groups.widened]),
    ...(facts.targetClusterArn === null ? [] : copies.widened),
  ].map(({ item, name }) => `IAM has no words for the pattern ${item}: the rights are on ${name}.`);
}

function limitLines(facts: EcsFacts): readonly string[] {
  const policy = connectPolicy(facts);
  const size = policy === null ? 0 : JSON.stringify(policy).length;
  const long = [...stackParameters(facts)].filter(([, value]) => value.length > MAX_PARAMETER_CHARACTERS);
  return [
    ...(size > MAX_POLICY_CHARACTERS
      ? [
          `The policy has ${size} characters, and a role takes ${MAX_POLICY_CHARACTERS}: name topics and groups by prefixes.`,
        ]
      : []),
    ...long.map(([name]) => `${name} is longer than a parameter may be: name topics and groups by prefixes.`),
  ];
}

const NEEDED = ['VpcId', 'SubnetIds', 'TargetSecurityGroupId'];

function stackLines({ network, roles }: EcsFacts, out: string): readonly string[] {
  const reachesSource = network.has('SourceSecurityGroupId') || network.has('SourceCidr');
  const missing = [
    ...NEEDED.filter((name) => !network.has(name)),
    ...(reachesSource ? [] : ['SourceSecurityGroupId or SourceCidr']),
  ];
  const deploy = `aws cloudformation deploy --stack-name migration --template-file deploy/ecs/migration.yaml --capabilities CAPABILITY_IAM --parameter-overrides file://${join(out, 'parameters.json')}`;
  return [
    ...(roles === null
      ? [
          'No task definitions: give --execution-role-arn, --task-role-arn and --grafana-secret-arn for them. The stack needs none.',
        ]
      : []),
    ...(missing.length === 0 ? [`Deploy: ${deploy}`] : [`The stack also needs ${missing.join(', ')}.`]),
  ];
}
