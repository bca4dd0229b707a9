/** Properties files of Connect workers, by themselves and against the connectors that stand beside them. */
import { securityKeys } from '../client-sides.ts';
import type { LintView } from '../lint-view.ts';
import type { LintedConnector } from '../linted-connector.ts';
import { type Hit, hit, type Rule, rule } from '../rule.ts';

const CONVERTERS = ['key.converter', 'value.converter', 'header.converter'];
/** KAFKA-12482, KAFKA-12484. */
const REMOVED = /^(?:rest\.host\.name|rest\.port|internal\.(?:key|value)\.converter(?:\..*)?)$/;
const OVERRIDE_POLICY = 'connector.client.config.override.policy';
/** KIP-458. */
const POLICIES = [
  {
    name: /(?:^|\.)None(?:ConnectorClientConfigOverridePolicy)?$/,
    refused: /^(?:producer|consumer|admin)\.override\./,
    said: 'None',
    others: '',
  },
  {
    name: /(?:^|\.)Principal(?:ConnectorClientConfigOverridePolicy)?$/,
    refused: /^(?:producer|consumer|admin)\.override\.(?!(?:security\.protocol|sasl\.mechanism|sasl\.jaas\.config)$)/,
    said: 'Principal',
    others: 'other ',
  },
];
const REFERENCE = /\$\{([^}:\s]+):[^}]*\}/g;

export const WORKER_FILE_RULES: readonly Rule[] = [
  rule({
    id: 'worker-clients-differ',
    severity: 'warning',
    title: 'The worker and the producers of its connectors sign in differently',
    effect: 'Each client takes the settings of its own prefix and no others: one of the two cannot connect.',
    hint: 'Give the same security settings without a prefix, and behind producer., consumer. and admin.',
    test: (view) => view.workers.flatMap(clientsDiffer),
  }),
  rule({
    id: 'worker-signs-in-differently',
    severity: 'warning',
    title: 'The worker signs in differently than the connectors at the target',
    effect: 'The worker belongs beside the target, and writes the records there with its own settings.',
    hint: 'Give the worker and target.cluster.* of its connectors the same security settings.',
    test: (view) => (view.workers.length === 1 ? view.workers.flatMap((worker) => unlikeConnectors(view, worker)) : []),
  }),
  rule({
    id: 'worker-converters',
    severity: 'notice',
    title: 'The worker has other default converters than ByteArrayConverter',
    effect: 'A connector of MM2 that does not set its own converters writes something else than it read.',
    hint: 'Set all three converters in each connector of MM2, or ByteArrayConverter here.',
    test: (view) =>
      view.workers.flatMap((worker) => {
        const key = CONVERTERS.find((name) => !/(?:^|\.)ByteArrayConverter$/.test(worker.value(name) ?? ''));
        if (key === undefined) return [];
        const seen = worker.has(key) ? view.quote(key, worker.value(key) ?? '') : 'not set';
        return [hit(worker, key, `${key} is ${seen}.`)];
      }),
  }),
  rule({
    id: 'worker-key-removed',
    severity: 'warning',
    title: 'A setting of workers that Kafka 3.0 removed',
    effect: 'It is ignored: the REST API listens where the default says.',
    hint: 'Write listeners, e.g. listeners=http://:8083.',
    test: (view) =>
      view.workers.flatMap((worker) =>
        worker.entries
          .filter(([key]) => REMOVED.test(key))
          .map(([key]) => hit(worker, key, `${view.quoteKey(key)} was removed in 3.0.`)),
      ),
  }),
  rule({
    id: 'worker-override-refused',
    severity: 'error',
    title: 'The worker does not allow the `producer.override.*` of a connector',
    effect: 'It refuses the config of the connector.',
    hint: `Set ${OVERRIDE_POLICY} to All, its default.`,
    test: (view) =>
      view.workers.flatMap((worker) => {
        const policy = POLICIES.find(({ name }) => name.test(worker.value(OVERRIDE_POLICY) ?? ''));
        if (policy === undefined) return [];
        const overriding = view.connectors.find(({ entries }) => entries.some(([key]) => policy.refused.test(key)));
        if (overriding === undefined) return [];
        const found = `${OVERRIDE_POLICY} is ${policy.said}, and ${overriding.name} has ${policy.others}overrides.`;
        return [hit(worker, OVERRIDE_POLICY, found)];
      }),
  }),
  rule({
    id: 'worker-provider-missing',
    severity: 'error',
    title: 'The worker lacks a config provider that connectors refer to',
    effect: 'It takes the reference for the value itself, so that nothing can sign in.',
    hint: 'Add it to config.providers, with config.providers.<name>.class.',
    test: (view) => view.workers.flatMap((worker) => missingProviders(view, worker)),
  }),
  rule({
    id: 'worker-rest-open',
    severity: 'notice',
    title: "The worker's REST API asks nobody who they are",
    effect: 'Whoever reaches it can read and change each connector, and with overrides write anywhere.',
    hint: 'Set listeners to https with client certificates, or rest.extension.classes to BasicAuthSecurityRestExtension, or keep it in a closed network and say so by an empty rest.extension.classes.',
    test: (view) =>
      view.workers
        .filter((worker) => !worker.has('rest.extension.classes') && !isClosed(worker))
        .map((worker) => hit(worker, 'listeners', 'The REST API has neither a login nor client certificates.')),
  }),
];

function clientsDiffer(worker: LintedConnector): readonly Hit[] {
  const [own, ofProducer] = [securityKeys(worker, ''), securityKeys(worker, 'producer.')];
  const missing = ofProducer.find((name) => !own.includes(name));
  if (missing !== undefined) {
    return [
      hit(worker, `producer.${missing}`, `producer.${missing} is set, and ${missing} for the worker itself is not.`),
    ];
  }
  const key = 'security.protocol';
  if (worker.value(key) === worker.value(`producer.${key}`)) return [];
  return [hit(worker, key, `${key} and producer.${key} are not the same.`)];
}

function unlikeConnectors(view: LintView, worker: LintedConnector): readonly Hit[] {
  const [source] = view.of('source');
  if (source === undefined) return [];
  const key = ['security.protocol', 'sasl.mechanism'].find(
    (name) => (worker.value(name) ?? '') !== (source.value(`target.cluster.${name}`) ?? ''),
  );
  if (key === undefined) return [];
  const said = (connector: LintedConnector, name: string) =>
    connector.has(name) ? view.quote(name, connector.value(name) ?? '') : 'not set';
  const theirs = said(source, `target.cluster.${key}`);
  return [hit(worker, key, `${key} is ${said(worker, key)}, and target.cluster.${key} in ${source.name} ${theirs}.`)];
}

function missingProviders(view: LintView, worker: LintedConnector): readonly Hit[] {
  const known = (worker.value('config.providers') ?? '').split(',').map((name) => name.trim());
  const missing = new Map<string, string>();
  for (const { name, entries } of view.connectors) {
    for (const [, value] of entries) {
      for (const [, provider = ''] of value.matchAll(REFERENCE)) {
        if (!known.includes(provider) && !missing.has(provider)) missing.set(provider, name);
      }
    }
  }
  const key = 'config.providers';
  return [...missing].map(([provider, name]) =>
    hit(worker, key, `${name} refers to ${view.quote(key, provider)}, which is not in ${key}.`),
  );
}

function isClosed(worker: LintedConnector): boolean {
  const listeners = worker.value('listeners') ?? '';
  return (
    /^https:/i.test(listeners) &&
    !/\bhttp:/i.test(listeners) &&
    worker.value('listeners.https.ssl.client.auth') === 'required'
  );
}
