/** What the inputs of the run ask for in so many words: whoever chose it is told once at most, and stopped by nothing. */
import { applyRank, type ConfigMap, type ConnectorConfig, GENERATED } from '../connector-config.ts';
import type { LintSubject } from './lint.ts';
import type { Hit, Rule } from './rule.ts';

/** What would be generated from the inputs of this run, whatever the files hold. */
export interface AskedFor {
  readonly connectors: readonly ConnectorConfig[];
  /** Settings of the worker. */
  readonly worker: ConfigMap;
}

/** The run says it of the input, before anything is linted. */
const TOLD_OF_INPUT: ReadonlySet<string> = new Set([
  'sasl-plaintext',
  'iam-without-tls',
  'hostname-check-off',
  'custom-policy-superseded',
]);
const TOLD_ONCE: ReadonlySet<string> = new Set(['admin-user', 'replication-factor-low', 'tasks-max-one']);

/** The hits that are left to be told. */
export function withoutWishes({ id }: Rule, hits: readonly Hit[], { asked }: LintSubject): readonly Hit[] {
  if (TOLD_OF_INPUT.has(id)) return hits.filter((hit) => !isAskedFor(hit, asked));
  if (!TOLD_ONCE.has(id)) return hits;
  const first = hits.find((hit) => isAskedFor(hit, asked));
  return hits.filter((hit) => hit === first || !isAskedFor(hit, asked));
}

/**
 * A generated connector follows its inputs; a setting of a file does where it has the very value, and, how a client
 * connects, where it signs in as asked too.
 */
function isAskedFor({ connector, key }: Hit, asked: AskedFor | null | undefined): boolean {
  if (connector === null || key === null) return false;
  const { file, class: connectorClass } = connector.connector;
  if (file === GENERATED) return true;
  if (!asked) return false;
  const alike = asked.connectors.find((one) => applyRank(one.class) === applyRank(connectorClass));
  const wanted = connectorClass === '' ? asked.worker : alike?.config;
  const isEqual = (name: string) => (connector.given(name) ?? undefined) === wanted?.[name];
  if (wanted === undefined || !connector.has(key) || !isEqual(key)) return false;
  return !key.endsWith('security.protocol') || isEqual(key.replace(/security\.protocol$/, 'sasl.mechanism'));
}
