/** Runs that GitHub gives no secrets: a pull request from a fork, or of Dependabot. Their files are not trusted either. */
import type { Command } from '../domain/verdicts.ts';
import { sayUnusedGeneration } from './groups/generation.ts';
import type { InputReader } from './input-reader.ts';
import { INPUTS } from './schema/schema.ts';

/** What such a run may do; all else would need what it does not have. */
const ALLOWED: ReadonlySet<Command> = new Set<Command>(['plan', 'check']);

/**
 * @param reason why there are no secrets, e.g. `a pull request from a fork`; null for any other run.
 * @returns the reason, or null where secrets were given all the same (organisations may allow it).
 */
export function reasonForLintOnly(reason: string | null, given: ReadonlySet<string>): string | null {
  const hasSecrets = INPUTS.some(({ name, secret, ofGitHub }) => secret === true && !ofGitHub && given.has(name));
  return hasSecrets ? null : reason;
}

/** Refuses what writes, and says what is left of the rest. */
export function checkLintOnly(reader: InputReader, command: Command, reason: string): void {
  if (!ALLOWED.has(command)) {
    const hint = 'Run it where the secrets are: after the merge, or on a branch of the repository itself.';
    reader.problem('command', `plan or check, since this is ${reason} and has no secrets`, `"${command}"`, hint);
    return;
  }
  const left = command === 'plan' ? lookedAt(reader) : 'nothing can be checked';
  reader.notice(`This is ${reason} and has no secrets: ${left}; no cluster and no worker is asked.`);
}

/** What would be generated depends on how clusters are signed in to. */
function lookedAt(reader: InputReader): string {
  sayUnusedGeneration(reader);
  return reader.isGiven('connectors')
    ? 'only the connectors’ configs are looked at'
    : 'nothing is looked at, since connectors names no files and none are generated';
}
