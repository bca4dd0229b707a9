/** What the task of Connect may do on Amazon MSK, by side and resource: the rights of MM2's connectors and their worker. */
import { CONNECT_ACTION, iamActions } from '../permissions/iam-actions.ts';
import { MM2_PERMISSIONS } from '../permissions/mm2-permissions.ts';
import { RESOURCE_TYPES, type ResourceKind, type Side } from '../permissions/permission.ts';

/** The actions on one kind of resource, each with the reasons for it. */
export interface MskRights {
  readonly side: Side;
  readonly resource: ResourceKind;
  /** In the order of the table of MM2's rights. */
  readonly actions: readonly MskAction[];
}

export interface MskAction {
  readonly action: string;
  /** A phrase for each use. */
  readonly why: readonly string[];
}

/** Generated connectors leave ACLs and groups' offsets alone (tuning.ts), so that nothing is granted for these. */
const CONNECTOR_RIGHTS = MM2_PERMISSIONS.filter(({ onlyWith }) => onlyWith === undefined);

/**
 * The cluster first, then topics and groups as the table of MM2's rights has them.
 * @param offsetSyncsOn what `offset-syncs.topic.location` says; the table lists its default.
 */
export function connectRights(side: Side, offsetSyncsOn: Side): readonly MskRights[] {
  const kinds = new Map<ResourceKind, Map<string, Set<string>>>([
    ['cluster', new Map([[CONNECT_ACTION, new Set(['every other action asks for it'])]])],
  ]);
  for (const { role, resource, operations, why, ...right } of CONNECTOR_RIGHTS) {
    if ((resource === 'offset-syncs-topic' ? offsetSyncsOn : right.side) !== side) continue;
    const actions = kinds.get(resource) ?? new Map<string, Set<string>>();
    for (const action of operations.flatMap((operation) => iamActions(RESOURCE_TYPES[resource], operation))) {
      actions.set(action, (actions.get(action) ?? new Set()).add(`${whoOf(role)}: ${why}`));
    }
    kinds.set(resource, actions);
  }
  return [...kinds].map(([resource, actions]) => ({
    side,
    resource,
    actions: [...actions].map(([action, why]) => ({ action, why: [...why] })),
  }));
}

function whoOf(role: string): string {
  return role === 'worker' ? 'worker' : `${role} connector`;
}
