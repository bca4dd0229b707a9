import type { InputSpec } from './input-spec.ts';

export const SYNC_INPUTS = [
  {
    name: 'run-for',
    group: 'sync',
    kind: 'duration',
    default: '0',
    commands: ['sync', 'migrate'],
    description:
      'How long `sync` (and the sync of `migrate`) goes on with passes, e.g. `30m`; it ends earlier when nothing changed and nothing is pending. `0` is one pass.',
    importance: 'first',
  },
  {
    name: 'interval',
    group: 'sync',
    kind: 'duration',
    default: '20s',
    commands: ['sync', 'migrate'],
    description: 'Pause between two passes, at least one second.',
    importance: 'rest',
  },
  {
    name: 'dry-run',
    group: 'sync',
    kind: 'boolean',
    default: 'false',
    commands: ['sync'],
    description: '`true` plans and reports every commit of `sync` and makes none.',
    importance: 'rest',
  },
  {
    name: 'allow-rewind',
    group: 'sync',
    kind: 'list',
    commands: ['plan', 'sync', 'check', 'migrate'],
    description:
      'Consumer groups that may be set back on the target, each spelled out. A group set back reads records again.',
    importance: 'rest',
  },
  {
    name: 'overwrite-groups',
    group: 'sync',
    kind: 'list',
    commands: ['plan', 'sync', 'check', 'migrate'],
    description:
      'Consumer groups, names or patterns, whose target offsets somebody else committed and that are synced all the same, forward only.',
    importance: 'rest',
  },
  {
    name: 'refresh',
    group: 'sync',
    kind: 'boolean',
    default: 'false',
    commands: ['plan', 'sync', 'check', 'migrate'],
    description: '`true` commits unchanged offsets again, so that the target does not expire them before cutover.',
    importance: 'rest',
  },
  {
    name: 'shard',
    group: 'sync',
    kind: 'shard',
    commands: ['plan', 'sync', 'check', 'migrate'],
    description: 'Share of the groups that this run takes, as `i/n`: `1/4` … `4/4` in four jobs take each group once.',
    importance: 'rest',
  },
] as const satisfies readonly InputSpec[];
