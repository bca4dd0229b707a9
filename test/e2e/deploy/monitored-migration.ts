/** A worker with the JMX exporter, on which MirrorMaker 2 copies without a pause, and three connectors in trouble. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BedAddresses } from '../../../src/testbed/bed.ts';
import { startConnectWorker } from '../../../src/testbed/connect-worker.ts';
import { commitGroupOffsets } from '../../../src/testbed/groups.ts';
import { resolvePom } from '../../../src/testbed/jars.ts';
import { JVM_FLAGS } from '../../../src/testbed/java.ts';
import { type ConnectorConfig, type Mm2Options, mm2Connectors, putConnectors } from '../../../src/testbed/mm2.ts';
import { freePort } from '../../../src/testbed/ports.ts';
import { produceRecords } from '../../../src/testbed/records.ts';
import { createTopics } from '../../../src/testbed/topics.ts';
import { pauseMs } from '../../../src/testbed/wait.ts';
import { ownName } from '../../support/names.ts';

const AGENT = '1.0.1';
const RULES = fileURLToPath(new URL('../../../deploy/connect/jmx-rules.yml', import.meta.url));

export interface MonitoredMigration {
  /** Where the exporter of the worker listens. */
  readonly exporter: string;
  readonly connectUrl: string;
  readonly mm2: Mm2Options;
  /** With dots in it, as consumers' metrics name it twice. */
  readonly topic: string;
  /** With characters that JMX quotes. */
  readonly groupId: string;
  readonly failed: string;
  readonly withFailedTask: string;
  readonly withoutTask: string;
  stop(): Promise<void>;
}

/** `version` of the worker: 4.3.1 by default. */
export async function startMonitored(bed: BedAddresses, version?: string): Promise<MonitoredMigration> {
  const name = ownName('watched');
  const port = await freePort();
  const exporter = `127.0.0.1:${port}`;
  const worker = await startConnectWorker({
    cluster: bed.target,
    groupId: name,
    jvmFlags: [...JVM_FLAGS, `-javaagent:${await agentJar()}=${exporter}:${RULES}`],
    ...(version === undefined ? {} : { version }),
  });
  const topic = `${name}.eu.orders`;
  const groupId = `${name}:billing/2`;
  const mm2: Mm2Options = {
    name,
    sourceAlias: name,
    topics: topic.replaceAll('.', '\\.'),
    groups: `${name}:.*`,
    tasksMax: 2,
    // Heartbeats have to be written to the source, to travel with the records.
    properties: { heartbeat: toSource(bed) },
  };
  const [source] = mm2Connectors(bed, mm2);
  if (source === undefined) throw new Error('MirrorMaker 2 without a source connector.');
  const like = (suffix: string, more: ConnectorConfig): ConnectorConfig => {
    const own = `${name}-${suffix}`;
    return { ...source, name: own, 'source.cluster.alias': own, 'tasks.max': '1', ...more };
  };
  const troubled = [
    like('failed', { 'source.cluster.bootstrap.servers': 'nowhere.invalid:9092' }),
    like('failed-task', { 'producer.override.max.request.size': '10' }),
    like('no-task', { topics: 'none-such', 'heartbeats.replication.enabled': 'false' }),
  ];
  let copying = true;
  let load: Promise<void> = Promise.resolve();
  const stop = async () => {
    copying = false;
    await load;
    await worker.stop();
  };
  try {
    await createTopics(bed.source, [{ topic, partitions: 2 }]);
    const produce = (firstIndex: number) =>
      produceRecords(bed.source, { topic, partitions: [0, 1], recordsPerPartition: 20, firstIndex });
    await produce(0);
    const commit = (offset: bigint) =>
      commitGroupOffsets(bed.source, [{ groupId, offsets: [{ topic, partition: 0, offset }] }]);
    // A checkpoint connector that finds no group has no task until it looks again.
    await commit(10n);
    await putConnectors(worker.url, [...mm2Connectors(bed, mm2), ...troubled]);
    const keepCopying = async () => {
      for (let index = 20; copying; index += 20) {
        // A broker that stands still loses a turn; without any turn, no test here finds its figures.
        await produce(index)
          .then(() => commit(BigInt(index - 10)))
          .catch(() => undefined);
        await pauseMs(500);
      }
    };
    load = keepCopying();
    const [failed = '', withFailedTask = '', withoutTask = ''] = troubled.map((config) => config['name'] ?? '');
    return { exporter, connectUrl: worker.url, mm2, topic, groupId, failed, withFailedTask, withoutTask, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function toSource(bed: BedAddresses): ConnectorConfig {
  const servers = bed.source.bootstrapServers;
  return { 'producer.override.bootstrap.servers': servers, 'target.cluster.bootstrap.servers': servers };
}

async function agentJar(): Promise<string> {
  const { folder } = await resolvePom({
    name: `jmx-prometheus-javaagent-${AGENT}`,
    what: `the JMX exporter ${AGENT}`,
    text: `<?xml version="1.0" encoding="UTF-8"?>
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>bed</groupId>
  <artifactId>agent</artifactId>
  <version>${AGENT}</version>
  <packaging>pom</packaging>
  <dependencies>
    <dependency><groupId>io.prometheus.jmx</groupId><artifactId>jmx_prometheus_javaagent</artifactId><version>${AGENT}</version></dependency>
  </dependencies>
</project>
`,
  });
  return join(folder, `jmx_prometheus_javaagent-${AGENT}.jar`);
}
