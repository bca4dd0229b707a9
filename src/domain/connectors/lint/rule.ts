/** What a rule of the lint is. Every rule is a row of `rule-table.ts`, and a row of docs/connectors.md. */
import type { Severity } from '../../finding.ts';
import type { LintView } from './lint-view.ts';
import type { LintedConnector } from './linted-connector.ts';

export interface Rule {
  /** Kebab-case, stable: `lint: ignore:` and reports name it. */
  readonly id: string;
  /** `error` only for what certainly breaks, loses or corrupts data, or leaks a secret: it stops `apply`. */
  readonly severity: Severity;
  /** The mistake in a few words, for the documents. */
  readonly title: string;
  /** What happens because of it; ends each message. */
  readonly effect: string;
  /** What to write instead. */
  readonly hint: string;
  /** Where the documents tell more. */
  readonly doc: string;
  /** What it looks at beside the files: without that, it may find nothing where it would. */
  readonly needs: readonly Need[];
  readonly test: (view: LintView) => readonly Hit[];
}

/** Connectors on the worker, the worker's version, the number of brokers, topics and groups of the source. */
export type Need = 'live' | 'version' | 'brokers' | 'names';

/** One place where a rule found its mistake. */
export interface Hit {
  /** Null for what is no connector's, e.g. an entry of `lint: ignore:`; then `named` says whose. */
  readonly connector: LintedConnector | null;
  readonly named?: string;
  /** The key at fault, or the one that should be there. */
  readonly key: string | null;
  /** A sentence that says what was seen; holds values only as `LintView.quote` gives them. */
  readonly found: string;
  /** Instead of the rule's. */
  readonly hint?: string | undefined;
  readonly effect?: string;
  /** An error is a warning then. */
  readonly isUnsure?: boolean;
  /** Of this plan: what a connector on the worker stands in the way of. Without it nothing is said of such a one. */
  readonly beside?: LintedConnector;
}

export function rule(parts: Omit<Rule, 'doc' | 'needs'> & Partial<Pick<Rule, 'needs'>>): Rule {
  return { needs: [], ...parts, doc: `docs/connectors.md#${parts.id}` };
}

/** A hit at a key of a connector. */
export function hit(connector: LintedConnector, key: string | null, found: string, hint?: string): Hit {
  return hint === undefined ? { connector, key, found } : { connector, key, found, hint };
}

/** The same, for one that may be on the worker: then the finding stands at the line of the one of the plan. */
export function hitBeside(
  connector: LintedConnector,
  key: string | null,
  found: string,
  desired: LintedConnector,
  hint?: string,
): Hit {
  const there = hit(connector, key, found, hint);
  return connector.live === null ? there : { ...there, beside: desired };
}
