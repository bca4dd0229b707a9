import { writeSync } from 'node:fs';
import { startKafkaCluster } from '../../src/testbed/kafka-cluster.ts';
import { releaseAll } from '../../src/testbed/watchdog.ts';

// Boots a broker and says where it is. Then waits to be killed, or with `release` lets go of it and ends.
const cluster = await startKafkaCluster({ name: 'orphan' });
const [broker] = cluster.brokers();
const { bootstrapServers } = cluster.address;
writeSync(1, `${JSON.stringify({ pid: broker?.pid, folder: broker?.dataFolder, bootstrapServers })}\n`);
if (process.argv[2] === 'release') releaseAll();
else setInterval(() => undefined, 1_000);
