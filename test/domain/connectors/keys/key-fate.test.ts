import { describe, expect, test } from 'vitest';
import {
  defaultOf,
  type KeyFate,
  keyFate,
  type Mm2Connector,
} from '../../../../src/domain/connectors/keys/key-fate.ts';

const fate = (connector: Mm2Connector, key: string, version: string | null = null) => keyFate(connector, key, version);
const KNOWN: KeyFate = { kind: 'known' };

describe('keys that a connector reads', () => {
  test.each<[Mm2Connector, string]>([
    ['source', 'topics'],
    ['source', 'use.defaults.from'],
    ['source', 'tasks.max'],
    ['source', 'emit.offset-syncs.enabled'],
    ['source', 'topic.creation.default.partitions'],
    ['source', 'topic.creation.big.cleanup.policy'],
    ['source', 'key.converter.schemas.enable'],
    ['source', 'transforms.route.type'],
    ['source', 'predicates.isFoo.pattern'],
    ['source', 'config.providers.env.class'],
    ['source', 'source.consumer.max.poll.records'],
    ['source', 'consumer.fetch.min.bytes'],
    ['source', 'admin.timeout.ms'],
    ['source', 'admin.request.timeout.ms'],
    ['source', 'target.producer.linger.ms'],
    ['source', 'producer.override.linger.ms'],
    ['source', 'producer.override.bootstrap.servers'],
    ['source', 'admin.override.request.timeout.ms'],
    ['source', 'source.cluster.sasl.jaas.config'],
    ['source', 'source.cluster.ssl.truststore.location'],
    ['checkpoint', 'topics'],
    ['checkpoint', 'groups.exclude'],
    ['checkpoint', 'target.consumer.max.poll.records'],
    ['heartbeat', 'source.cluster.bootstrap.servers'],
    ['heartbeat', 'emit.heartbeats.interval.seconds'],
  ])('%s: %s', (connector, key) => {
    expect(fate(connector, key)).toEqual(KNOWN);
  });
});

describe('keys that are thrown away without a word', () => {
  test.each<[Mm2Connector, string, string | null]>([
    ['source', 'source.cluster.max.poll.records', 'source.consumer.max.poll.records'],
    ['source', 'source.cluster.consumer.max.poll.records', 'source.consumer.max.poll.records'],
    ['source', 'target.cluster.linger.ms', 'producer.override.linger.ms'],
    ['source', 'target.cluster.max.request.size', 'producer.override.max.request.size'],
    ['source', 'producer.linger.ms', 'producer.override.linger.ms'],
    ['source', 'consumer.override.max.poll.records', 'source.consumer.max.poll.records'],
    ['source', 'source.consumer.enable.auto.commit', null],
    ['source', 'security.protocol', 'source.cluster.security.protocol'],
    ['source', 'bootstrap.servers', 'source.cluster.bootstrap.servers'],
    ['source', 'source.bootstrap.servers', 'source.cluster.bootstrap.servers'],
    ['source', 'max.poll.records', 'source.consumer.max.poll.records'],
    ['source', 'batch.size', 'producer.override.batch.size'],
    ['source', 'offset.flush.interval.ms', null],
    ['source', 'topic.creation.enable', null],
    ['source', 'errors.deadletterqueue.topic.name', null],
    ['checkpoint', 'target.producer.linger.ms', 'producer.override.linger.ms'],
    ['heartbeat', 'source.consumer.max.poll.records', null],
  ])('%s: %s', (connector, key, instead) => {
    expect(fate(connector, key)).toMatchObject({ kind: 'dropped', instead });
  });
});

describe('keys of another connector, and of the dedicated mode', () => {
  test.each<[Mm2Connector, string, readonly Mm2Connector[]]>([
    ['source', 'refresh.groups.enabled', ['checkpoint']],
    ['source', 'sync.group.offsets.enabled', ['checkpoint']],
    ['checkpoint', 'refresh.topics.enabled', ['source']],
    ['checkpoint', 'replication.factor', ['source']],
    ['heartbeat', 'topics', ['source', 'checkpoint']],
  ])('%s: %s', (connector, key, readBy) => {
    expect(fate(connector, key)).toEqual({ kind: 'elsewhere', readBy });
  });

  test.each([
    'clusters',
    'a->b.enabled',
    'a->b.topics',
    'backup.bootstrap.servers',
    'us-west.ssl.truststore.location',
    'backup.sync.topic.acls.enabled',
    'backup.producer.linger.ms',
    'backup.offset.storage.replication.factor',
    'dedicated.mode.enable.internal.rest',
  ])('%s belongs into mm2.properties', (key) => {
    expect(fate('source', key)).toEqual({ kind: 'dedicated-mode' });
  });
});

describe('versions', () => {
  test('a blacklist is read until 4.0', () => {
    expect(fate('source', 'topics.blacklist', '3.9.2')).toEqual(KNOWN);
    expect(fate('source', 'topics.blacklist', '4.0.0')).toEqual({
      kind: 'removed',
      since: '4.0',
      instead: 'topics.exclude',
    });
    expect(fate('checkpoint', 'groups.blacklist')).toEqual({
      kind: 'removed',
      since: '4.0',
      instead: 'groups.exclude',
    });
  });

  test('an older worker does not know what came later', () => {
    expect(fate('source', 'emit.offset-syncs.enabled', '3.8.1')).toEqual({ kind: 'newer', since: '3.9' });
    expect(fate('source', 'exactly.once.support', '2.8.2')).toEqual({ kind: 'newer', since: '3.3' });
    expect(fate('source', 'source.cluster.sasl.oauthbearer.token.endpoint.url', '2.8.2')).toEqual({
      kind: 'newer',
      since: '3.1',
    });
    expect(fate('source', 'offset-syncs.topic.location', '3.0.0')).toEqual(KNOWN);
  });

  test('a version with an ending of the vendor is read by its numbers', () => {
    expect(fate('source', 'emit.offset-syncs.enabled', '3.8.1-amzn-2')).toEqual({ kind: 'newer', since: '3.9' });
    expect(fate('source', 'emit.offset-syncs.enabled', 'unreadable')).toEqual(KNOWN);
  });

  test('Confluent Platform 7.8 is Kafka 3.8', () => {
    expect(fate('source', 'emit.offset-syncs.enabled', '7.8.0-ccs')).toEqual({ kind: 'newer', since: '3.9' });
  });
});

describe('did you mean', () => {
  test.each<[Mm2Connector, string, string | null]>([
    ['source', 'task.max', 'tasks.max'],
    ['source', 'max.tasks', 'tasks.max'],
    ['source', 'tasksMax', 'tasks.max'],
    ['source', 'sync.topics.configs.enabled', 'sync.topic.configs.enabled'],
    ['source', 'offset.syncs.topic.location', 'offset-syncs.topic.location'],
    ['source', 'topics.whitelist', 'topics'],
    ['source', 'value.convertor', 'value.converter'],
    ['source', 'source.cluster.boostrap.servers', 'source.cluster.bootstrap.servers'],
    ['source', 'source.clusters.bootstrap.servers', 'source.cluster.bootstrap.servers'],
    ['source', 'source.consumer.max.pool.records', 'source.consumer.max.poll.records'],
    ['source', 'producer.override.linger', null],
    ['checkpoint', 'checkpoint.topic.replication.factor', 'checkpoints.topic.replication.factor'],
    ['checkpoint', 'sync.group.offset.enabled', 'sync.group.offsets.enabled'],
    ['heartbeat', 'emit.heartbeat.enabled', 'emit.heartbeats.enabled'],
    ['heartbeat', 'something.of.my.own', null],
  ])('%s: %s', (connector, key, suggestion) => {
    expect(fate(connector, key)).toEqual({ kind: 'unknown', suggestion });
  });
});

describe('defaults', () => {
  test.each<[Mm2Connector, string, string | null]>([
    ['source', 'tasks.max', '1'],
    ['source', 'topics', '.*'],
    ['source', 'topics.exclude', 'mm2.*\\.internal,.*\\.replica,__.*'],
    ['source', 'replication.factor', '2'],
    ['source', 'sync.topic.acls.enabled', 'true'],
    ['checkpoint', 'groups.exclude', 'console-consumer-.*,connect-.*,__.*'],
    ['checkpoint', 'sync.group.offsets.enabled', 'false'],
    ['checkpoint', 'refresh.topics.enabled', null],
    ['heartbeat', 'heartbeats.topic.replication.factor', '3'],
    ['source', 'source.cluster.alias', null],
  ])('%s: %s is %s', (connector, key, value) => {
    expect(defaultOf(connector, key)).toBe(value);
  });

  test('as of an older version', () => {
    expect(defaultOf('source', 'topics.exclude', '3.9.2')).toBe('.*[\\-\\.]internal,.*\\.replica,__.*');
  });
});
