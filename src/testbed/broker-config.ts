import type { BrokerPlan, ClusterPlan } from './cluster-plan.ts';
import { listenerProperties } from './listeners.ts';
import { majorMinor, usesZooKeeper } from './pom.ts';

/** Everything in `server.properties` of one broker; the caller's properties win. */
export function brokerProperties(plan: ClusterPlan, broker: BrokerPlan): Record<string, string> {
  return {
    ...testDefaults(plan),
    ...(usesZooKeeper(plan.version) ? zooKeeperProperties(plan, broker) : kraftProperties(plan, broker)),
    ...listenerProperties(plan.listeners),
    ...superUser(plan),
    'log.dirs': broker.dataFolder,
    'inter.broker.listener.name': plan.listeners.internal.name,
    'advertised.listeners': listenerUrls(plan, broker, true).join(','),
    ...plan.properties,
  };
}

/** A properties file as Java reads it: Latin-1, with escapes. */
export function propertiesText(properties: Readonly<Record<string, string>>): string {
  const lines = Object.entries(properties).map(([key, value]) => `${key}=${escapedValue(value)}\n`);
  return lines.join('');
}

function escapedValue(value: string): string {
  const code = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return value
    .replaceAll('\\', '\\\\')
    .replaceAll('\n', '\\n')
    .replace(/^ /, '\\ ')
    .replace(/[^\x20-\x7e]/g, code);
}

function testDefaults(plan: ClusterPlan): Record<string, string> {
  const replicas = String(Math.min(3, plan.brokers.length));
  return {
    'auto.create.topics.enable': 'false',
    'default.replication.factor': replicas,
    'min.insync.replicas': '1',
    'num.partitions': '1',
    'offsets.topic.num.partitions': '5',
    'offsets.topic.replication.factor': replicas,
    'transaction.state.log.num.partitions': '3',
    'transaction.state.log.replication.factor': replicas,
    'transaction.state.log.min.isr': '1',
    'group.initial.rebalance.delay.ms': '0',
    // Tests call deleteRecords and look at log starts right after.
    'log.retention.check.interval.ms': '5000',
    // For the log of groups to take a commit; 5 s by default, and then it is refused.
    'offsets.commit.timeout.ms': '60000',
    ...shareGroupProperties(plan.version, replicas),
    ...aloneProperties(plan),
  };
}

/**
 * A broker that stood still for 9 s (18 s with ZooKeeper) would be taken for gone, and its partitions would lose their
 * leader until it is back. Where others take over, a test waits for just that.
 */
function aloneProperties(plan: ClusterPlan): Record<string, string> {
  if (plan.brokers.length > 1) return {};
  const key = usesZooKeeper(plan.version) ? 'zookeeper.session.timeout.ms' : 'broker.session.timeout.ms';
  return { [key]: '60000' };
}

function shareGroupProperties(version: string, replicas: string): Record<string, string> {
  if (majorMinor(version)[0] < 4) return {};
  return {
    'share.coordinator.state.topic.num.partitions': '3',
    'share.coordinator.state.topic.replication.factor': replicas,
    'share.coordinator.state.topic.min.isr': '1',
  };
}

function kraftProperties(plan: ClusterPlan, broker: BrokerPlan): Record<string, string> {
  const voters = plan.brokers.filter((one) => one.controllerPort !== undefined);
  const controller = broker.controllerPort;
  const own = controller === undefined ? [] : [`CONTROLLER://127.0.0.1:${controller}`];
  return {
    'node.id': String(broker.id),
    'process.roles': controller === undefined ? 'broker' : 'broker,controller',
    'controller.quorum.voters': voters.map((one) => `${one.id}@127.0.0.1:${one.controllerPort}`).join(','),
    'controller.listener.names': 'CONTROLLER',
    listeners: [...listenerUrls(plan, broker, false), ...own].join(','),
    'listener.security.protocol.map': protocolMap(plan, ['CONTROLLER:PLAINTEXT']),
  };
}

function zooKeeperProperties(plan: ClusterPlan, broker: BrokerPlan): Record<string, string> {
  return {
    'broker.id': String(broker.id),
    'zookeeper.connect': `127.0.0.1:${plan.zooKeeperPort}`,
    listeners: listenerUrls(plan, broker, false).join(','),
    'listener.security.protocol.map': protocolMap(plan, []),
  };
}

function protocolMap(plan: ClusterPlan, more: readonly string[]): string {
  return [...plan.listeners.all.map((spec) => `${spec.name}:${spec.protocol}`), ...more].join(',');
}

function listenerUrls(plan: ClusterPlan, broker: BrokerPlan, advertised: boolean): readonly string[] {
  return plan.listeners.all.map((spec) => {
    const host = advertised ? (spec.advertisedHost ?? '127.0.0.1') : '127.0.0.1';
    return `${spec.name}://${host}:${broker.ports[spec.name]}`;
  });
}

// With an authorizer, the brokers among themselves and the bed (both without a login) must be allowed everything.
function superUser(plan: ClusterPlan): Record<string, string> {
  return plan.properties['authorizer.class.name'] === undefined ? {} : { 'super.users': 'User:ANONYMOUS' };
}
