/** What the task of Connect may do, as the policy document of its role: the table of rights on the migration's own ARNs. */
import { workerGroup } from '../connectors/generate/worker-properties.ts';
import { RESOURCE_TYPES, type ResourceKind, type Side } from '../permissions/permission.ts';
import { connectRights } from './connect-rights.ts';
import type { EcsFacts } from './ecs-facts.ts';
import { mskArn, type NamePatterns, namePatterns } from './msk-arns.ts';

export interface PolicyDocument {
  readonly Version: '2012-10-17';
  readonly Statement: readonly PolicyStatement[];
}

export interface PolicyStatement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
}

/** All inline policies of a role together (IAM quotas), white space not counted. */
export const MAX_POLICY_CHARACTERS = 10_240;

/** null where neither side signs in by IAM: Kafka's ACLs decide there. */
export function connectPolicy(facts: EcsFacts): PolicyDocument | null {
  const statements = (['source', 'target'] as const).flatMap((side) => statementsOf(facts, side));
  return statements.length === 0 ? null : { Version: '2012-10-17', Statement: statements };
}

function statementsOf(facts: EcsFacts, side: Side): readonly PolicyStatement[] {
  const clusterArn = side === 'source' ? facts.sourceClusterArn : facts.targetClusterArn;
  if (clusterArn === null) return [];
  return connectRights(side, facts.policy.offsetSyncsTopicSide).map(({ resource, actions }) => ({
    Sid: sidOf(side, resource),
    Effect: 'Allow',
    Action: actions.map(({ action }) => action),
    Resource: namesOf(facts, resource).map((name) => mskArn(clusterArn, RESOURCE_TYPES[resource], name)),
  }));
}

/** offset-syncs-topic of the source → SourceOffsetSyncsTopic; a Sid takes letters and digits alone. */
function sidOf(side: Side, resource: ResourceKind): string {
  const words = [side, ...resource.replace(/^(?:source|target)-/, '').split('-')];
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}

/** Names of what is migrated: on the source, and of the copies on the target. */
export function migratedNames({
  connectors,
  policy,
}: EcsFacts): Readonly<Record<'topics' | 'copies' | 'groups', NamePatterns>> {
  return {
    topics: namePatterns(connectors.topics),
    copies: namePatterns(connectors.topics, (name) => policy.targetTopic(name)),
    groups: namePatterns(connectors.groups),
  };
}

function namesOf(facts: EcsFacts, resource: ResourceKind): readonly string[] {
  const { connectors, policy } = facts;
  const group = workerGroup(connectors);
  switch (resource) {
    case 'cluster':
      return [''];
    case 'source-topics':
      return migratedNames(facts).topics.names;
    case 'target-topics':
      return migratedNames(facts).copies.names;
    case 'groups':
      return migratedNames(facts).groups.names;
    case 'checkpoints-topic':
      return [policy.checkpointsTopic];
    case 'offset-syncs-topic':
      return [policy.offsetSyncsTopic];
    case 'heartbeats-topic':
      return ['heartbeats'];
    case 'replicated-heartbeats-topic':
      return [policy.targetTopic('heartbeats')];
    case 'connect-topics':
      return ['configs', 'offsets', 'status'].map((topic) => `${group}-${topic}`);
    case 'connect-group':
      return [group];
    case 'consumer-offsets-topic':
      return [];
  }
}
