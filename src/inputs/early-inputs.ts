/**
 * What is known of the inputs before or without parsing them: the first step of the action lacks the secrets, and bad
 * input must be told as the run that it was, under its own label.
 */
import { COMMENT_MODES, COMMENT_WHEN, type CommentMode, type CommentWhen } from '../domain/comment-choice.ts';
import { FAIL_ON, type FailOn } from '../domain/fail-on.ts';
import { shardOfName } from '../domain/shard.ts';
import { COMMANDS, type Command } from '../domain/verdicts.ts';
import { parseConfigFile } from './config-file.ts';
import type { FileText } from './file-text.ts';
import { LABEL_PATTERN } from './values/label.ts';

export interface EarlyInputs {
  readonly command: Command;
  readonly approvedPlan: string;
  /** null: it is wrong, or may stand in a config file that cannot be read. */
  readonly label: string | null;
  readonly comment: CommentWhen;
  readonly commentMode: CommentMode;
  readonly failOn: FailOn;
  readonly shard: string | null;
  readonly githubToken: string;
  readonly githubApiUrl: string;
  /** As given; '' when not. */
  readonly prNumber: string;
}

/**
 * From what was given and the config file, in this order. A config file that cannot be read or is wrong counts as
 * empty, and so does each wrong value: the run step reports them.
 */
export function readEarlyInputs(raw: ReadonlyMap<string, string>, readFile: (path: string) => FileText): EarlyInputs {
  const config = readConfig(raw.get('config')?.trim() ?? '', readFile);
  const value = (name: string, byDefault = '') => raw.get(name)?.trim() || config?.get(name)?.trim() || byDefault;
  const oneOf = <T extends string>(name: string, values: readonly T[], byDefault: T) =>
    values.find((one) => one === value(name)) ?? byDefault;
  const label = value('label', config === null ? '' : 'default');
  const shard = value('shard');
  return {
    command: oneOf('command', COMMANDS, 'plan'),
    approvedPlan: value('approved-plan'),
    label: LABEL_PATTERN.test(label) ? label : null,
    comment: oneOf('comment', COMMENT_WHEN, 'auto'),
    commentMode: oneOf('comment-mode', COMMENT_MODES, 'update'),
    failOn: oneOf('fail-on', FAIL_ON, 'not-ready'),
    shard: shardOfName(shard) === null ? null : shard,
    githubToken: value('github-token'),
    githubApiUrl: value('github-api-url', 'https://api.github.com'),
    prNumber: value('pr-number'),
  };
}

/** null: nobody knows what it says. */
function readConfig(path: string, readFile: (path: string) => FileText): ReadonlyMap<string, string> | null {
  if (path === '') return new Map();
  const file = readFile(path);
  if (!('text' in file)) return null;
  const { values, problems } = parseConfigFile(file.text, path);
  return values.size === 0 && problems.length > 0 ? null : values;
}

/** Whether the reviewed plan is to be looked up: only what applies reads it. */
export function asksForPullRequest({ command, approvedPlan }: EarlyInputs): boolean {
  return approvedPlan === 'from-pr' && (command === 'apply' || command === 'migrate');
}
