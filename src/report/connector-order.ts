/** Which connectors are shown where there is no room for all. */
import type { ConnectorReport } from './report-model.ts';

/** All as they are; where they are more than `max`, those that most should be looked at, worst first. */
export function weightiest(connectors: readonly ConnectorReport[], max: number): readonly ConnectorReport[] {
  if (connectors.length <= max) return connectors;
  return [...connectors].sort((a, b) => rank(a) - rank(b)).slice(0, max);
}

const CHANGES: readonly ConnectorReport['change'][] = ['unknown', 'remove', 'update', 'create', 'none'];

/** What was not done or has failed, then what is not known, what goes, what changes. */
function rank({ pending, trace, state, tasks, change, stateChange }: ConnectorReport): number {
  const failed = trace !== null || state === 'FAILED' || tasks.some((task) => task.state === 'FAILED');
  if (pending !== null || failed) return -1;
  return CHANGES.indexOf(change) - (change === 'none' && stateChange !== null ? 0.5 : 0);
}
