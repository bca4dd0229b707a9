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
    commands: ['sync', 'rollback'],
    description:
      '`true` plans and reports every commit of `sync` and makes none. `rollback` is a dry run unless this is `false`.',
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
    commands: ['plan', 'sync', 'check', 'migrate', 'rollback'],
    description:
      'Consumer groups, names or patterns, whose target offsets somebody else committed and that are synced all the same, forward only; `rollback` sets them back as well.',
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
    commands: ['plan', 'sync', 'check', 'migrate', 'export', 'rollback'],
    description: 'Share of the groups that this run takes, as `i/n`: `1/4` … `4/4` in four jobs take each group once.',
    importance: 'rest',
  },
  {
    name: 'rollback-from',
    group: 'sync',
    kind: 'path',
    commands: ['rollback', 'check'],
    description:
      'The offsets export (`.jsonl`) that `rollback` restores: the output `offsets-export` of an earlier `sync`, `migrate`, `export` or `rollback`.',
    importance: 'rest',
  },
] as const satisfies readonly InputSpec[];
