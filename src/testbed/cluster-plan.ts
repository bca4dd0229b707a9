import { join } from 'node:path';
import { bedError } from './errors.ts';
import { type ListenerSet, type ListenerSpec, listenerSet } from './listeners.ts';
import { KAFKA_VERSION, usesZooKeeper } from './pom.ts';
import { freePort } from './ports.ts';

export interface BrokerPlan {
  readonly id: number;
  readonly dataFolder: string;
  /** Port of each listener, by listener name. */
  readonly ports: Readonly<Record<string, number>>;
  /** Set on brokers that are also a controller. */
  readonly controllerPort?: number;
}

export interface ClusterPlan {
  readonly version: string;
  readonly brokers: readonly BrokerPlan[];
  readonly listeners: ListenerSet;
  readonly properties: Readonly<Record<string, string>>;
  readonly zooKeeperPort: number | null;
}

export interface PlanOptions {
  readonly version?: string;
  readonly brokers?: number;
  readonly listeners?: readonly ListenerSpec[];
  readonly properties?: Readonly<Record<string, string>>;
}

// With two brokers only the first is a controller, so that the second may be killed; from three on there are three.
export async function planCluster(options: PlanOptions, workFolder: string): Promise<ClusterPlan> {
  const version = options.version ?? KAFKA_VERSION;
  const count = options.brokers ?? 1;
  const controllers = usesZooKeeper(version) ? 0 : count < 3 ? 1 : 3;
  const listeners = listenerSet(options.listeners);
  const brokers: BrokerPlan[] = [];
  for (let id = 1; id <= count; id += 1) {
    const ports: Record<string, number> = {};
    for (const spec of listeners.all) ports[spec.name] = await freePort();
    const controller = id <= controllers ? { controllerPort: await freePort() } : {};
    brokers.push({ id, ports, dataFolder: join(workFolder, `data-${id}`), ...controller });
  }
  const zooKeeperPort = usesZooKeeper(version) ? await freePort() : null;
  return { version, brokers, listeners, properties: options.properties ?? {}, zooKeeperPort };
}

/** Throws a bed error for a listener that the cluster does not have. */
export function bootstrapServersOf(plan: ClusterPlan, listener: string): string {
  const spec = plan.listeners.all.find((one) => one.name === listener);
  if (spec === undefined) {
    const known = plan.listeners.all.map((one) => one.name).join(', ');
    throw bedError(`There is no listener ${listener}; the cluster has ${known}.`);
  }
  const host = spec.advertisedHost ?? '127.0.0.1';
  return plan.brokers.map((broker) => `${host}:${broker.ports[listener]}`).join(',');
}
