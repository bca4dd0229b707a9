import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type KafkaCluster, startKafkaCluster } from '../../../src/testbed/kafka-cluster.ts';
import { createTopics } from '../../../src/testbed/topics.ts';
import { firstDifference, javaReads, javaWrites } from './log-tool.ts';
import { endOf, fetchOnce, intercept, type OpenLog, openLog, readLines } from './open-log.ts';
import { differenceFromReadLog, interceptImages, readSlices, sliceOf } from './read-slices.ts';

const COUNT = 3_000;
const CODECS = ['none', 'gzip', 'snappy', 'lz4', 'zstd'];
/** Formats of messages, as an old broker keeps them for topics that say so; zstd and headers came with format 2. */
const FORMATS = [
  { magic: 0, version: '0.9.0', codecs: CODECS.slice(0, 4), headers: false },
  { magic: 1, version: '0.10.2', codecs: CODECS.slice(0, 4), headers: false },
  { magic: 2, version: '2.8', codecs: CODECS, headers: true },
];
const TOPICS = FORMATS.flatMap(({ magic, version, codecs, headers }) =>
  codecs.map((codec) => ({ topic: `v${magic}-${codec}`, magic, version, codec, headers })),
);

/** The records are years old, and a broker looks for what it may delete half a minute after its start. */
const KEPT = { 'retention.ms': '-1' };

/** Formats that a broker keeps: 4.x has only the latest. */
const BROKERS = [
  { kafka: '2.8.2', topics: TOPICS, fetchVersions: [2, 3, 4, 5, 6, 7, 8, 9, 10] },
  { kafka: '4.3.1', topics: TOPICS.filter(({ magic }) => magic === 2), fetchVersions: [4, 5, 6, 7, 8, 9, 10] },
];

describe.each(BROKERS)('Kafka $kafka', ({ kafka, topics, fetchVersions }) => {
  const formatOf = (version: string) => (kafka.startsWith('2.') ? { 'message.format.version': version } : {});
  let cluster: KafkaCluster;
  let log: OpenLog;
  let seenByJava: ReadonlyMap<string, readonly string[]>;

  beforeAll(async () => {
    cluster = await startKafkaCluster({ name: 'source', version: kafka });
    const { bootstrapServers } = cluster.address;
    await createTopics(
      cluster.address,
      topics.map(({ topic, version }) => ({ topic, config: { ...KEPT, ...formatOf(version) } })),
    );
    await javaWrites(bootstrapServers, COUNT, topics);
    const names = topics.map(({ topic }) => topic);
    seenByJava = await javaReads(bootstrapServers, 'read_uncommitted', names);
    log = openLog(bootstrapServers);
  });

  afterAll(async () => {
    log?.close();
    await cluster?.stop();
  });

  test.each(topics)('$topic: the broker keeps and sends format $magic', async ({ topic, magic }) => {
    const magicPosition = 16;
    expect((await fetchOnce(log.source, topic)).records[magicPosition]).toBe(magic);
  });

  test.each(topics)('$topic: every record is read as Java reads it', async ({ topic, magic }) => {
    const { result, lines } = await readLines(log.source, topic);
    expect(result).toEqual({ complete: true, logStartMovedTo: null, openTransactionAt: null, recordCount: COUNT });
    expect(firstDifference(lines, seenByJava.get(topic))).toBeNull();
    expect(lines[7]).toMatch(magic === 0 ? /^7\t-1\t/ : /^7\t1700000000091\t/);
  });

  test.each(topics)('$topic: a read may begin and end in the middle of a batch', async ({ topic }) => {
    const { result, lines } = await readLines(log.source, topic, { from: 1234n, to: 2345n });
    expect(result).toMatchObject({ complete: true, recordCount: 1111 });
    expect(firstDifference(lines, seenByJava.get(topic)?.slice(1234, 2345))).toBeNull();
  });

  test('images: slices of all codecs and formats, read together, hold what a read of each alone finds', async () => {
    const slices = topics.flatMap(({ topic }) => [
      sliceOf(topic, 0, COUNT),
      sliceOf(topic, 1234, 2345),
      sliceOf(topic, 2345, 2346),
      sliceOf(topic, 2999, 3000),
    ]);
    expect(await differenceFromReadLog(log.source, slices, await readSlices(log.source, slices))).toBeNull();
  });

  test('images: formats 1 and 2 have a time of creation, format 0 has none', async () => {
    const read = await readSlices(
      log.source,
      topics.map(({ topic }) => sliceOf(topic, 10, 11)),
    );
    const kinds = read.map((slice) => (slice.kind === 'read' ? slice.records[0]?.timestampKind : slice.error));
    expect(kinds).toEqual(topics.map(({ magic }) => (magic === 0 ? 'none' : 'create')));
  });

  test('images: records whose time the broker set say so', async () => {
    const formats = FORMATS.filter(({ magic }) => magic > 0 && topics.some((topic) => topic.magic === magic));
    const appended = formats.flatMap(({ magic, version }) =>
      ['none', 'gzip'].map((codec) => ({ topic: `v${magic}-${codec}-append`, codec, version, headers: false })),
    );
    const specs = appended.map(({ topic, version }) => {
      return { topic, config: { ...formatOf(version), 'message.timestamp.type': 'LogAppendTime' } };
    });
    await createTopics(cluster.address, specs);
    await javaWrites(cluster.address.bootstrapServers, 5, appended);
    const slices = appended.map(({ topic }) => sliceOf(topic, 0, 5));
    const read = await readSlices(log.source, slices);
    const kinds = read.flatMap((one) => (one.kind === 'read' ? one.records.map((image) => image.timestampKind) : []));
    expect(kinds).toEqual(slices.flatMap(() => Array(5).fill('append')));
    expect(await differenceFromReadLog(log.source, slices, read)).toBeNull();
  });

  test.each(fetchVersions)('images: Fetch v%i gives the same', async (version) => {
    const versions = { min: version, max: version };
    const pinned = interceptImages(log.source, async (request) => ({ ...request, versions }));
    const refused = (codec: string) => codec === 'zstd' && version < 4;
    const slices = topics.map(({ topic }) => sliceOf(topic, 100, 400));
    const read = await readSlices(pinned, slices);
    const unreadable = read.flatMap((slice) => (slice.kind === 'read' ? [] : [slice.error]));
    expect(unreadable).toEqual(topics.flatMap(({ codec }) => (refused(codec) ? ['UNSUPPORTED_COMPRESSION_TYPE'] : [])));
    // Before v4 the broker converts format 2 down, and headers are lost on the way.
    const comparable = topics.flatMap(({ codec, magic }, n) =>
      refused(codec) || (magic === 2 && version < 4) ? [] : [n],
    );
    const difference = await differenceFromReadLog(
      log.source,
      comparable.flatMap((n) => slices[n] ?? []),
      comparable.flatMap((n) => read[n] ?? []),
    );
    expect(difference).toBeNull();
  });

  test.each(fetchVersions)('Fetch v%i gives the same records', async (version) => {
    const versions = { min: version, max: version };
    const pinned = intercept(log.source, async (request) => ({ ...request, versions }));
    for (const { topic, codec, magic } of topics) {
      // Only where the broker converts down does it look into batches.
      if (codec === 'zstd' && version < 4) {
        await expect(readLines(pinned, topic)).rejects.toThrow('UNSUPPORTED_COMPRESSION_TYPE');
        continue;
      }
      const { result, lines } = await readLines(pinned, topic);
      expect(result).toMatchObject({ complete: true, recordCount: COUNT });
      // Before v4 the broker converts format 2 down, and headers are lost on the way.
      const stripped = magic === 2 && version < 4;
      const withoutHeaders = (line: string) => line.replace(/[^\t]*$/, '');
      const expected = seenByJava.get(topic)?.map(stripped ? withoutHeaders : (line) => line);
      expect(firstDifference(lines, expected)).toBeNull();
    }
  });

  test('an end beyond the high watermark is an error that says both', async () => {
    const end = await endOf(log.source, 'v2-none');
    const tooFar = readLines(log.source, 'v2-none', { to: end + 1n });
    await expect(tooFar).rejects.toThrow(
      `expected records from offset 0 to ${end + 1n}, seen a log that ends at ${end}`,
    );
    const beyond = readLines(log.source, 'v2-none', { from: end + 5n, to: end + 9n });
    await expect(beyond).rejects.toThrow(`from offset ${end + 5n} to ${end + 9n}, seen a log that ends at ${end}`);
  });
});
