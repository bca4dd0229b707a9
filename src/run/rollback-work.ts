import { resolve } from 'node:path';
import { readOffsetsExport } from '../adapters/files/read-offsets-export.ts';
import { replicationPolicy } from '../domain/checkpoints/replication-policy.ts';
import { COMMAND_WORK } from '../domain/command-work.ts';
import type { SavedOffsets } from '../domain/rollback/saved-offsets.ts';
import type { Inputs } from '../inputs/typed-inputs.ts';
import { requireOwnExport, rollback } from '../operations/rollback/rollback.ts';
import { passReport } from '../operations/sync.ts';
import { rollbackPlanLines } from '../report/rollback-lines.ts';
import type { OffsetClusters } from './offset-work.ts';
import type { Run } from './run-command.ts';
import { sayBatch } from './say-progress.ts';

/**
 * Read before anything is opened, so that a bad file ends the run with nothing half done. null = nothing to restore.
 * @throws InputError with every problem of the file.
 */
export async function readSaved(inputs: Inputs, folder: string): Promise<SavedOffsets | null> {
  const { rollbackFrom } = inputs.sync;
  if (COMMAND_WORK[inputs.command].saved !== 'rollback' || rollbackFrom === null) return null;
  return readOffsetsExport(resolve(folder, rollbackFrom));
}

export async function rollbackWork(run: Run, { target, targetId }: OffsetClusters): Promise<void> {
  const { inputs, host, record, saved, signal, offsetsExport } = run;
  if (saved === null) return;
  const { dryRun, overwriteGroups, shard } = inputs.sync;
  host.log.stage(dryRun ? 'Roll back (dry run)' : 'Roll back');
  requireOwnExport(saved, targetId);
  const startedAtMs = host.clock.now();
  const policy = replicationPolicy(inputs.replication);
  const result = await rollback({
    target,
    saved,
    dryRun,
    rules: {
      selection: { ...inputs.selection, shard },
      overwriteGroups,
      sourceTopic: (topic) => policy.sourceTopic(topic),
    },
    clock: host.clock,
    offsetsExport,
    signal,
    onPlan: (plan) => {
      for (const line of rollbackPlanLines(plan, dryRun)) host.log.info(line);
    },
    onBatch: (done) => sayBatch(host.log, done),
  });
  if (result === null) return;
  const { groups, findings } = result;
  const pass = passReport(1, host.clock.now() - startedAtMs, groups);
  record.takeSync({ groups, passes: [pass], findings }, offsetsExport.path);
  await run.save();
  if (result.failure !== null) throw result.failure.error;
}
