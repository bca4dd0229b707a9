/** What an apply leaves as it is: connectors beside those of the plan, and states that nobody asked to change. */
import type { ConnectorChange } from '../domain/connectors/connector-plan.ts';
import { askedState } from '../domain/connectors/connector-state.ts';
import type { LiveConnector } from '../domain/connectors/lint/live-connectors.ts';
import type { ConnectorSnapshot } from './connect-port.ts';
import type { ConnectorPlanRequest } from './plan-connectors.ts';

/** What is on the worker and in no file of this plan: it goes on beside what is applied. */
export function connectorsLeft(
  { desired, wishes }: Pick<ConnectorPlanRequest, 'desired' | 'wishes'>,
  snapshots: ReadonlyMap<string, ConnectorSnapshot>,
): readonly LiveConnector[] {
  const taken = new Set([...desired.map(({ name }) => name), ...wishes.remove]);
  return [...snapshots]
    .filter(([name]) => !taken.has(name))
    .map(([name, { config, status }]) => ({ name, config, isIdle: askedState(status?.state ?? null) !== 'running' }));
}

/** By what is asked for, else as somebody has left it; a new one starts. */
export function restingAfter(
  changes: readonly ConnectorChange[],
  snapshots: ReadonlyMap<string, ConnectorSnapshot>,
): ReadonlySet<string> {
  const resting = changes.filter(({ name, wantedState }) => {
    const state = wantedState ?? askedState(snapshots.get(name)?.status?.state ?? null);
    return state !== 'running';
  });
  return new Set(resting.map(({ name }) => name));
}
