/** Which clusters a connector is between: aliases and bootstrap servers. */
import { isPlaceholder } from '../../redact.ts';
import type { LintView } from '../lint-view.ts';
import type { LintedConnector } from '../linted-connector.ts';
import { isUnreplaced } from '../placeholders.ts';
import { type Hit, hit, type Rule, rule } from '../rule.ts';

const SOURCE_ALIAS = 'source.cluster.alias';
const TARGET_ALIAS = 'target.cluster.alias';
const SOURCE_SERVERS = 'source.cluster.bootstrap.servers';
const TARGET_SERVERS = 'target.cluster.bootstrap.servers';
const SERVER_KEYS = [SOURCE_SERVERS, TARGET_SERVERS, 'producer.override.bootstrap.servers'];

export const CLUSTER_RULES: readonly Rule[] = [
  rule({
    id: 'source-alias-missing',
    severity: 'error',
    title: 'No `source.cluster.alias`',
    effect: 'The connector does not start.',
    hint: 'Set source.cluster.alias, to the same text in all connectors of the flow.',
    test: (view) => missing(view, SOURCE_ALIAS),
  }),
  rule({
    id: 'target-alias-missing',
    severity: 'warning',
    title: 'No `target.cluster.alias`',
    effect:
      'MM2 calls the cluster "target": internal topics have that name, and other connectors may look for another.',
    hint: 'Set target.cluster.alias, to the same text in all connectors of the flow.',
    test: (view) => missing(view, TARGET_ALIAS),
  }),
  rule({
    id: 'aliases-equal',
    severity: 'error',
    title: 'Source and target have the same alias',
    effect:
      'MM2 takes each topic of the source for one that came from the target, and names of internal topics collide.',
    hint: 'Give the two clusters different aliases.',
    test: (view) =>
      view.of('source', 'checkpoint', 'heartbeat').flatMap((connector) => {
        const [source, target] = [connector.value(SOURCE_ALIAS), connector.value(TARGET_ALIAS)];
        if (source === null || source === '' || source !== target) return [];
        return [hit(connector, TARGET_ALIAS, `Both aliases are ${view.quote(TARGET_ALIAS, source)}.`)];
      }),
  }),
  rule({
    id: 'servers-missing',
    severity: 'error',
    title: 'No bootstrap servers of a cluster',
    effect: 'The connector does not start.',
    hint: 'Set source.cluster.bootstrap.servers and target.cluster.bootstrap.servers.',
    test: (view) => [
      ...missing(view, TARGET_SERVERS),
      ...missing(view, SOURCE_SERVERS).filter(({ connector }) => connector?.role !== 'heartbeat'),
    ],
  }),
  rule({
    id: 'servers-malformed',
    severity: 'error',
    title: 'Bootstrap servers that are no list of host:port',
    effect: 'The client refuses to start.',
    hint: 'Write host:port,host:port without a scheme.',
    test: (view) =>
      SERVER_KEYS.flatMap((key) =>
        view.of('source', 'checkpoint', 'heartbeat').flatMap((connector) => {
          const wrong = serversOf(connector, key).find((server) => !isServer(server));
          if (wrong === undefined || isToken(key, connector.given(key) ?? '')) return [];
          return [hit(connector, key, `${key} has ${view.quote(key, wrong)}, which is no host:port.`)];
        }),
      ),
  }),
  rule({
    id: 'servers-scheme',
    severity: 'warning',
    title: 'Bootstrap servers with a scheme that is none of Kafka',
    effect: 'Kafka drops the scheme and speaks its own protocol: most likely this is the address of something else.',
    hint: 'Write host:port of the brokers without a scheme; security.protocol says how to connect.',
    test: (view) =>
      SERVER_KEYS.flatMap((key) =>
        view.of('source', 'checkpoint', 'heartbeat').flatMap((connector) => {
          const strange = serversOf(connector, key).find((server) => isServer(server) && hasStrangeScheme(server));
          if (strange === undefined) return [];
          return [hit(connector, key, `${key} has ${view.quote(key, strange)}.`)];
        }),
      ),
  }),
  rule({
    id: 'servers-equal',
    severity: 'error',
    title: 'Source and target are the same servers',
    effect: 'MM2 copies a cluster into itself; with a policy that keeps names, every record without end.',
    hint: 'Correct one of them.',
    test: (view) =>
      view.of('source', 'checkpoint').flatMap((connector) => {
        const [source, target] = [SOURCE_SERVERS, TARGET_SERVERS].map((key) => serversOf(connector, key));
        const shared = source?.find((server) => target?.includes(server));
        if (shared === undefined || isToken(SOURCE_SERVERS, shared)) return [];
        const found = `${view.quote(TARGET_SERVERS, shared)} is among the servers of both clusters.`;
        return [hit(connector, TARGET_SERVERS, found)];
      }),
  }),
];

function missing(view: LintView, key: string): readonly Hit[] {
  return view
    .of('source', 'checkpoint', 'heartbeat')
    .filter((connector) => (connector.given(key) ?? '').trim() === '')
    .map((connector) => hit(connector, key, `${key} is not set.`));
}

function serversOf(connector: LintedConnector, key: string): readonly string[] {
  const servers = (connector.given(key) ?? '').split(',').map((server) => server.trim().toLowerCase());
  return servers.filter((server) => server !== '');
}

/** ClientUtils.parseAndValidateAddresses, without looking the host up; it drops whatever scheme there is. */
function isServer(text: string): boolean {
  return (
    isPlaceholder(text) ||
    /^(?:[0-9a-z%._-]*:\/\/)?(?:\[[0-9a-z:.%]+\]|[^\s:/[\]]+|\$\{[^}]*\}):(?:\d{1,5}|\$\{[^}]*\})$/.test(text)
  );
}

function hasStrangeScheme(server: string): boolean {
  const [, scheme] = /^([^:]*):\/\//.exec(server) ?? [];
  return scheme !== undefined && !['plaintext', 'ssl', 'sasl_plaintext', 'sasl_ssl'].includes(scheme);
}

function isToken(key: string, text: string): boolean {
  return isUnreplaced(key, text) || text.includes('$') || text.includes('{');
}
