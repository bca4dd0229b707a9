import { PHASES } from '../../domain/cutover/facts.ts';
import type { Command } from '../../domain/verdicts.ts';
import type { InputSpec } from './input-spec.ts';

const GATING: readonly Command[] = ['check', 'migrate'];

export const GATE_INPUTS = [
  {
    name: 'phase',
    group: 'gate',
    kind: 'choice',
    choices: PHASES,
    default: 'rehearse',
    commands: GATING,
    description:
      'What `check` is asked: `rehearse` judges on the live system what a sync now would commit, `cutover` wants consumers and producers at rest and every offset committed, `decommission` wants everything copied, the source untouched and the groups at work on the target.',
    importance: 'rest',
  },
  {
    name: 'max-redelivered',
    group: 'gate',
    kind: 'count',
    default: '0',
    commands: GATING,
    description: 'Records that a group may read again on the target.',
    importance: 'rest',
  },
  {
    name: 'max-replication-lag',
    group: 'gate',
    kind: 'count',
    default: '0',
    commands: GATING,
    description:
      'Records of one partition that MirrorMaker 2 may still have to copy of what was there when the check began, markers of transactions not counted. `decommission` allows none, whatever stands here, nor of what came since.',
    importance: 'rest',
  },
  {
    name: 'max-checkpoint-age',
    group: 'gate',
    kind: 'duration',
    default: '5m',
    commands: GATING,
    description:
      'How old a checkpoint may be while its group has moved on, where checkpoints are relied upon (`translation: checkpoint`, or the group sync of MirrorMaker 2).',
    importance: 'rest',
  },
  {
    name: 'required-groups',
    group: 'gate',
    kind: 'list',
    commands: GATING,
    description:
      'Consumer groups, names or patterns, that must be seen and be ready; one that is not there, or left out by the selection, makes `check` fail.',
    importance: 'rest',
  },
  {
    name: 'activity-window',
    group: 'gate',
    kind: 'duration',
    default: '10s',
    commands: GATING,
    description:
      'Time between two looks at commits and log ends: what moves in between is still at work. Longer than the commit interval of consumers that assign their partitions.',
    importance: 'rest',
  },
  {
    name: 'cutover-within',
    group: 'gate',
    kind: 'duration',
    default: '3d',
    commands: GATING,
    description:
      'When the cutover will be at the latest: the target must keep offsets (`offsets.retention.minutes`) that long.',
    importance: 'rest',
  },
  {
    name: 'skip-checks',
    group: 'gate',
    kind: 'list',
    commands: GATING,
    description:
      'Ids of checks that are not asked, separated by commas, e.g. `heartbeat,acls`; the verdict names them. Nothing else lets an unknown pass.',
    importance: 'rest',
  },
] as const satisfies readonly InputSpec[];
