/** The ways in which the action is used, each with the rights that the table gives it and a run that needs all of them. */
import { permissionsOf } from '../../../src/domain/permissions/action-permissions.ts';
import { type AclOperation, implies, type Permission, type Side } from '../../../src/domain/permissions/permission.ts';
import type { Command } from '../../../src/domain/verdicts.ts';
import type { ClusterInputs } from '../../../src/inputs/typed-inputs.ts';
import { type FinishedRun, run } from '../../support/run.ts';
import { type InputOverrides, patterns } from '../../support/run-inputs.ts';
import { checkInputs, type Judged } from '../gate/judged-migration.ts';
import { keyOf } from './rights.ts';

export interface Use {
  readonly name: string;
  readonly command: Command;
  readonly compares: boolean;
}

/** In an order in which each finds the offsets that it needs. */
export const USES: readonly Use[] = [
  { name: 'plan', command: 'plan', compares: true },
  { name: 'check', command: 'check', compares: true },
  { name: 'export', command: 'export', compares: false },
  { name: 'sync by checkpoint', command: 'sync', compares: false },
  { name: 'sync', command: 'sync', compares: true },
  { name: 'rollback', command: 'rollback', compares: false },
];

export interface Clusters {
  readonly source: ClusterInputs;
  readonly target: ClusterInputs;
}

/** One right of a use, with every row of the table that asks for it. */
export interface NeededRight {
  readonly key: string;
  readonly side: Side;
  readonly rows: readonly [Permission, ...Permission[]];
}

export function rightsOf(use: Use): readonly NeededRight[] {
  const byKey = new Map<string, [Permission, ...Permission[]]>();
  for (const row of permissionsOf(use)) {
    const same = byKey.get(keyOf(row));
    if (same === undefined) byKey.set(keyOf(row), [row]);
    else same.push(row);
  }
  return [...byKey].map(([key, rows]) => ({ key, side: rows[0].side, rows }));
}

/** Another right of the use brings this one with it, so that only a DENY takes it away. */
export function isImplied(use: Use, { rows: [right] }: NeededRight): boolean {
  const implied = (operation: AclOperation) => implies(operation) === right.operation;
  return permissionsOf(use).some(
    ({ side, resource, operation }) => side === right.side && resource === right.resource && implied(operation),
  );
}

/** A use ends by itself long before; a run that hangs fails by a second error. Below the time of a test. */
const TIMEOUT_MS = 240_000;

export interface World {
  readonly judged: Judged;
  /** A group of the source that MM2 writes no checkpoint for. */
  readonly lateGroup: string;
  /** The export that a rollback restores. */
  readonly rollbackFrom: string;
}

export function runUse({ command, compares }: Use, world: World, clusters: Clusters): Promise<FinishedRun> {
  const { judged, lateGroup, rollbackFrom } = world;
  if (command === 'check') return run({ ...checkInputs(judged, ['orders'], clusters), timeoutMs: TIMEOUT_MS });
  const inputs = (more: InputOverrides) => {
    const selection = { groups: patterns(`${judged.name}-.*,${lateGroup}`) };
    const translation = { mode: compares ? ('exact' as const) : ('checkpoint' as const) };
    return judged.migration.inputs({ command, ...clusters, translation, selection, timeoutMs: TIMEOUT_MS, ...more });
  };
  if (command === 'rollback') return run(inputs({ source: null, sync: { rollbackFrom, dryRun: false } }));
  // Unchanged offsets are committed anew, and a checkpoint may lie before what was proven, so that each run commits.
  const allowRewind = new Set(compares ? [] : [judged.group('orders')]);
  return run(inputs(command === 'sync' ? { sync: { refresh: true, allowRewind } } : {}));
}
