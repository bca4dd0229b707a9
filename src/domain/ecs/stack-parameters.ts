/** The parameters of deploy/ecs/migration.yaml, as `aws cloudformation deploy --parameter-overrides file://…` reads them. */
import { workerGroup } from '../connectors/generate/worker-properties.ts';
import { sourceAuth } from './auth-scheme.ts';
import { migratedNames } from './connect-policy.ts';
import type { EcsFacts } from './ecs-facts.ts';
import { mskArn } from './msk-arns.ts';
import { PUSHGATEWAY_IMAGE } from './task-definitions.ts';

/** By their names, without what is empty. */
export function stackParameters(facts: EcsFacts): ReadonlyMap<string, string> {
  const { connectors, policy, images, auth } = facts;
  const { source, target } = connectors;
  const names = migratedNames(facts);
  const arns = (cluster: string | null, type: 'topic' | 'group', list: readonly string[]) =>
    cluster === null ? '' : list.map((name) => mskArn(cluster, type, name)).join(',');
  const values: [string, string][] = [
    ['ConnectImage', images.connect],
    ['PrometheusImage', images.prometheus],
    ['GrafanaImage', images.grafana],
    ['PushgatewayImage', images.pushgateway === PUSHGATEWAY_IMAGE ? '' : images.pushgateway],
    ['RepositoryArns', repositoryArns(Object.values(images)).join(',')],
    ['Brokers', target.bootstrapServers.join(',')],
    ['Group', workerGroup(connectors)],
    ['Auth', auth],
    ['SourceAuth', sourceAuth(source)],
    ['SaslMechanism', auth === 'sasl' ? (target.sasl?.mechanism.toUpperCase() ?? '') : ''],
    ['TargetUsername', target.sasl !== null && target.sasl.mechanism !== 'iam' ? target.sasl.username : ''],
    ['ConnectSecretArn', facts.secretArn ?? ''],
    ['TargetCa', String(target.tls !== null && target.tls.ca !== null)],
    ['TargetKeyEncrypted', String(target.tls?.keyIsEncrypted ?? false)],
    ['SourceKeyEncrypted', String(source.tls?.keyIsEncrypted ?? false)],
    ['TargetPort', portOf(target.bootstrapServers)],
    ['SourcePort', portOf(source.bootstrapServers)],
    ['SourceClusterArn', facts.sourceClusterArn ?? ''],
    ['TargetClusterArn', facts.targetClusterArn ?? ''],
    ['SourceTopicArns', arns(facts.sourceClusterArn, 'topic', names.topics.names)],
    ['SourceGroupArns', arns(facts.sourceClusterArn, 'group', names.groups.names)],
    ['TargetTopicArns', arns(facts.targetClusterArn, 'topic', names.copies.names)],
    ['CheckpointsTopic', policy.checkpointsTopic],
    ['HeartbeatsCopy', policy.targetTopic('heartbeats')],
    ['OffsetSyncsTopic', policy.offsetSyncsTopic],
    ['OffsetSyncsLocation', policy.offsetSyncsTopicSide],
    ...facts.network,
  ];
  return new Map(values.filter(([, value]) => value !== ''));
}

/** `Name=value`, the form to which a workflow adds the images that it has built. */
export function parameterOverrides(facts: EcsFacts): readonly string[] {
  return [...stackParameters(facts)].map(([name, value]) => `${name}=${value}`);
}

const ECR_IMAGE = /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com(\.cn)?\/([^:@]+)/;

/** Of the images that lie in ECR. */
function repositoryArns(images: readonly string[]): readonly string[] {
  const arns = images.flatMap((image) => {
    const [, account, region, china, name] = ECR_IMAGE.exec(image) ?? [];
    return name === undefined
      ? []
      : [`arn:aws${china === undefined ? '' : '-cn'}:ecr:${region}:${account}:repository/${name}`];
  });
  return [...new Set(arns)];
}

/** null: the image is in no registry of ECR. */
export function regionOfImage(image: string): string | null {
  return ECR_IMAGE.exec(image)?.[2] ?? null;
}

function portOf([server = '']: readonly string[]): string {
  return /:(\d+)$/.exec(server)?.[1] ?? '';
}
