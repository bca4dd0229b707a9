import { ConnectClient } from '../adapters/connect/client.ts';
import { readConnectorFiles } from '../adapters/files/connector-files.ts';
import { COMMAND_WORK } from '../domain/command-work.ts';
import type { ConnectorConfig } from '../domain/connectors/connector-config.ts';
import { InputError } from '../errors.ts';
import type { Inputs } from '../inputs/typed-inputs.ts';
import { applyConnectors } from '../operations/apply.ts';
import { planConnectorChanges } from '../operations/plan-connectors.ts';
import type { Run } from './run-command.ts';

/**
 * Read before anything is opened, so that a bad file ends the run with nothing half done. null = none named.
 * @throws InputError with every problem of every file.
 */
export async function readDesired(inputs: Inputs, folder: string): Promise<readonly ConnectorConfig[] | null> {
  if (inputs.apply.connectors === null) return null;
  const { connectors, problems } = await readConnectorFiles(inputs.apply.connectors, folder);
  if (problems.length > 0) throw new InputError(problems);
  return connectors;
}

/** `apply` writes, `plan` compares; nothing to do without connector files. */
export async function connectorWork(run: Run, targetClusterId: string | null): Promise<void> {
  const { inputs, host, record, signal, desired } = run;
  const { applyTimeoutMs } = inputs.apply;
  if (inputs.connect === null || desired === null) return;
  const writes = COMMAND_WORK[inputs.command].connectors === 'write';
  host.log.stage(writes ? 'Apply the connectors' : 'Compare the connectors');
  const connect = new ConnectClient({ connect: inputs.connect, clock: host.clock, proxy: host.proxy });
  const request = {
    connect,
    clock: host.clock,
    log: host.log,
    desired,
    expectedTargetClusterId: targetClusterId ?? inputs.target?.clusterId ?? null,
  };
  try {
    const bounds = { deadlineAt: host.clock.now() + applyTimeoutMs, signal };
    record.takeConnectors(
      writes
        ? await applyConnectors({ ...request, applyTimeoutMs, signal })
        : await planConnectorChanges({ ...request, bounds }),
    );
  } finally {
    await connect.close();
  }
  await run.save();
}
