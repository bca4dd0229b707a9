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
  {
    name: 'github-token',
    group: 'report',
    kind: 'text',
    secret: true,
    ofGitHub: true,
    actionDefault: '${{ github.token }}',
    description:
      'Token to read the pull request with, for `approved-plan: from-pr`; `permissions: pull-requests: read` is enough.',
    importance: 'rest',
  },
  {
    name: 'github-api-url',
    group: 'report',
    kind: 'url',
    ofGitHub: true,
    actionDefault: '${{ github.api_url }}',
    description: 'REST API of GitHub; for GitHub Enterprise Server the runner knows it.',
    importance: 'rest',
  },
  {
    name: 'pr-number',
    group: 'report',
    kind: 'count',
    ofGitHub: true,
    description: 'Pull request that `approved-plan: from-pr` reads. Not given, the one whose merge made this commit.',
    importance: 'rest',
  },
] as const satisfies readonly InputSpec[];
