import { COMMENT_MODES, COMMENT_WHEN } from '../../domain/comment-choice.ts';
import { FAIL_ON } from '../../domain/fail-on.ts';
import type { InputSpec } from './input-spec.ts';

export const REPORT_INPUTS = [
  {
    name: 'reports',
    group: 'report',
    kind: 'path',
    commands: ['report'],
    description:
      'Glob of the `report.json` files that `report` merges into one, e.g. `reports/**/report.json`: one of each `shard`, downloaded into a folder of its own.',
    importance: 'rest',
  },
  {
    name: 'report-dir',
    group: 'report',
    kind: 'path',
    default: 'mm2-report',
    description:
      'Folder for `report.json`, `report.html`, `junit.xml` and `report.csv`, and for the export of the offsets that were there before. The action uses a folder of its own under `RUNNER_TEMP` when this is not given.',
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
    name: 'metrics-file',
    group: 'report',
    kind: 'path',
    commands: ['plan', 'apply', 'sync', 'check', 'migrate', 'export', 'rollback'],
    description:
      'File to write the metrics of the run to, as OpenMetrics text: result, checks, and for each group readiness, delta and records to be read again. For the textfile collector of a node exporter (name it `*.prom`).',
    importance: 'rest',
  },
  {
    name: 'metrics-pushgateway',
    group: 'report',
    kind: 'url',
    commands: ['plan', 'apply', 'sync', 'check', 'migrate', 'export', 'rollback'],
    description:
      'Pushgateway to push the same metrics to, such as `http://prometheus.migration:9091`. Asked directly, not through a proxy. One that does not take them is a warning.',
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
    name: 'comment',
    group: 'report',
    kind: 'choice',
    choices: COMMENT_WHEN,
    default: 'auto',
    description:
      'When the action comments on the pull request: `auto` on an event of a pull request or with `pr-number`, `always` also on the one that the commit belongs to, `on-failure` as `auto` where the result is not-ready, partial or failed; a good result then only brings a comment up to date that is there. One comment for each `label` and command.',
    importance: 'rest',
  },
  {
    name: 'comment-mode',
    group: 'report',
    kind: 'choice',
    choices: COMMENT_MODES,
    default: 'update',
    description:
      'What becomes of the comment before: `update` changes it in place, `recreate` deletes it, `minimize` folds it.',
    importance: 'rest',
  },
  {
    name: 'github-token',
    group: 'report',
    kind: 'text',
    secret: true,
    ofGitHub: true,
    actionDefault: 'github.token',
    description:
      'Token to comment with (`permissions: pull-requests: write`) and to read the comment with for `approved-plan: from-pr`. Without the permission the summary is still there, and a warning says what is missing.',
    importance: 'rest',
  },
  {
    name: 'github-api-url',
    group: 'report',
    kind: 'url',
    ofGitHub: true,
    actionDefault: 'github.api_url',
    description: 'REST API of GitHub; for GitHub Enterprise Server the runner knows it.',
    importance: 'rest',
  },
  {
    name: 'pr-number',
    group: 'report',
    kind: 'count',
    ofGitHub: true,
    description:
      'Pull request to comment on, and that `approved-plan: from-pr` reads. Not given, the one of the event; for `from-pr` the one whose merge made this commit.',
    importance: 'rest',
  },
] as const satisfies readonly InputSpec[];
