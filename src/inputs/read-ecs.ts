/** The flags of `generate ecs` and what connectors are generated from → what the files for ECS are made from. */
import type { ReplicationPolicy } from '../domain/checkpoints/replication-policy.ts';
import type { GenerationFacts } from '../domain/connectors/generate/generation.ts';
import { imageAuth } from '../domain/ecs/auth-scheme.ts';
import { containerSecrets } from '../domain/ecs/container-secrets.ts';
import type { EcsFacts, TaskRoles } from '../domain/ecs/ecs-facts.ts';
import { regionOfArn } from '../domain/ecs/msk-arns.ts';
import { regionOfImage } from '../domain/ecs/stack-parameters.ts';
import { PUSHGATEWAY_IMAGE } from '../domain/ecs/task-definitions.ts';
import { InputError, type InputProblem } from '../errors.ts';
import { type EcsValues, networkParameters } from './ecs-line.ts';

/** @throws InputError with all that is missing. */
export function readEcs(values: EcsValues, connectors: GenerationFacts, policy: ReplicationPolicy): EcsFacts {
  const problems: InputProblem[] = [];
  const need = (name: string, why: string, hint: string): string => {
    const value = values.get(name);
    if (value === undefined) problems.push({ input: `--${name}`, expected: why, seen: 'nothing', hint });
    return value ?? '';
  };
  const image = (name: string) =>
    need(`${name}-image`, `the image of ${name}`, 'Build it from deploy/ and push it first.');
  const images = {
    connect: image('connect'),
    prometheus: image('prometheus'),
    grafana: image('grafana'),
    pushgateway: values.get('pushgateway-image') ?? PUSHGATEWAY_IMAGE,
  };
  const clusterArn = (side: 'source' | 'target') =>
    connectors[side].sasl?.mechanism === 'iam'
      ? need(
          `${side}-cluster-arn`,
          `the cluster, since ${side}-auth is iam`,
          'IAM grants rights on its topics and groups.',
        )
      : null;
  const auth = imageAuth(connectors.target);
  if (auth === null) problems.push(NO_SCHEME);
  if (connectors.secrets.provider !== 'env') problems.push(NOT_BY_VARIABLES);
  const facts = { connectors, policy, auth: auth ?? 'no-auth', images, network: networkParameters(values) };
  const clusters = { sourceClusterArn: clusterArn('source'), targetClusterArn: clusterArn('target') };
  const secrets = containerSecrets(facts);
  const hint = `Make a secret whose JSON has the keys ${secrets.join(', ')}.`;
  const secretArn = secrets.length === 0 ? null : need('secret-arn', 'the secret of the workers', hint);
  const roles = rolesOf(values, need);
  const region =
    values.get('region') ?? regionOfArn(clusters.targetClusterArn ?? '') ?? regionOfImage(images.connect) ?? null;
  if (region === null)
    need('region', 'the region of the tasks', 'Neither a cluster of MSK nor an image in ECR says it.');
  if (problems.length > 0) throw new InputError(problems);
  return { ...facts, ...clusters, secretArn, roles, region: region ?? '' };
}

/** Either all that task definitions need, or nothing of it: the stack makes its own. */
function rolesOf(values: EcsValues, need: (name: string, why: string, hint: string) => string): TaskRoles | null {
  const names = ['execution-role-arn', 'task-role-arn', 'grafana-secret-arn'] as const;
  if (!names.some((name) => values.has(name))) return null;
  const why = 'what task definitions need';
  const [executionRoleArn, taskRoleArn, grafanaSecretArn] = names.map((name) =>
    need(name, why, 'Give all three, or none of them: the stack makes its own.'),
  );
  return {
    executionRoleArn: executionRoleArn ?? '',
    taskRoleArn: taskRoleArn ?? '',
    grafanaSecretArn: grafanaSecretArn ?? '',
    fileSystemId: values.get('file-system-id') ?? null,
  };
}

const NO_SCHEME: InputProblem = {
  input: 'target-auth',
  expected: 'iam, mtls, a password over TLS, or none, which are what the Connect image knows',
  seen: 'TLS without a client certificate, or a password without TLS',
  hint: 'Give target-certificate, or write the worker’s properties by generate and mount them.',
};

const NOT_BY_VARIABLES: InputProblem = {
  input: 'connector-secrets',
  expected: 'env',
  seen: 'another provider',
  hint: 'ECS gives the keys of the secret to the worker as variables, and the image of deploy/connect has no provider for AWS Secrets Manager: leave it out.',
};
