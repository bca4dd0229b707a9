import kafkajs, { type Admin, type Kafka, type KafkaConfig } from 'kafkajs';
import { hideNegativeTimerWarning } from './quiet-timers.ts';

/** What a test or another process needs to know about a cluster; plain data. */
export interface ClusterAddress {
  readonly name: string;
  readonly version: string;
  readonly clusterId: string;
  /** The plaintext listener. */
  readonly bootstrapServers: string;
  readonly brokerCount: number;
}

/** A kafkajs client that keeps its log to itself. */
export function kafkaClient(
  address: Pick<ClusterAddress, 'bootstrapServers'>,
  config: Partial<KafkaConfig> = {},
): Kafka {
  hideNegativeTimerWarning();
  return new kafkajs.Kafka({
    clientId: 'bed',
    brokers: address.bootstrapServers.split(','),
    logLevel: kafkajs.logLevel.NOTHING,
    connectionTimeout: 30_000,
    // About a minute, for leaders and coordinators on their way; kafkajs's own five tries are over in ten seconds.
    retry: { retries: 30, maxRetryTime: 2_000 },
    // kafkajs sends again after this, and a producer then writes its records twice.
    requestTimeout: 90_000,
    ...config,
    // kafkajs keeps the first login it makes inside this object, so that a copy of it would log in with the old password.
    ...(config.sasl === undefined ? {} : { sasl: { ...config.sasl } }),
  });
}

/** Runs with a connected admin client and disconnects it in every case. */
export async function withAdmin<T>(
  address: Pick<ClusterAddress, 'bootstrapServers'>,
  run: (admin: Admin) => Promise<T>,
  config: Partial<KafkaConfig> = {},
): Promise<T> {
  const admin = kafkaClient(address, config).admin();
  try {
    await admin.connect();
    return await run(admin);
  } finally {
    await admin.disconnect();
  }
}
