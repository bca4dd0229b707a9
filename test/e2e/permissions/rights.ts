/** Grants of the permissions suite: the rows of the domain's table as ACLs for the users of the secured bed. */
import {
  RESOURCE_TYPES,
  type ResourceKind,
  type Right,
  type Side,
} from '../../../src/domain/permissions/permission.ts';
import type { ClusterInputs } from '../../../src/inputs/typed-inputs.ts';
import { withAdmin } from '../../../src/testbed/client.ts';
import { waitFor } from '../../../src/testbed/wait.ts';
import type { SecuredBed } from '../../bed/secured-bed.ts';
import type { AclSpec, Witness } from '../../support/witness.ts';

/** What the resources of one migration are called; a name that ends in `*` is a prefix. */
export type ResourceNames = Readonly<Partial<Record<ResourceKind, readonly string[]>>>;

/** Names of a migration whose topics, groups and aliases begin with `name`. */
export function resourceNames(name: string, moreGroups: readonly string[] = []): Readonly<Record<Side, ResourceNames>> {
  const both: ResourceNames = { groups: [`${name}-*`, ...moreGroups], cluster: ['kafka-cluster'] };
  return {
    source: { ...both, 'source-topics': [`${name}-*`], 'offset-syncs-topic': ['mm2-offset-syncs.target.internal'] },
    target: {
      ...both,
      'target-topics': [`${name}src.${name}-*`],
      'checkpoints-topic': [`${name}src.checkpoints.internal`],
      'replicated-heartbeats-topic': [`${name}src.heartbeats`],
    },
  };
}

export type Permitted = Omit<AclSpec, 'principal'>;

/** A right of the table on the resources of one migration. */
export function aclsOf(names: ResourceNames, { resource, operation }: Right): readonly Permitted[] {
  const resourceType = RESOURCE_TYPES[resource].toUpperCase() as AclSpec['resourceType'];
  const named = names[resource];
  if (named === undefined) throw new Error(`the test has no name for ${resource}`);
  return named.map((name) =>
    name.endsWith('*')
      ? { resourceType, name: name.slice(0, -1), patternType: 'PREFIXED', operation }
      : { resourceType, name, operation },
  );
}

export function keyOf({ side, resource, operation }: Right): string {
  return `${side} ${resource} ${operation}`;
}

/** Hands out the users of the bed one by one, and remembers what each is to be allowed. */
export class Users {
  readonly #bed: SecuredBed;
  readonly #alias: string;
  readonly #free: string[];
  readonly #acls: Record<Side, AclSpec[]> = { source: [], target: [] };

  /** `from`: the first user of this test file, since files share the bed. `alias`: the source's, for the copies. */
  constructor(bed: SecuredBed, { from, alias }: { readonly from: number; readonly alias: string }) {
    this.#bed = bed;
    this.#alias = alias;
    this.#free = bed.users.slice(from);
  }

  with(side: Side, permitted: readonly Permitted[]): string {
    const user = this.#free.shift();
    if (user === undefined) throw new Error('The secured bed has no user left.');
    this.#acls[side].push(...permitted.map((acl) => ({ ...acl, principal: `User:${user}` })));
    return user;
  }

  /**
   * All at once; returns when the brokers know the last of them. What the source allows is allowed on the target too,
   * as the gate wants it.
   */
  async grant(witness: Witness): Promise<void> {
    const probe = this.with('source', []);
    const renamed = this.#acls.source.map((acl) => (acl.resourceType === 'TOPIC' ? this.#copied(acl) : acl));
    await this.#grantOn(witness, 'source', this.#acls.source, probe);
    await this.#grantOn(witness, 'target', [...this.#acls.target, ...renamed], probe);
  }

  /** Other files of the suite judge all ACLs that there are. */
  async revoke(): Promise<void> {
    const any = { resourceType: 1, resourcePatternType: 1, operation: 1, permissionType: 1 };
    for (const side of ['source', 'target'] as const) {
      await withAdmin(this.#bed[side], (admin) => admin.deleteAcls({ filters: [any] }));
    }
  }

  #copied(acl: AclSpec): AclSpec {
    return { ...acl, name: `${this.#alias}.${acl.name}` };
  }

  /** The probe's right is created last: with it, and only with it, groups are listed that it may not describe. */
  async #grantOn(witness: Witness, side: Side, acls: readonly AclSpec[], probe: string): Promise<void> {
    await witness.createAcls(this.#bed[side], acls);
    const right = { resourceType: 'CLUSTER', name: 'kafka-cluster', operation: 'DESCRIBE' } as const;
    await witness.createAcls(this.#bed[side], [{ ...right, principal: `User:${probe}` }]);
    const java = { bootstrapServers: this.#bed.signIn[side], properties: javaLogin(probe, this.#bed.password) };
    const look = async () => {
      const groups = await witness.listGroups(java);
      return groups.length > 0 ? { done: null } : { seen: 'no group' };
    };
    await waitFor(`the rights on the ${side}`, look, { timeoutMs: 180_000 });
  }
}

export function javaLogin(user: string, password: string): Readonly<Record<string, string>> {
  const jaas = `org.apache.kafka.common.security.plain.PlainLoginModule required username="${user}" password="${password}";`;
  return { 'security.protocol': 'SASL_PLAINTEXT', 'sasl.mechanism': 'PLAIN', 'sasl.jaas.config': jaas };
}

export function signedIn(bed: SecuredBed, side: Side, username: string): ClusterInputs {
  const sasl = { mechanism: 'plain' as const, username, password: bed.password };
  return { bootstrapServers: bed.signIn[side].split(','), clusterId: bed[side].clusterId, tls: null, sasl };
}
