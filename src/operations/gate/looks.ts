/** The looks at the clusters: what may move is looked at twice, what stands still once. */
import type { CutoverFacts } from '../../domain/cutover/facts.ts';
import type { TopicPartition } from '../../domain/topic-partition.ts';
import { MigrationError } from '../../errors.ts';
import { RunMemory } from '../run-memory.ts';
import { type PassOutcome, runPass } from '../sync-pass.ts';
import { readAclFacts } from './acl-facts.ts';
import { type CheckpointAges, readCheckpointAges } from './checkpoint-ages.ts';
import type { GatePorts, GateRequest } from './gate-request.ts';
import { wantedOnSource } from './group-facts.ts';
import { readHeartbeat } from './heartbeat.ts';
import { type GroupsLook, lookAtGroups } from './look-at-groups.ts';
import { type MigratedTopic, partitionsOfSource, partitionsOfTarget } from './migrated-topics.ts';
import { readOffsetsRetention } from './offsets-retention.ts';
import { readOnlyTarget } from './read-only-target.ts';
import type { Ranges, TopicLooks } from './topic-facts.ts';
import { sidesThatHideGroups } from './unseen-groups.ts';

/** The first look at the groups: what a sync would commit now. null when it was cancelled. */
export function dryPass(
  { source, target, pass }: GateRequest,
  { clock, signal }: GatePorts,
  distrust: string | null,
): Promise<PassOutcome | null> {
  const readOnly = readOnlyTarget(target);
  return runPass({
    ...pass,
    // Unchanged offsets that would be rewritten say nothing of whether they are right.
    rules: { ...pass.rules, refresh: false },
    clusters: { source, target: readOnly },
    target: readOnly,
    dryRun: true,
    distrust,
    memory: new RunMemory(),
    clock,
    offsetsExport: { append: () => Promise.reject(new MigrationError('INTERNAL', 'The gate was asked to export.')) },
    signal,
    onBatch: () => {},
  });
}

export interface Ends {
  readonly source: Ranges;
  readonly target: Ranges;
}

export async function readEnds({ source, target }: GateRequest, topics: readonly MigratedTopic[]): Promise<Ends> {
  const [ofSource, ofTarget] = await Promise.all([
    source.logRanges(partitionsOfSource(topics)),
    target.logRanges(partitionsOfTarget(topics)),
  ]);
  return { source: ofSource, target: ofTarget };
}

export interface SecondLook {
  readonly checkpoints: CheckpointAges;
  readonly source: GroupsLook;
  readonly target: GroupsLook;
  readonly ends: Ends;
  readonly heartbeat: CutoverFacts['heartbeat'];
}

/** Checkpoints before the source's offsets, as in a pass: read the other way round they look ahead of them. */
export async function secondLook(
  request: GateRequest,
  pass: PassOutcome,
  topics: readonly MigratedTopic[],
): Promise<SecondLook> {
  const { source, target } = request;
  const { policy } = request.pass;
  const named = new Map(topics.map((topic) => [topic.sourceTopic, topic]));
  const onSource = new Map<string, readonly TopicPartition[]>();
  const onTarget = new Map<string, readonly TopicPartition[]>();
  for (const group of pass.view.groups) {
    onSource.set(group.groupId, wantedOnSource(group, named));
    onTarget.set(group.groupId, [...group.partitions.values()]);
  }
  const checkpoints = await readCheckpointAges(target, policy.checkpointsTopic);
  const [sourceLook, targetLook] = await Promise.all([lookAtGroups(source, onSource), lookAtGroups(target, onTarget)]);
  const ends = await readEnds(request, topics);
  const heartbeat = await readHeartbeat({ source, target, policy });
  return { checkpoints, source: sourceLook, target: targetLook, ends, heartbeat };
}

export interface Standing extends Pick<TopicLooks, 'sourceConfigs' | 'targetConfigs'> {
  readonly acls: CutoverFacts['acls'];
  readonly retention: CutoverFacts['targetOffsetsRetentionMinutes'];
  /** Sides that may leave groups out of their lists without a word; none where every group is asked for by name. */
  readonly hidingGroups: readonly ('source' | 'target')[];
}

export async function readStanding(
  { source, target, pass }: GateRequest,
  topics: readonly MigratedTopic[],
): Promise<Standing> {
  const [sourceConfigs, targetConfigs, acls, retention, hidingGroups] = await Promise.all([
    source.configsOfTopics(topics.map(({ sourceTopic }) => sourceTopic)),
    target.configsOfTopics(topics.map(({ topic }) => topic)),
    readAclFacts(source, target, pass.policy),
    readOffsetsRetention(target),
    sidesThatHideGroups([source, target], pass.rules.selection),
  ]);
  return { sourceConfigs, targetConfigs, acls, retention, hidingGroups };
}
