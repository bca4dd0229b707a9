/** Each check about groups, spoiled by itself in a migration that is ready otherwise. */
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { EXIT_CODES } from '../../../src/domain/run-result.ts';
import { commitGroupOffsets } from '../../../src/testbed/groups.ts';
import { deleteRecords } from '../../../src/testbed/topics.ts';
import { waitFor } from '../../../src/testbed/wait.ts';
import { deleteConnectors } from '../../support/connectors.ts';
import { ownName } from '../../support/names.ts';
import { rowOf, run } from '../../support/run.ts';
import { patterns } from '../../support/run-inputs.ts';
import { type JavaConsumer, Witness } from '../../support/witness.ts';
import {
  checkInputs,
  checkUntil,
  type Judged,
  PLACE,
  place,
  RECORDS,
  startJudgedMigration,
  verdictsOf,
} from './judged-migration.ts';

const bed = inject('bed');
const name = ownName('gateg');

let judged: Judged;
let witness: Witness;

beforeAll(async () => {
  const suffixes = [
    'plain',
    'ahead',
    'behind',
    'fresh',
    'hidden',
    'stale',
    'source',
    'assign',
    'target',
    'trimmed',
    'left',
  ];
  const topics = [...suffixes.map((suffix) => ({ suffix })), { suffix: 'half', partitions: 2 }];
  [witness, judged] = await Promise.all([Witness.start(), startJudgedMigration(bed, name, topics)]);
});
afterAll(async () => {
  const kinds = ['source', 'checkpoint', 'heartbeat'];
  await deleteConnectors(
    bed.connectUrl,
    kinds.map((kind) => `${name}-${kind}`),
  );
  await witness?.close();
});

describe('a migration that is ready', () => {
  it.each(['rehearse', 'cutover'] as const)('passes every check of %s, and exits with 0', async (phase) => {
    const { troubled, result, finished } = await checkUntil(judged, [], ['plain', 'ahead', 'behind'], { phase });
    expect(troubled).toEqual([]);
    expect(result).toBe('ok');
    expect(EXIT_CODES[result]).toBe(0);
    const asked = finished.report.readiness.filter(({ verdict }) => verdict !== 'not-asked');
    expect(asked).toMatchObject(Array(3).fill({ verdict: 'ready', failed: [], unknown: [] }));
  });
});

describe('a group', () => {
  it('no-skip: whose target offset somebody moved ahead', async () => {
    await place(judged, 'target', 'ahead', PLACE + 50n);
    const { troubled, seen, result } = await checkUntil(judged, ['no-skip: fail'], ['plain', 'ahead']);
    expect(troubled).toEqual(['no-skip: fail']);
    expect(seen('no-skip')).toContain(`is ahead on ${judged.copy('ahead')}/0: committed 250, right is 200`);
    expect(EXIT_CODES[result]).toBe(3);
  });

  it('redelivered: whose target offset somebody moved back, unless as much is allowed', async () => {
    await place(judged, 'target', 'behind', PLACE - 40n);
    const { troubled, seen } = await checkUntil(judged, ['redelivered: fail'], ['plain', 'behind']);
    expect(troubled).toEqual(['redelivered: fail']);
    expect(seen('redelivered')).toContain(`${judged.group('behind')} would re-read 40 records`);
    const allowed = await checkUntil(judged, [], ['plain', 'behind'], { gateRules: { maxRedelivered: 40n } });
    expect(allowed.troubled).toEqual([]);
  });

  it('coverage: that nobody has synced, until somebody does', async () => {
    const offsets = [{ topic: judged.topic('fresh'), partition: 0, offset: 10n }];
    await commitGroupOffsets(bed.source, [{ groupId: judged.group('fresh-2'), offsets }]);
    const selection = { groups: patterns(`${judged.group('fresh')}.*`) };
    const { troubled, seen } = await checkUntil(judged, ['coverage: fail'], ['fresh'], { selection });
    expect(troubled).toEqual(['coverage: fail']);
    expect(seen('coverage')).toContain(`${judged.group('fresh-2')} has no offset on the target`);
    const rehearsed = await checkUntil(judged, [], ['fresh'], { selection, phase: 'rehearse' });
    expect(rehearsed.troubled).toEqual([]);
  });

  it('coverage: that is required and was never seen', async () => {
    const { troubled, seen } = await checkUntil(judged, ['coverage: fail'], ['plain'], {
      gateRules: { requiredGroups: patterns('payrool') },
    });
    expect(troubled).toEqual(['coverage: fail']);
    expect(seen('coverage')).toContain('required and not seen: payrool');
  });

  it("hidden-groups: a sink connector's, which MM2 leaves out", async () => {
    const sink = `connect-${judged.group('hidden')}`;
    const offsets = [{ topic: judged.topic('hidden'), partition: 0, offset: 10n }];
    await commitGroupOffsets(bed.source, [{ groupId: sink, offsets }]);
    const selection = { groups: patterns(`${sink}, ${judged.group('hidden')}`), groupsExclude: patterns('') };
    const { troubled, seen } = await checkUntil(judged, ['hidden-groups: fail'], ['hidden'], { selection });
    expect(troubled).toEqual(['hidden-groups: fail']);
    expect(seen('hidden-groups')).toContain(`${sink} is hidden from MM2`);
  });

  it('no-source-commit: with no commit on a partition that has records', async () => {
    const groupId = judged.group('half-2');
    const on = (topic: string) => [{ groupId, offsets: [{ topic, partition: 0, offset: PLACE }] }];
    await commitGroupOffsets(bed.source, on(judged.topic('half')));
    const selection = { groups: patterns(`${judged.group('half')}, ${groupId}`) };
    await run(judged.migration.inputs({ translation: { mode: 'exact' }, selection: { groups: patterns(groupId) } }));
    const { troubled, seen } = await checkUntil(judged, ['no-source-commit: fail'], ['half'], {
      selection,
      gateRules: { skipChecks: ROLLBACK },
    });
    expect(troubled).toEqual(['no-source-commit: fail']);
    expect(seen('no-source-commit')).toContain(`${groupId} has no commit on the source for ${judged.copy('half')}/1`);
  });

  it('checkpoint-age: whose checkpoint is older than its commit, where MM2 syncs by checkpoints', async () => {
    // The same downstream for MM2, which therefore writes no new checkpoint.
    await place(judged, 'source', 'stale', PLACE + 1n);
    const groups = patterns(judged.group('stale'));
    await run(judged.migration.inputs({ translation: { mode: 'exact' }, selection: { groups } }));
    const young = await checkUntil(judged, [], ['stale']);
    expect(young.troubled).toEqual([]);
    const { troubled, seen } = await checkUntil(judged, ['checkpoint-age: fail'], ['stale'], {
      gateRules: { maxCheckpointAgeMs: 1 },
    });
    expect(troubled).toEqual(['checkpoint-age: fail']);
    expect(seen('checkpoint-age')).toContain('has a checkpoint at 200');
  });

  it('bounds: whose place the retention of the target has deleted, though it may re-read as much', async () => {
    await place(judged, 'target', 'trimmed', PLACE - 10n);
    await deleteRecords(bed.target, judged.copy('trimmed'), new Map([[0, PLACE + 20n]]));
    const { troubled, seen } = await checkUntil(judged, ['bounds: fail'], ['trimmed'], {
      gateRules: { maxRedelivered: 30n },
    });
    expect(troubled).toEqual(['bounds: fail']);
    expect(seen('bounds')).toContain('stands at 190, the log of');
  });
});

const ROLLBACK = new Set(['rollback'] as const);

describe('migrate', () => {
  it('ends in the same gate, with the export of its own sync', async () => {
    const groupId = judged.group('late');
    const offsets = [{ topic: judged.topic('plain'), partition: 0, offset: 42n }];
    await commitGroupOffsets(bed.source, [{ groupId, offsets }]);
    const selection = { topics: patterns(judged.topic('plain')), groups: patterns(groupId) };
    const inputs = checkInputs(judged, [], { selection, sync: { rollbackFrom: null } });
    const migrated = verdictsOf(await run({ ...inputs, command: 'migrate' }));
    expect(migrated.troubled).toEqual([]);
    expect(migrated.result).toBe('changed');
    expect(migrated.seen('rollback')).toContain(migrated.finished.report.offsetsExport);
    expect(rowOf(migrated.finished.report, groupId)).toMatchObject({ verdict: 'committed', targetAfter: 42n });
  });
});

/** A member of the new protocol has its partitions a moment before its group is at rest. */
function untilStable(cluster: typeof bed.source, groupId: string): Promise<void> {
  const look = async () => {
    const { state } = await witness.describeGroup(cluster, groupId);
    return state.toLowerCase() === 'stable' ? { done: undefined } : { seen: state };
  };
  return waitFor(`${groupId} to be stable`, look, { timeoutMs: 120_000 });
}

describe('activity', () => {
  const consumers: JavaConsumer[] = [];
  afterAll(async () => {
    for (const consumer of consumers) await consumer.close();
  });

  it.each(['classic', 'consumer'] as const)('fails while a %s consumer is a member on the source', async (protocol) => {
    const options = { groupId: judged.group('source'), topics: [judged.topic('source')], protocol };
    const consumer = await witness.startConsumer(bed.source, options);
    await consumer.assigned();
    await untilStable(bed.source, options.groupId);
    const { troubled, seen } = await checkUntil(judged, ['activity: fail'], ['plain', 'source']);
    await consumer.close();
    expect(troubled).toEqual(['activity: fail']);
    expect(seen('activity')).toContain('is still consuming on the source (Stable)');
  });

  it('fails while a consumer is a member on the target', async () => {
    const options = { groupId: judged.group('target'), topics: [judged.copy('target')], protocol: 'consumer' as const };
    const consumer = await witness.startConsumer(bed.target, options);
    consumers.push(consumer);
    await consumer.assigned();
    const { troubled, seen } = await checkUntil(judged, ['activity: fail'], ['plain', 'target']);
    expect(troubled).toEqual(['activity: fail']);
    expect(seen('activity')).toContain('is still consuming on the target');
  });

  it('fails while a consumer without a group membership commits', async () => {
    const assign = [{ topic: judged.topic('assign'), partition: 0 }];
    const consumer = await witness.startConsumer(bed.source, { groupId: judged.group('assign'), assign });
    consumers.push(consumer);
    let stopped = false;
    // Round and round, for as long as the check takes.
    const committing = (async () => {
      for (let step = 0n; !stopped; step++) {
        const offset = PLACE + (step % (BigInt(RECORDS) - PLACE));
        await consumer.commit([{ topic: judged.topic('assign'), partition: 0, offset }]);
      }
    })();
    const rules = { maxRedelivered: 1_000n, skipChecks: new Set(['coverage'] as const) };
    const checking = checkUntil(judged, ['activity: fail'], ['plain', 'assign'], { gateRules: rules });
    const { troubled, seen } = await checking.finally(() => {
      stopped = true;
      return committing;
    });
    expect(troubled).toEqual(['activity: fail']);
    expect(seen('activity')).toContain('commits on the source');
  });

  it('counts for nothing in a rehearsal', async () => {
    const { troubled, finished } = await checkUntil(judged, [], ['plain', 'assign'], { phase: 'rehearse' });
    expect(troubled).toEqual([]);
    expect(finished.report.checks.find(({ id }) => id === 'activity')?.verdict).toBe('not-asked');
  });
});

describe('the selection', () => {
  it('names a group that it leaves out, and does not pass for a required one', async () => {
    const selection = { topics: patterns(judged.topic('left')), groups: patterns(judged.group('left')) };
    const left = await run(checkInputs(judged, [], { selection }));
    const hidden = left.report.checks.find(({ id }) => id === 'hidden-groups');
    expect(hidden?.warnings.join()).toContain('outside the selection');
    const requiredGroups = patterns(judged.group('plain'));
    const { troubled, seen } = await checkUntil(judged, ['hidden-groups: fail'], [], {
      selection,
      gateRules: { requiredGroups },
    });
    expect(troubled).toEqual(['hidden-groups: fail']);
    expect(seen('hidden-groups')).toContain(judged.group('plain'));
  });
});
