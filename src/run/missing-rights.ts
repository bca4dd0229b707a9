/** What the brokers refused to this run, as one message for each right that is missing. */
import { replicationPolicy } from '../domain/checkpoints/replication-policy.ts';
import { COMMAND_WORK } from '../domain/command-work.ts';
import type { Finding } from '../domain/finding.ts';
import { namesOnly } from '../domain/patterns.ts';
import {
  CONSUMER_OFFSETS,
  howToGrant,
  type MissingRightsQuestion,
  missingRightFinding,
  missingRights,
  whatIsMissing,
} from '../domain/permissions/missing-rights.ts';
import { type Refusal, RefusedError } from '../domain/permissions/refusal.ts';
import { MigrationError } from '../errors.ts';
import type { Inputs } from '../inputs/typed-inputs.ts';
import { shortList } from '../operations/discover-groups.ts';
import { selectsGroup, selectsTopic } from '../operations/selection.ts';
import { type RefusalListener, WatchedCluster } from '../operations/watch-refusals.ts';
import { identityOf } from './identity.ts';
import type { OpenClusters } from './open-clusters.ts';

export class MissingRights implements RefusalListener {
  readonly #inputs: Inputs;
  readonly #question: MissingRightsQuestion;
  readonly #sourceTopic: (topic: string) => string | null;
  readonly #refusals = new Map<string, Refusal>();
  readonly #withoutOffsets = new Set<string>();
  /** Told by an error already. */
  readonly #told = new Set<string>();

  constructor(inputs: Inputs) {
    const { replication, source, target, translation } = inputs;
    const policy = replicationPolicy(replication);
    this.#inputs = inputs;
    this.#sourceTopic = (topic) => policy.sourceTopic(topic);
    this.#question = {
      command: inputs.command,
      compares: source !== null && translation.mode === 'exact',
      names: {
        checkpointsTopic: policy.checkpointsTopic,
        offsetSyncsTopic: policy.offsetSyncsTopic,
        heartbeatsTopic: policy.targetTopic('heartbeats'),
      },
      identities: { source: identityOf(source), target: identityOf(target) },
    };
  }

  refused(refusal: Refusal): void {
    this.#refusals.set(keyOf(refusal), refusal);
  }

  keepsNoOffsets(groupId: string): void {
    this.#withoutOffsets.add(groupId);
  }

  findings(): readonly Finding[] {
    const open = [...this.#refusals.values()].filter((refusal) => this.#isOpen(refusal));
    const rights = missingRights(
      open.filter((refusal) => this.#matters(refusal)),
      this.#question.names,
    );
    return [...rights.map((right) => missingRightFinding(right, this.#question)), ...this.#others(open)];
  }

  /** The same error in the words of the tables; any other error as it is. */
  explain(error: unknown): unknown {
    if (!(error instanceof RefusedError)) return error;
    this.#told.add(keyOf(error.refusal));
    const [right] = missingRights([error.refusal], this.#question.names);
    if (right === undefined) return error;
    const grant = howToGrant(right, this.#question);
    const hint = error.doubt === null ? grant : `${grant} ${error.doubt}`;
    return new MigrationError(error.code, whatIsMissing(right, this.#question), { hint });
  }

  #isOpen(refusal: Refusal): boolean {
    if (refusal.type === 'group' && this.#withoutOffsets.has(refusal.name)) return false;
    return !this.#told.has(keyOf(refusal));
  }

  /** Who narrows the rights to some topics and groups narrows the selection too. */
  #matters({ type, name, side }: Refusal): boolean {
    const selection = { ...this.#inputs.selection, shard: this.#inputs.sync.shard };
    if (type === 'group') return selectsGroup(selection, name);
    if (type === 'cluster' || name === CONSUMER_OFFSETS) return true;
    if (Object.values(this.#question.names).includes(name)) return true;
    return selectsTopic(selection, side === 'source' ? name : (this.#sourceTopic(name) ?? name));
  }

  /** A group that nobody selected may have offsets on migrated topics all the same. */
  #others(refusals: readonly Refusal[]): readonly Finding[] {
    return (['source', 'target'] as const).flatMap((side) => {
      const hidden = refusals.filter((one) => one.side === side && one.type === 'group' && !this.#matters(one));
      if (hidden.length === 0) return [];
      const names = shortList(hidden.map(({ name }) => name).sort());
      const who = this.#question.identities[side]?.principal ?? 'the principal';
      return [
        {
          rule: 'group-offsets-unreadable',
          severity: 'notice' as const,
          where: side,
          message: `${who} may not DESCRIBE ${hidden.length} groups of the ${side} outside the selection: ${names}. Whether they have offsets on migrated topics is not known.`,
          hint: 'Grant DESCRIBE on them too if they may read migrated topics.',
        },
      ];
    });
  }
}

function keyOf({ side, operation, type, name }: Refusal): string {
  return `${side} ${operation} ${type} ${name}`;
}

/** The same clusters, whose refusals are noted. */
export function watchClusters({ source, target }: OpenClusters, rights: MissingRights): OpenClusters {
  const watch = (cluster: OpenClusters['source']) => (cluster === null ? null : new WatchedCluster(cluster, rights));
  return { source: watch(source), target: watch(target) };
}

/** A list of groups that may leave some out, without a word, is to be known where patterns select from it (invariant D). */
export async function noteHiddenGroups(
  { source, target }: OpenClusters,
  { command, selection }: Inputs,
): Promise<void> {
  const { offsets, saved } = COMMAND_WORK[command];
  if ((offsets === 'none' && saved !== 'export') || namesOnly(selection.groups)) return;
  await Promise.all([source?.listsEveryGroup(), target?.listsEveryGroup()]);
}
