import { ConnectClient } from '../adapters/connect/client.ts';
import { readConnectorFiles, workersOnly } from '../adapters/files/connector-files.ts';
import { findFiles } from '../adapters/files/glob.ts';
import { sha256 } from '../adapters/sha256.ts';
import { COMMAND_WORK } from '../domain/command-work.ts';
import type { ConnectorConfig } from '../domain/connectors/connector-config.ts';
import { equalNames } from '../domain/connectors/connector-file.ts';
import { foreignFinding } from '../domain/connectors/foreign-file.ts';
import { generateConnectors } from '../domain/connectors/generate/generate-connectors.ts';
import type { LiveConnector } from '../domain/connectors/lint/live-connectors.ts';
import { InputError } from '../errors.ts';
import { checkRemovals } from '../inputs/connector-removals.ts';
import type { Inputs } from '../inputs/typed-inputs.ts';
import { applyConnectors } from '../operations/apply.ts';
import type { WorkerInfo } from '../operations/connect-port.ts';
import { lintDesired } from '../operations/lint-connectors.ts';
import { planConnectorChanges } from '../operations/plan-connectors.ts';
import { generationFacts } from './generation-facts.ts';
import { fileProblems, type LintClusters, lintOnly, lintRequest, withFileLint } from './lint-work.ts';
import type { Run } from './run-command.ts';

export type ReadConnectors = Pick<Run, 'desired' | 'workers' | 'strangers'>;

/**
 * Read before anything is opened, so that a bad file ends the run with nothing half done. Without files they are
 * generated; `desired` is null where neither files are named nor enough is given to generate them.
 * @throws InputError with every problem of every file.
 */
export async function readConnectors(inputs: Inputs, folder: string): Promise<ReadConnectors> {
  const read = await readOrGenerate(inputs, folder);
  checkRemovals(inputs.apply, read.desired ?? []);
  return read;
}

async function readOrGenerate(inputs: Inputs, folder: string): Promise<ReadConnectors> {
  if (inputs.apply.connectors === null) return { desired: generated(inputs), workers: [], strangers: [] };
  if (await isLastRemoval(inputs, inputs.apply.connectors, folder)) return { desired: [], workers: [], strangers: [] };
  const parsed = await readConnectorFiles(inputs.apply.connectors, folder);
  const problems = fileProblems(inputs, parsed);
  if (problems === 'nothing to apply') throw new InputError([workersOnly(inputs.apply.connectors)]);
  if (problems.length > 0) throw new InputError(problems);
  return { desired: parsed.connectors, workers: parsed.workers, strangers: parsed.foreign.map(foreignFinding) };
}

/** The last file goes with the last connector, which is named. Otherwise a glob that matches nothing is a mistake. */
async function isLastRemoval({ apply }: Inputs, glob: string, folder: string): Promise<boolean> {
  return apply.removeConnectors.length > 0 && /[*?[{]/.test(glob) && (await findFiles(glob, folder)).length === 0;
}

function generated(inputs: Inputs): readonly ConnectorConfig[] | null {
  const { connectors, gate } = COMMAND_WORK[inputs.command];
  const facts = connectors === 'none' && !gate ? null : generationFacts(inputs);
  return facts && generateConnectors(facts);
}

/** `apply` writes, `plan` compares, or only lints where no worker is given. */
export async function connectorWork(run: Run, clusters: LintClusters, targetClusterId: string | null): Promise<void> {
  const { inputs, host, record, signal, desired } = run;
  const lint = lintRequest(run, desired ?? [], clusters);
  // Which config is meant must be clear before anything is compared.
  const isAmbiguous = equalNames(desired ?? []).length > 0;
  if ((inputs.connect === null || isAmbiguous) && desired !== null) {
    host.log.stage('Lint the connectors');
    record.takeConnectors(await lintOnly(lint, run));
    await run.save();
  }
  const { applyTimeoutMs, approvedPlan, restoreOnFailure, state, removeConnectors: remove } = inputs.apply;
  if (inputs.connect === null || isAmbiguous || (desired === null && remove.length === 0)) return;
  const writes = COMMAND_WORK[inputs.command].connectors === 'write';
  host.log.stage(writes ? 'Apply the connectors' : 'Compare the connectors');
  const connect = new ConnectClient({ connect: inputs.connect, clock: host.clock, proxy: host.proxy });
  let isLinted = false;
  const request = {
    lint: ({ version }: WorkerInfo, left: readonly LiveConnector[], resting: ReadonlySet<string>) => {
      isLinted = true;
      return lintDesired(lint, version, left, resting);
    },
    connect,
    clock: host.clock,
    log: host.log,
    desired: desired ?? [],
    wishes: { state, remove },
    digest: sha256,
    secrets: inputs.secrets,
    expectedTargetClusterId: targetClusterId ?? inputs.target?.clusterId ?? null,
  };
  try {
    const bounds = { deadlineAt: host.clock.now() + applyTimeoutMs, signal };
    const outcome = writes
      ? await applyConnectors({ ...request, applyTimeoutMs, approvedPlan, restoreOnFailure, signal })
      : await planConnectorChanges({ ...request, validate: 'all', bounds });
    record.takeConnectors(isLinted ? outcome : withFileLint(outcome, lint));
  } finally {
    await connect.close();
  }
  await run.save();
}
