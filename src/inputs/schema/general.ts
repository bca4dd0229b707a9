import { COMMANDS } from '../../domain/verdicts.ts';
import type { InputSpec } from './input-spec.ts';

export const GENERAL_INPUTS = [
  {
    name: 'command',
    group: 'general',
    kind: 'choice',
    choices: COMMANDS,
    default: 'plan',
    description:
      'What to do: `plan` shows what would change, `apply` creates and updates the connectors, `sync` commits consumer-group offsets on the target, `check` says which groups can cut over, `migrate` is apply, sync and check, `export` saves the offsets of the target, `rollback` restores them, and `report` merges the reports of several runs. `plan`, `check`, `export` and `report` write to no cluster.',
    importance: 'first',
  },
  {
    name: 'config',
    group: 'general',
    kind: 'path',
    description:
      'YAML file with these same inputs, e.g. `.github/mm2.yml`, to be shared by several workflows. It may hold no secret, and an input given directly wins over it.',
    importance: 'rest',
  },
  {
    name: 'timeout',
    group: 'general',
    kind: 'duration',
    default: '5h',
    description:
      'The whole run ends by then, with its report written. Keep it below `timeout-minutes` of the job, which ends a run without one.',
    importance: 'rest',
  },
] as const satisfies readonly InputSpec[];
