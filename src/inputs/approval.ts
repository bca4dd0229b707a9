/** What the first step of the action must know of the inputs, which are not parsed there: they lack the secrets. */
import { parseConfigFile } from './config-file.ts';
import type { FileText } from './file-text.ts';

export interface ApprovalInputs {
  readonly command: string;
  readonly approvedPlan: string;
  readonly label: string;
  readonly githubToken: string;
  readonly githubApiUrl: string;
  /** As given; '' when not. */
  readonly prNumber: string;
}

/**
 * From what was given and the config file, in this order. A config file that cannot be read or is wrong counts as
 * empty: the run step reports it.
 */
export function readApprovalInputs(
  raw: ReadonlyMap<string, string>,
  readFile: (path: string) => FileText,
): ApprovalInputs {
  const path = raw.get('config')?.trim() ?? '';
  const file = path === '' ? null : readFile(path);
  const config = file !== null && 'text' in file ? parseConfigFile(file.text, path).values : new Map<string, string>();
  const value = (name: string, byDefault = '') => raw.get(name)?.trim() || config.get(name)?.trim() || byDefault;
  return {
    command: value('command', 'plan'),
    approvedPlan: value('approved-plan'),
    label: value('label', 'default'),
    githubToken: value('github-token'),
    githubApiUrl: value('github-api-url', 'https://api.github.com'),
    prNumber: value('pr-number'),
  };
}

/** Whether the reviewed plan is to be looked up: only what applies reads it. */
export function asksForPullRequest({ command, approvedPlan }: ApprovalInputs): boolean {
  return approvedPlan === 'from-pr' && (command === 'apply' || command === 'migrate');
}
