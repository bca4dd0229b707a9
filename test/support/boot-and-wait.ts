import { writeSync } from 'node:fs';
import { startKafkaCluster } from '../../src/testbed/kafka-cluster.ts';

// Boots a broker, says where it is, and waits to be killed.
const cluster = await startKafkaCluster({ name: 'orphan' });
const [broker] = cluster.brokers();
writeSync(1, `${JSON.stringify({ pid: broker?.pid, dataFolder: broker?.dataFolder })}\n`);
setInterval(() => undefined, 1_000);
