import type { InputSpec } from './input-spec.ts';

export const CONNECTORS_INPUTS = [
  {
    name: 'connectors',
    group: 'connectors',
    kind: 'path',
    commands: ['plan', 'apply', 'check', 'migrate'],
    description:
      'Glob of the connector files, e.g. `connectors/*.json`: flat maps, `{name, config}`, or Java properties.',
    importance: 'first',
  },
  {
    name: 'apply-timeout',
    group: 'connectors',
    kind: 'duration',
    default: '5m',
    commands: ['apply', 'migrate'],
    description: 'How long `apply` waits until every connector and its tasks are RUNNING.',
    importance: 'rest',
  },
] as const satisfies readonly InputSpec[];
