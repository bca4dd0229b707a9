import { ConnectClient } from '../adapters/connect/client.ts';
import { readRollbackFacts } from '../adapters/files/rollback-facts.ts';
import type { ConnectedCluster } from '../adapters/kafka/cluster.ts';
import { RegexWorker } from '../adapters/regex/regex-worker.ts';
import { replicationPolicy } from '../domain/checkpoints/replication-policy.ts';
import { COMMAND_WORK } from '../domain/command-work.ts';
import type { CutoverFacts } from '../domain/cutover/facts.ts';
import { judgeCutover } from '../domain/cutover/judge-cutover.ts';
import { MigrationError } from '../errors.ts';
import type { GateRequest } from '../operations/gate/gate-request.ts';
import { gatherFacts } from '../operations/gate/gather-facts.ts';
import type { ClusterIds } from '../operations/preflight.ts';
import { untilAborted } from '../operations/until-aborted.ts';
import { checkLines } from '../report/check-lines.ts';
import { gateLint } from './lint-work.ts';
import type { Run } from './run-command.ts';
import { PassProgress } from './say-progress.ts';

export interface GateClusters {
  readonly source: ConnectedCluster | null;
  readonly target: ConnectedCluster;
  readonly ids: ClusterIds;
}

/** `check`, and the end of `migrate`: gathers the facts, judges them, writes to no cluster. */
export async function gateWork(run: Run, clusters: GateClusters): Promise<void> {
  const { inputs, host, record, signal } = run;
  const { source } = clusters;
  if (source === null) throw new MigrationError('INTERNAL', 'The gate has no source to look at.');
  host.log.stage(`Check the cutover (${inputs.gate.phase})`);
  const connect =
    inputs.connect === null
      ? null
      : new ConnectClient({ connect: inputs.connect, clock: host.clock, proxy: host.proxy });
  try {
    const request = await requestOf(run, { ...clusters, source }, connect);
    const gathering = gatherFacts(request, { clock: host.clock, log: host.log, signal });
    const gathered = await untilAborted(gathering, { signal, clock: host.clock });
    if (gathered === null) return;
    const judgement = judgeCutover(gathered.facts, inputs.gate.rules);
    for (const line of checkLines(judgement)) host.log.info(line);
    record.addFindings(gathered.findings);
    record.addFindings(await gateLint(run, clusters, connect));
    // In `migrate` the sync before it has said them.
    if (COMMAND_WORK[inputs.command].offsets === 'none') record.addFindings(gathered.pass.view.findings);
    record.takeChecks(judgement, gathered.pass.groups);
  } finally {
    await connect?.close();
  }
  await run.save();
}

async function requestOf(
  run: Run,
  clusters: GateClusters & { readonly source: ConnectedCluster },
  connect: ConnectClient | null,
): Promise<GateRequest> {
  const { inputs, desired } = run;
  const { source, target, ids } = clusters;
  const { sourceAlias, targetAlias, separator } = inputs.replication;
  return {
    phase: inputs.gate.phase,
    source,
    target,
    identity: {
      source: { clusterId: ids.source, pinned: inputs.source?.clusterId ?? null },
      target: { clusterId: ids.target, pinned: inputs.target?.clusterId ?? null },
    },
    aliases: { source: sourceAlias, target: targetAlias },
    separator,
    pass: {
      policy: replicationPolicy(inputs.replication),
      rules: { ...inputs.sync, selection: { ...inputs.selection, shard: inputs.sync.shard } },
      comparison: new PassProgress(run, null).comparison,
    },
    activityWindowMs: inputs.gate.rules.activityWindowMs,
    rules: inputs.gate.rules,
    // Who switches the comparison off has no records read.
    maxScan: inputs.translation.mode === 'exact' ? inputs.translation.maxScan : 0,
    connect,
    desired,
    rollback: await rollbackOf(run),
    slowRegex: new RegexWorker(),
  };
}

/** Named in the inputs, or that of this run's own sync. */
async function rollbackOf({ inputs, offsetsExport }: Run): Promise<CutoverFacts['rollback']> {
  const path = inputs.sync.rollbackFrom ?? offsetsExport.path;
  return path === null ? { kind: 'known', value: null } : readRollbackFacts(path);
}
