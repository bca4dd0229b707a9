/** What a worker objects to, as findings beside those of the lint: one list, one entry for each key. */
import type { Finding } from '../finding.ts';
import type { ConnectorConfig } from './connector-config.ts';

export const WORKER_OBJECTS = 'connect-validate';

export interface ConnectorProblem {
  readonly connector: ConnectorConfig;
  /** null when the worker refused the config as a whole. */
  readonly key: string | null;
  /** The worker's words, free of secrets. */
  readonly message: string;
  /** What to do; null = correct the file. */
  readonly hint: string | null;
}

export function problemFinding({ connector, key, message, hint }: ConnectorProblem): Finding {
  const { name, file, lines } = connector;
  const at = file === 'generated' ? undefined : { file, line: key === null ? null : (lines.get(key) ?? null) };
  return {
    rule: WORKER_OBJECTS,
    severity: 'error',
    where: whereOf(name, key),
    message: sentence(message),
    hint: hint ?? `Correct ${file}; nothing was changed.`,
    at,
  };
}

/**
 * The findings of the lint, then those of the worker. Where both speak of the same key, the lint's entry stays, as an
 * error and with the worker's words; one that somebody silenced says nothing, and so hides no word of the worker.
 */
export function mergeProblems(lint: readonly Finding[], problems: readonly ConnectorProblem[]): readonly Finding[] {
  const left = new Map<string, Finding[]>();
  for (const finding of problems.map(problemFinding)) {
    left.set(finding.where, [...(left.get(finding.where) ?? []), finding]);
  }
  const merged = lint.map((finding) => {
    const same = finding.silenced === undefined ? left.get(finding.where) : undefined;
    if (same === undefined) return finding;
    left.delete(finding.where);
    const words = same.map(({ message }) => message).join(' ');
    return { ...finding, severity: 'error' as const, message: `${finding.message} The worker says: ${words}` };
  });
  return [...merged, ...[...left.values()].map(joined)];
}

/** The place of a finding about a connector, as the lint writes it too. */
export function whereOf(name: string, key: string | null): string {
  return key === null ? name : `${name}: ${key}`;
}

function joined(findings: readonly Finding[]): Finding {
  const [first] = findings as [Finding];
  return { ...first, message: findings.map(({ message }) => message).join(' ') };
}

function sentence(message: string): string {
  return /[.!?]$/.test(message) ? message : `${message}.`;
}
