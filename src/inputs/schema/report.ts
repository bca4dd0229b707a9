import type { InputSpec } from './input-spec.ts';

export const FAIL_ON = ['not-ready', 'error', 'never'] as const;

export const REPORT_INPUTS = [
  {
    name: 'report-dir',
    group: 'report',
    kind: 'path',
    default: 'mm2-report',
    description:
      'Folder for `report.json` and the export of the offsets that were there before. The action uses a folder of its own under `RUNNER_TEMP` when this is not given.',
    importance: 'rest',
  },
  {
    name: 'label',
    group: 'report',
    kind: 'text',
    default: 'default',
    description: 'Name of this use of the action, so that several in one pull request or job can be told apart.',
    importance: 'rest',
  },
  {
    name: 'fail-on',
    group: 'report',
    kind: 'choice',
    choices: FAIL_ON,
    default: 'not-ready',
    description:
      'When the step fails: `not-ready` on results not-ready, partial and failed, `error` on partial and failed, `never` not at all.',
    importance: 'rest',
  },
] as const satisfies readonly InputSpec[];
