/** What each command consists of: the one place that says so. */
import type { Command } from './verdicts.ts';

export interface CommandWork {
  readonly connectors: 'none' | 'compare' | 'write';
  readonly offsets: 'none' | 'plan' | 'commit';
  readonly gate: boolean;
  readonly saved: 'none' | 'export' | 'rollback';
}

const NOTHING: CommandWork = { connectors: 'none', offsets: 'none', gate: false, saved: 'none' };

export const COMMAND_WORK: Readonly<Record<Command, CommandWork>> = {
  plan: { ...NOTHING, connectors: 'compare', offsets: 'plan' },
  apply: { ...NOTHING, connectors: 'write' },
  sync: { ...NOTHING, offsets: 'commit' },
  // The gate looks at connectors and offsets itself.
  check: { ...NOTHING, gate: true },
  migrate: { ...NOTHING, connectors: 'write', offsets: 'commit', gate: true },
  export: { ...NOTHING, saved: 'export' },
  rollback: { ...NOTHING, saved: 'rollback' },
  // Opens no cluster: it reads what other runs reported.
  report: NOTHING,
};

/** A sync asks the worker for its version alone; what is only read or put back needs no worker. */
export function asksConnect(command: Command): boolean {
  const { connectors, offsets, gate } = COMMAND_WORK[command];
  return connectors !== 'none' || offsets !== 'none' || gate;
}
