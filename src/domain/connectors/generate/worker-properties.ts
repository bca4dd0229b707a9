/** The properties file of a Connect worker that runs the generated connectors, with its reasons as comments. */
import type { ConfigMap } from '../connector-config.ts';
import { clientSettings, overridingSettings, type Settings, withPrefix } from './client-settings.ts';
import type { ConnectorSecrets, GenerationFacts } from './generation.ts';
import { converterSettings } from './naming.ts';
import { type PropertiesLine, propertiesText } from './properties-text.ts';
import { neededSecrets } from './secret-references.ts';

const BLANK: PropertiesLine = { kind: 'blank' };

/** Ends with a line break; holds references in place of secrets. */
export function generateWorkerProperties(facts: GenerationFacts): string {
  const sections = sectionsOf(facts);
  return propertiesText(sections.flatMap((lines, index) => (index === 0 ? lines : [BLANK, ...lines])));
}

/** The same as settings, without the comments. */
export function workerSettings(facts: GenerationFacts): ConfigMap {
  const lines = sectionsOf(facts).flat();
  return Object.fromEntries(lines.flatMap((line) => (line.kind === 'setting' ? [[line.key, line.value]] : [])));
}

function sectionsOf(facts: GenerationFacts): readonly (readonly PropertiesLine[])[] {
  const group = workerGroup(facts);
  return [
    head(facts),
    clusterSection(facts),
    storageSection(group, facts),
    restSection(),
    connectorSection(facts),
    providerSection(facts),
  ];
}

/** Workers of one group share the connectors; their topics are named after it. */
export function workerGroup({
  sourceAlias,
  targetAlias,
}: Pick<GenerationFacts, 'sourceAlias' | 'targetAlias'>): string {
  return `connect-${sourceAlias}-to-${targetAlias}`;
}

function head(facts: GenerationFacts): readonly PropertiesLine[] {
  return comments(
    `Kafka Connect worker beside the target (${facts.targetAlias}) of MirrorMaker 2's connectors ${facts.sourceAlias} -> ${facts.targetAlias}.`,
    'Start with: connect-distributed.sh connect-worker.properties',
  );
}

/** Each client of the worker reads its own prefix and nothing else. */
function clusterSection(facts: GenerationFacts): readonly PropertiesLine[] {
  const target = clientSettings(facts, 'target');
  const security = new Map([...target].filter(([key]) => key !== 'bootstrap.servers'));
  const { kept, left } = producerSettings(facts, security);
  return [
    ...comments('The target cluster. These are the clients of the worker itself: its group and its three topics.'),
    ...settings(target),
    ...comments('Clients of connectors take none of the above, but what stands under their own prefix.'),
    ...settings(withPrefix('producer.', kept)),
    ...comments(...left.map((key) => `producer.${key} is left to the connectors: ${LEFT_OUT}`)),
    ...settings(withPrefix('consumer.', security)),
    ...settings(withPrefix('admin.', security)),
  ];
}

const LEFT_OUT = 'one that writes to the source could not take it back.';

/**
 * The heartbeat connector writes to the source, over this. What its overrides have no value for would reach the source's
 * client: a truststore that does not hold the source's authority, a key password where the key has none.
 */
function producerSettings(facts: GenerationFacts, target: Settings): { kept: Settings; left: readonly string[] } {
  const source = overridingSettings(clientSettings(facts, 'source'));
  const protocol = source.get('security.protocol') ?? '';
  const reachesSource = (key: string) =>
    !source.has(key) &&
    ((key.startsWith('ssl.') && protocol.endsWith('SSL')) || (key.startsWith('sasl.') && protocol.startsWith('SASL')));
  const left = [...target.keys()].filter(reachesSource);
  return { kept: new Map([...target].filter(([key]) => !reachesSource(key))), left };
}

const STORAGE = [
  ['config', 'configs'],
  ['offset', 'offsets'],
  ['status', 'status'],
] as const;

function storageSection(group: string, facts: GenerationFacts): readonly PropertiesLine[] {
  const factor = String(facts.replicationFactor ?? -1);
  const topics = STORAGE.flatMap(([kind, topic]): [string, string][] => [
    [`${kind}.storage.topic`, `${group}-${topic}`],
    [`${kind}.storage.replication.factor`, factor],
  ]);
  return [
    ...comments('Workers with the same group share the connectors. Its topics are compacted; never share them.'),
    ...settings(new Map([['group.id', group], ...topics])),
    ...(facts.replicationFactor === null ? comments('-1 is the default of the brokers (Kafka 2.6 and later).') : []),
    ...comments(
      'Each flush also writes the newest offset syncs (Kafka 3.7), from which places of groups are translated.',
    ),
    ...settings(new Map([['offset.flush.interval.ms', '10000']])),
  ];
}

function restSection(): readonly PropertiesLine[] {
  return [
    ...comments(
      'Whoever reaches this port can read every config and start connectors: keep it in a private network, or use',
      'https and rest.extension.classes=org.apache.kafka.connect.rest.basic.auth.extension.BasicAuthSecurityRestExtension.',
      'That there is none says that its network protects it.',
    ),
    ...settings(
      new Map([
        ['listeners', 'http://0.0.0.0:8083'],
        ['rest.extension.classes', ''],
      ]),
    ),
    ...comments(
      'With more than one worker, the name by which the others reach this one:',
      'rest.advertised.host.name=',
    ),
  ];
}

function connectorSection(facts: GenerationFacts): readonly PropertiesLine[] {
  return [
    ...comments('Any other converter changes keys, values or headers on their way.'),
    ...settings(converterSettings()),
    ...comments(
      'The generated connectors tune their producers and name the cluster that they write to (producer.override.*).',
      'The heartbeat connector names the source there and in target.cluster.*, on purpose: heartbeats must be written',
      'to the source, so that they travel to the target with the records.',
    ),
    ...settings(new Map([['connector.client.config.override.policy', 'All']])),
    ...comments(...jarsOf(facts).map((jar) => `${jar} goes into Kafka's libs, beside MirrorMaker 2 itself.`)),
    ...comments(
      'Exactly once needs a source consumer that reads committed, which the generated one does. The heartbeat connector',
      'then needs admin.override.* and consumer.override.* with the settings of its producer.override.* too.',
      'exactly.once.source.support=enabled',
      'plugin.path=/opt/connect-plugins',
    ),
  ];
}

/** What a distribution of Kafka does not bring. */
function jarsOf({ source, target, policyClass }: GenerationFacts): readonly string[] {
  const jars: string[] = [];
  if (!policyClass.startsWith('org.apache.kafka.')) jars.push(`The jar of ${policyClass}`);
  if (source.sasl?.mechanism === 'iam' || target.sasl?.mechanism === 'iam') jars.push('The jar aws-msk-iam-auth (all)');
  return jars;
}

function providerSection(facts: GenerationFacts): readonly PropertiesLine[] {
  const needed = neededSecrets(facts);
  if (needed.length === 0) return comments('Nothing here or in the connectors refers to a secret.');
  const names = needed.map(({ name }) => name).join(', ');
  return [
    ...comments(`${WHERE[facts.secrets.provider]} ${names}`),
    ...settings(providerSettings(facts.secrets)),
    ...(facts.secrets.provider === 'secretsmanager' ? comments('config.providers.secretsmanager.param.region=') : []),
  ];
}

const WHERE: Readonly<Record<ConnectorSecrets['provider'], string>> = {
  env: 'Variables that the process of the worker must have (Kafka 3.5 and later):',
  file: 'Keys that the file on the worker must have, readable for its process alone:',
  secretsmanager: 'Keys of the secret (JSON), read by msk-config-providers, which must be on the plugin path:',
};

/** Each provider gives no more than the configs need: whoever may write a connector could read the rest by it. */
function providerSettings(secrets: ConnectorSecrets): Settings {
  switch (secrets.provider) {
    case 'env':
      return new Map([
        ['config.providers', 'env'],
        ['config.providers.env.class', 'org.apache.kafka.common.config.provider.EnvVarConfigProvider'],
        ['config.providers.env.param.allowlist.pattern', '(SOURCE|TARGET)_(PASSWORD|KEY|KEY_PASSWORD)'],
      ]);
    case 'file':
      return new Map([
        ['config.providers', 'file'],
        ['config.providers.file.class', 'org.apache.kafka.common.config.provider.FileConfigProvider'],
        ['config.providers.file.param.allowed.paths', secrets.path],
      ]);
    case 'secretsmanager':
      return new Map([
        ['config.providers', 'secretsmanager'],
        ['config.providers.secretsmanager.class', 'com.amazonaws.kafka.config.providers.SecretsManagerConfigProvider'],
      ]);
  }
}

function settings(entries: Settings): readonly PropertiesLine[] {
  return [...entries].map(([key, value]) => ({ kind: 'setting', key, value }));
}

function comments(...texts: readonly string[]): readonly PropertiesLine[] {
  return texts.map((text) => ({ kind: 'comment', text }));
}
