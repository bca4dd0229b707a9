/** States that Connect can be asked for (KIP-875 for STOPPED, 3.5; KIP-980 for the first state of a new one, 3.7). */
export const CONNECTOR_STATES = ['running', 'paused', 'stopped'] as const;
export type ConnectorState = (typeof CONNECTOR_STATES)[number];

/**
 * The state that a connector was asked for last, as far as its status tells: only PAUSED and STOPPED are states that
 * somebody asked for. FAILED, UNASSIGNED and no status at all are running ones that do not run.
 */
export function askedState(statusState: string | null): ConnectorState {
  if (statusState === 'PAUSED') return 'paused';
  return statusState === 'STOPPED' ? 'stopped' : 'running';
}

/** First versions of Connect that can be asked to stop a connector, and to create one that does not run. */
export const STOP_SINCE = [3, 5, 0] as const;
export const INITIAL_STATE_SINCE = [3, 7, 0] as const;
