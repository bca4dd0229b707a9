import { CONNECTOR_STATES } from '../../domain/connectors/connector-state.ts';
import type { InputSpec } from './input-spec.ts';

export const CONNECTORS_INPUTS = [
  {
    name: 'connectors',
    group: 'connectors',
    kind: 'path',
    description:
      'Glob of the connector files, e.g. `connectors/*.json`: flat maps, `{name, config}`, or Java properties. Commands that only move offsets take aliases and policy from them. Not given, the three connectors are generated from the other inputs, and `topics` must be spelled out.',
    importance: 'first',
  },
  {
    name: 'connector-state',
    group: 'connectors',
    kind: 'choice',
    choices: CONNECTOR_STATES,
    commands: ['plan', 'apply', 'migrate'],
    description:
      'State that `apply` brings the connectors to. Not given, new connectors start and the others keep the state they have.',
    importance: 'rest',
  },
  {
    name: 'approved-plan',
    group: 'connectors',
    kind: 'text',
    commands: ['apply', 'migrate'],
    description:
      'The `plan-hash` of the plan that was reviewed, or `from-pr` for the one in our comment on the pull request that was merged. If the plan is no longer that one, nothing is applied.',
    importance: 'rest',
  },
  {
    name: 'remove-connectors',
    group: 'connectors',
    kind: 'list',
    commands: ['plan', 'apply', 'migrate'],
    description: 'Names of connectors that `apply` deletes from the worker. Nothing else is ever deleted.',
    importance: 'rest',
  },
  {
    name: 'restore-on-failure',
    group: 'connectors',
    kind: 'boolean',
    default: 'false',
    commands: ['apply', 'migrate'],
    description: '`true` puts the configs from before back when a connector does not come to run.',
    importance: 'rest',
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
  {
    name: 'tasks-max',
    group: 'connectors',
    kind: 'count',
    default: '4',
    commands: ['plan', 'apply', 'check', 'migrate'],
    description: 'Tasks of the generated source connector (`tasks.max`).',
    importance: 'rest',
  },
  {
    name: 'replication-factor',
    group: 'connectors',
    kind: 'count',
    commands: ['plan', 'apply', 'check', 'migrate'],
    description: 'Replication factor of the topics that MirrorMaker 2 creates. Not given, that of the brokers.',
    importance: 'rest',
  },
  {
    name: 'connector-secrets',
    group: 'connectors',
    kind: 'text',
    default: 'env',
    commands: ['plan', 'apply', 'check', 'migrate'],
    description:
      'Where the worker finds the secrets of generated connectors: `env`, `file:PATH` (a properties file on the worker) or `secretsmanager:NAME`.',
    importance: 'rest',
  },
  {
    name: 'connector-properties',
    group: 'connectors',
    kind: 'properties',
    commands: ['plan', 'apply', 'check', 'migrate'],
    description:
      'Java properties, as a path or inline, merged last into the generated connectors: what the worker sees differently, e.g. paths of its own stores. A key of `source.cluster.` or `target.cluster.` holds for every client of that cluster.',
    importance: 'rest',
  },
] as const satisfies readonly InputSpec[];
