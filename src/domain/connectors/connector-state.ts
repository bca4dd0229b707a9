/** States that Connect can be asked for (KIP-875 for STOPPED, 3.5; KIP-980 for the first state of a new one, 3.7). */
export const CONNECTOR_STATES = ['running', 'paused', 'stopped'] as const;
export type ConnectorState = (typeof CONNECTOR_STATES)[number];
