/** What all rules look at: the subject of the lint, its connectors and flows, and how to quote a value. */
import type { Mm2Connector } from '../keys/key-fate.ts';
import { HIDDEN, isSecretEntry, redactText, secretsOf } from '../redact.ts';
import { type Flow, flowsOf } from './flows.ts';
import type { LintSubject } from './lint.ts';
import { type LintedConnector, linted } from './linted-connector.ts';
import { isOff, lintedLive } from './live-connectors.ts';
import { type Overlap, overlapIn } from './overlap.ts';
import { type Selection, selectionOf } from './selection.ts';

export interface LintView {
  readonly subject: LintSubject;
  readonly connectors: readonly LintedConnector[];
  /** Properties files of Connect workers. */
  readonly workers: readonly LintedConnector[];
  /** Connectors and workers: what secrets and sign-ins are looked for in. */
  readonly files: readonly LintedConnector[];
  readonly flows: readonly Flow[];
  /** Connectors of MM2 that work on the worker, and that this plan leaves: only rules across connectors look at them. */
  readonly running: readonly LintedConnector[];
  /** Reads each connector once. */
  readonly overlap: Overlap;
  /** Of the names that the source has; null where these are not known, or cannot be told. Worked out once. */
  selection(connector: LintedConnector, key: 'topics' | 'groups'): Selection | null;
  /** The connectors of MM2 of these roles. */
  of(...roles: readonly Mm2Connector[]): readonly LintedConnector[];
  /** Of these, those that work once the plan is applied. */
  atWork(...roles: readonly Mm2Connector[]): readonly LintedConnector[];
  /** A value for a message, in quotes and of bounded length; `(hidden)` when it is or holds a secret. */
  quote(key: string, value: string): string;
  /** A key for a message: what a broken file makes of a JAAS text may be a key. */
  quoteKey(key: string): string;
}

const LONGEST_QUOTE = 80;

export function lintView(subject: LintSubject): LintView {
  const connectors = subject.connectors.map((connector) => linted(connector, subject.workerVersion));
  const workers = (subject.workers ?? []).map((worker) => linted(worker, subject.workerVersion));
  const files = [...connectors, ...workers];
  const live = (subject.live ?? [])
    .map((one) => lintedLive(one, subject.workerVersion))
    .filter(({ role }) => role !== null);
  const running = live.filter((one) => one.live === 'running');
  const overlap = overlapIn(subject);
  const of = (...roles: readonly Mm2Connector[]) =>
    connectors.filter(({ role }) => role !== null && roles.includes(role));
  const secrets = secretsOf([...files, ...live].map(({ connector }) => connector.config));
  const shown = (text: string): string => {
    const safe = redactText(text, secrets);
    return JSON.stringify(safe.length > LONGEST_QUOTE ? `${safe.slice(0, LONGEST_QUOTE)}…` : safe);
  };
  return {
    subject,
    connectors,
    workers,
    files,
    flows: flowsOf(connectors, running, overlap),
    running,
    overlap,
    selection: selectionsOf(subject),
    of,
    atWork: (...roles) => of(...roles).filter((one) => !isOff(one) && subject.resting?.has(one.name) !== true),
    quote: (key, value) => (isSecretEntry(key, value) ? HIDDEN : shown(value)),
    quoteKey: (key) => (/^[\w.-]{1,80}$/.test(key) && !secrets.includes(key) ? key : shown(key)),
  };
}

function selectionsOf({ topics, groups, slowRegex }: LintSubject): LintView['selection'] {
  const names = { topics, groups };
  const known = {
    topics: new Map<LintedConnector, Selection | null>(),
    groups: new Map<LintedConnector, Selection | null>(),
  };
  return (connector, key) => {
    const given = names[key];
    if (given === null) return null;
    const selection = known[key].has(connector)
      ? known[key].get(connector)
      : selectionOf(connector, key, given, slowRegex);
    known[key].set(connector, selection ?? null);
    return selection ?? null;
  };
}
