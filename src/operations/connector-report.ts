import { type ConnectorStatus, traceHead } from '../domain/connectors/connector-health.ts';
import type { ConnectorChange } from '../domain/connectors/connector-plan.ts';
import type { ConnectorState } from '../domain/connectors/connector-state.ts';
import type { ConnectorReport, PendingChange } from '../report/report-model.ts';

/** What a report shows of one connector: the change with the state seen last, and what is left of it. */
export function connectorReport(
  change: ConnectorChange,
  status: ConnectorStatus | null,
  stateChange: ConnectorState | null,
  pending: PendingChange | null = null,
): ConnectorReport {
  const failedTask = status?.tasks.find((task) => task.state === 'FAILED');
  return {
    name: change.name,
    class: change.class,
    change: change.change,
    pending,
    changedKeys: change.changedKeys,
    keys: change.keys,
    wantedState: change.wantedState,
    stateChange,
    state: status?.state ?? null,
    tasks: (status?.tasks ?? []).map(({ id, state }) => ({ id, state })),
    trace: traceHead(status?.trace ?? failedTask?.trace ?? null),
  };
}
