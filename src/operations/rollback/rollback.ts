/** Restores the offsets of an export: says what it would do, then does it batch by batch, and reads everything back. */
import type { Finding } from '../../domain/finding.ts';
import type { GroupOutcome } from '../../domain/offsets/partition-outcome.ts';
import { mayDeleteGroup, type RollbackDecision } from '../../domain/rollback/plan-rollback.ts';
import type { SavedGroup, SavedOffsets } from '../../domain/rollback/saved-offsets.ts';
import type { TopicPartitionKey } from '../../domain/topic-partition.ts';
import { MigrationError } from '../../errors.ts';
import { batches } from '../batch-rounds.ts';
import { missingBrokerFindings, shortList } from '../discover-groups.ts';
import { untilAborted } from '../until-aborted.ts';
import { deleteEmptied } from './delete-emptied.ts';
import {
  decideGroup,
  type GroupDecisions,
  groupStatus,
  observeRestorations,
  type RollbackView,
} from './observe-restorations.ts';
import { restorationOutcome } from './restoration-outcome.ts';
import { type PlannedGroup, type RestoreDeps, type Restored, restoreBatch } from './restore-batch.ts';

export interface RollbackRequest extends RestoreDeps {
  readonly saved: SavedOffsets;
  readonly dryRun: boolean;
  /** What will be done, before anything is. */
  readonly onPlan: (plan: RollbackPlan) => void;
  readonly onBatch: (done: { readonly groups: number; readonly of: number }) => void;
}

export interface GroupPlan {
  readonly groupId: string;
  /** Partitions whose offset is committed anew. */
  readonly commits: number;
  /** Partitions whose offset is removed. */
  readonly removals: number;
  /** The group is deleted once nothing else is left in it. */
  readonly deletes: boolean;
  /** Partitions that are in place already. */
  readonly inPlace: number;
  /** Partitions that are left alone, for the reasons in the report. */
  readonly leftAlone: number;
}

export type RollbackPlan = readonly GroupPlan[];

export interface RollbackResult {
  readonly groups: readonly GroupOutcome[];
  readonly findings: readonly Finding[];
  /** What ended the rollback in the middle; `groups` says what was done before, and what is not known. */
  readonly failure: { readonly error: unknown } | null;
}

/** How far it has come; it can be read at any moment. */
interface Progress {
  readonly restored: Map<string, ReadonlyMap<TopicPartitionKey, Restored>>;
  /** Groups of the batch that is being restored. */
  underWay: ReadonlySet<string>;
  readonly gone: Set<string>;
  readonly findings: Finding[];
}

interface Looked {
  readonly group: SavedGroup;
  readonly decisions: GroupDecisions;
  readonly deletes: boolean;
}

/** @throws MigrationError(CLUSTER_MISMATCH): offsets of one cluster mean nothing on another. */
export function requireOwnExport(saved: SavedOffsets, targetId: string | null): void {
  if (saved.clusterId === targetId) return;
  throw new MigrationError(
    'CLUSTER_MISMATCH',
    `rollback-from: the export was made of the cluster ${saved.clusterId ?? 'without an id'} (${saved.targetAlias}), ` +
      `the target is ${targetId ?? 'a cluster without an id'}.`,
    { hint: 'Give the export of this target, or correct target-bootstrap-servers. Nothing was written.' },
  );
}

/** null when it was cancelled before anything was decided. Errors: those of the observation only. */
export async function rollback(request: RollbackRequest): Promise<RollbackResult | null> {
  const view = await untilAborted(observeRestorations(request.target, request.saved), request);
  if (view === null || request.signal.aborted) return null;
  const looks = [...request.saved.groups.values()].map((group) => look(request, view, group));
  request.onPlan(looks.map(planOf));
  const progress: Progress = { restored: new Map(), underWay: new Set(), gone: new Set(), findings: [] };
  const failure = request.dryRun ? null : await restoreUntilEnd(request, view, looks, progress);
  const groups = looks.map(({ group, decisions }) =>
    restorationOutcome(group, decisions, {
      status: groupStatus(view, group.groupId),
      sourceTopic: request.rules.sourceTopic,
      restored: progress.restored.get(group.groupId),
      underWay: progress.underWay.has(group.groupId),
      gone: progress.gone.has(group.groupId),
      dryRun: request.dryRun,
    }),
  );
  const findings = [
    ...fileFindings(request.saved),
    ...missingBrokerFindings('target', view.listed.listing),
    ...filteredFindings(looks),
    ...progress.findings,
    ...leftFindings(groups),
  ];
  return { groups: groups.sort((a, b) => (a.groupId < b.groupId ? -1 : 1)), findings, failure };
}

function look({ rules }: RollbackRequest, view: RollbackView, group: SavedGroup): Looked {
  const decisions = decideGroup(rules, view, group);
  const isThere = groupStatus(view, group.groupId).kind === 'listed';
  return { group, decisions, deletes: isThere && mayDeleteGroup(group, decisionsOf(decisions)) };
}

function decisionsOf(decisions: GroupDecisions): readonly RollbackDecision[] {
  return [...decisions.values()].map(({ decision }) => decision);
}

function planOf({ group, decisions, deletes }: Looked): GroupPlan {
  const all = decisionsOf(decisions);
  const of = (test: (decision: RollbackDecision) => boolean) => all.filter(test).length;
  return {
    groupId: group.groupId,
    commits: of(({ restoration }) => restoration?.kind === 'commit'),
    removals: of(({ restoration }) => restoration?.kind === 'remove'),
    deletes,
    inPlace: of(({ verdict }) => verdict === 'unchanged'),
    leftAlone: of(({ verdict }) => verdict === 'skipped' || verdict === 'pending'),
  };
}

async function restoreUntilEnd(
  request: RollbackRequest,
  view: RollbackView,
  looks: readonly Looked[],
  progress: Progress,
): Promise<RollbackResult['failure']> {
  try {
    await untilAborted(restorePlanned(request, view, looks, progress), request);
    return null;
  } catch (error) {
    return { error };
  }
}

async function restorePlanned(
  request: RollbackRequest,
  view: RollbackView,
  looks: readonly Looked[],
  progress: Progress,
): Promise<void> {
  const planned = looks.flatMap(plannedGroup);
  let done = 0;
  for (const batch of batches(planned)) {
    if (request.signal.aborted) return;
    progress.underWay = new Set(batch.map(({ group }) => group.groupId));
    for (const [groupId, partitions] of await restoreBatch(request, view, batch)) {
      progress.restored.set(groupId, partitions);
    }
    progress.underWay = new Set();
    done += batch.length;
    request.onBatch({ groups: done, of: planned.length });
  }
  if (request.signal.aborted) return;
  const emptied = looks.filter((one) => one.deletes && wasEmptied(progress.restored.get(one.group.groupId)));
  const groupIds = emptied.map(({ group }) => group.groupId);
  progress.findings.push(...(await deleteEmptied(request, groupIds, progress.gone)));
}

function plannedGroup({ group, decisions }: Looked): readonly PlannedGroup[] {
  const keys = [...decisions].filter(([, { decision }]) => decision.restoration !== null).map(([key]) => key);
  return keys.length === 0 ? [] : [{ group, keys }];
}

/** Nothing had to be removed, or all of it was seen to be gone. */
function wasEmptied(restored: ReadonlyMap<TopicPartitionKey, Restored> | undefined): boolean {
  return [...(restored?.values() ?? [])].every(
    ({ decision, verified }) =>
      (verified?.verdict ?? decision.verdict) === 'committed' || decision.verdict === 'unchanged',
  );
}

function fileFindings({ cutOff }: SavedOffsets): readonly Finding[] {
  if (!cutOff) return [];
  return [
    {
      rule: 'export-cut-off',
      severity: 'notice',
      where: 'rollback-from',
      message: 'The last line of the export was cut off, as by a kill while it was written, and was left out.',
      hint: 'Nothing to do: nothing is committed before its line is whole.',
    },
  ];
}

/** A rollback that leaves groups of the export out must not look like a whole one. */
function filteredFindings(looks: readonly Looked[]): readonly Finding[] {
  const filtered = looks.filter(({ decisions }) => decisionsOf(decisions).some(({ reason }) => reason === 'filtered'));
  if (filtered.length === 0) return [];
  const names = shortList(filtered.map(({ group }) => group.groupId));
  return [
    {
      rule: 'export-filtered',
      severity: 'warning',
      where: 'rollback-from',
      message: `${filtered.length} groups of the export were left out, whole or in part, by the selection of groups and topics: ${names}.`,
      hint: 'For a whole rollback give groups, topics, their excludes and shard as they were when the export was made.',
    },
  ];
}

/** What was left alone for a good reason is no failure; a person who undoes something must see it all the same. */
function leftFindings(groups: readonly GroupOutcome[]): readonly Finding[] {
  const left = groups.filter(({ partitions }) =>
    partitions.some(({ verdict, reason }) => (verdict === 'skipped' || verdict === 'pending') && reason !== 'filtered'),
  );
  if (left.length === 0) return [];
  return [
    {
      rule: 'rollback-incomplete',
      severity: 'warning',
      where: 'target',
      message: `${left.length} groups are not as they were before, in whole or in part: ${shortList(left.map(({ groupId }) => groupId))}.`,
      hint: 'The reason of each partition says why and what to do; run the rollback again afterwards.',
    },
  ];
}
