import { replicationPolicy } from '../domain/checkpoints/replication-policy.ts';
import { exportOffsets } from '../operations/export-offsets.ts';
import { passReport } from '../operations/sync.ts';
import { untilAborted } from '../operations/until-aborted.ts';
import type { OffsetClusters } from './offset-work.ts';
import type { Run } from './run-command.ts';

/** Saves what the target has now; writes to no cluster. */
export async function exportWork(run: Run, { source, target }: OffsetClusters): Promise<void> {
  const { inputs, host, record, signal, offsetsExport } = run;
  host.log.stage('Export the offsets');
  const startedAtMs = host.clock.now();
  // A workflow uploads the file whatever was found.
  await offsetsExport.begin();
  const selection = { ...inputs.selection, shard: inputs.sync.shard };
  const policy = replicationPolicy(inputs.replication);
  const exporting = exportOffsets({ clusters: { source, target }, policy, selection, offsetsExport, signal });
  const result = await untilAborted(exporting, { signal, clock: host.clock });
  if (result === null) {
    record.takeSync({ groups: [], passes: [], findings: [] }, offsetsExport.path);
    return;
  }
  const pass = passReport(1, host.clock.now() - startedAtMs, result.groups);
  record.takeSync({ groups: result.groups, passes: [pass], findings: result.findings }, offsetsExport.path);
  if (result.incomplete !== null) record.addError(result.incomplete);
  await run.save();
}
