import type { SideSpec } from './input-spec.ts';

export const CLUSTER_INPUTS = [
  {
    suffix: 'bootstrap-servers',
    group: 'cluster',
    kind: 'host-ports',
    description:
      'Brokers of the {side} cluster as `host:port`, several separated by commas; two or three are enough to find the others.',
    importance: 'first',
  },
  {
    suffix: 'alias',
    group: 'cluster',
    kind: 'text',
    defaults: { source: 'msksource', target: 'mskdest' },
    description:
      'Name of the {side} cluster in the MirrorMaker 2 configuration (`{side}.cluster.alias`). It is part of topic names, so it must be the same there.',
    importance: 'first',
  },
  {
    suffix: 'cluster-id',
    group: 'cluster',
    kind: 'text',
    description:
      'Id that the {side} cluster must have; the run refuses to go on with any other. Protects against a mixed-up address.',
    importance: 'rest',
  },
  {
    suffix: 'properties',
    group: 'cluster',
    kind: 'properties',
    description:
      'Java client properties of the {side} cluster (`bootstrap.servers`, `security.protocol`, `sasl.*`, `ssl.*` with stores in PEM, PKCS12 or JKS), as a path or inline text. A key may not be given here and as an input too.',
    importance: 'rest',
  },
] as const satisfies readonly SideSpec[];
