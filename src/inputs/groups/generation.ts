/** What connectors are generated from, beyond clusters, policy and selection. */
import type { ConnectorSecrets } from '../../domain/connectors/generate/generation.ts';
import { breaksJaasQuotes } from '../../domain/connectors/generate/jaas-text.ts';
import { isSecretEntry } from '../../domain/connectors/redact.ts';
import type { Clusters } from '../command-needs.ts';
import type { InputReader } from '../input-reader.ts';
import { loadEntries } from '../properties/client-properties.ts';
import { readCount } from '../read-values.ts';
import type { InputName } from '../schema/schema.ts';
import { registerPassword } from '../secret-forms.ts';
import type { GenerationInputs } from '../typed-inputs.ts';
import { show } from '../values/show.ts';

/** Keys that both this action and the connectors must read alike, or that name the connector. */
const INPUT_OF_KEY: ReadonlyMap<string, InputName | null> = new Map<string, InputName | null>([
  ['source.cluster.alias', 'source-alias'],
  ['target.cluster.alias', 'target-alias'],
  ['replication.policy.class', 'replication-policy'],
  ['replication.policy.separator', 'replication-policy-separator'],
  ['replication.policy.internal.topic.separator.enabled', 'replication-policy-internal-topic-separator-enabled'],
  ['offset-syncs.topic.location', 'offset-syncs-topic-location'],
  ['topics', 'topics'],
  ['topics.exclude', 'topics-exclude'],
  ['groups', 'groups'],
  ['groups.exclude', 'groups-exclude'],
  ['tasks.max', 'tasks-max'],
  ['name', null],
  ['connector.class', null],
]);

export function readGeneration(reader: InputReader): GenerationInputs {
  return {
    tasksMax: readCount(reader, 'tasks-max', 1) ?? 1,
    replicationFactor: reader.isGiven('replication-factor') ? readCount(reader, 'replication-factor', 1) : null,
    properties: readConnectorProperties(reader),
    secrets: readConnectorSecrets(reader),
  };
}

function readConnectorProperties(reader: InputReader): ReadonlyMap<string, string> {
  const entries = loadEntries(reader, 'connector-properties') ?? new Map<string, string>();
  for (const [key, value] of entries) {
    if (isSecretEntry(key, value)) registerPassword(reader, value.trim());
    const input = INPUT_OF_KEY.get(key);
    if (input === undefined) continue;
    const hint = input === null ? 'Leave it out: it is made for each connector.' : `Leave it out, and give ${input}.`;
    reader.problem('connector-properties', 'settings that have no input of their own', show(key), hint);
  }
  return entries;
}

/** A reference ends at the first brace, and Kafka takes it apart at its colons. */
function readConnectorSecrets(reader: InputReader): ConnectorSecrets {
  const text = reader.text('connector-secrets') ?? 'env';
  const [, provider, where = ''] = /^(file|secretsmanager):([^}\s]+)$/.exec(text) ?? [];
  if (text === 'env') return { provider: 'env' };
  if (provider === 'secretsmanager') return { provider, name: where };
  if (provider === 'file' && !where.includes(':')) return { provider, path: where };
  const hint = 'A path or name without spaces and braces; a path without colons too, at which Kafka takes it apart.';
  reader.problem('connector-secrets', 'env, file:PATH or secretsmanager:NAME', reader.seen('connector-secrets'), hint);
  return { provider: 'env' };
}

const ONLY_GENERATED = ['tasks-max', 'replication-factor', 'connector-secrets', 'connector-properties'] as const;

/** `connectors` names files: what is read for generated ones alone is without effect. */
export function sayUnusedGeneration(reader: InputReader): void {
  const unused = reader.givenDirectly().filter((name) => ONLY_GENERATED.some((one) => one === name));
  if (!reader.isGiven('connectors') || unused.length === 0) return;
  reader.notice(`${unused.join(', ')}: not used, since connectors names files.`);
}

/** The worker puts the password between the quotes as it is. The documents say it in the same words. */
export const QUOTES_ADVICE =
  'Workers that you run yourself need a backslash before each quote and backslash of a password, and \\n for a line break; the image of deploy/connect does that itself.';

export function sayBrokenQuotes(reader: InputReader, clusters: Clusters): void {
  for (const side of ['source', 'target'] as const) {
    const sasl = clusters[side].cluster?.sasl ?? null;
    if (sasl === null || sasl.mechanism === 'iam' || !breaksJaasQuotes(sasl.password)) continue;
    reader.notice(`${side}-password holds a quote, a backslash or a line break. ${QUOTES_ADVICE}`);
  }
}
