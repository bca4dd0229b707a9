/**
 * Every request in every version that it claims, against the bytes of Kafka's own message classes
 * (fixtures/GoldenMessages.java).
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { apiVersionsRequest } from '../../../../src/adapters/kafka/protocol/api-versions.ts';
import { Decoder } from '../../../../src/adapters/kafka/protocol/decoder.ts';
import { deleteGroupsRequest } from '../../../../src/adapters/kafka/protocol/delete-groups.ts';
import { describeAclsRequest } from '../../../../src/adapters/kafka/protocol/describe-acls.ts';
import { describeConfigsRequest } from '../../../../src/adapters/kafka/protocol/describe-configs.ts';
import { describeGroupsRequest } from '../../../../src/adapters/kafka/protocol/describe-groups.ts';
import { Encoder } from '../../../../src/adapters/kafka/protocol/encoder.ts';
import { findCoordinatorRequest } from '../../../../src/adapters/kafka/protocol/find-coordinator.ts';
import { listGroupsRequest } from '../../../../src/adapters/kafka/protocol/list-groups.ts';
import { EARLIEST, listOffsetsRequest } from '../../../../src/adapters/kafka/protocol/list-offsets.ts';
import { metadataRequest } from '../../../../src/adapters/kafka/protocol/metadata.ts';
import { offsetCommitRequest } from '../../../../src/adapters/kafka/protocol/offset-commit.ts';
import { offsetDeleteRequest } from '../../../../src/adapters/kafka/protocol/offset-delete.ts';
import { offsetFetchRequest } from '../../../../src/adapters/kafka/protocol/offset-fetch.ts';
import { isFlexible, type KafkaRequest } from '../../../../src/adapters/kafka/protocol/request.ts';

type Golden = Readonly<Record<'requests' | 'responses', Readonly<Record<string, Readonly<Record<string, string>>>>>>;
const golden = JSON.parse(readFileSync(new URL('./fixtures/golden-messages.json', import.meta.url), 'utf8')) as Golden;

const ORDERS_0_2 = [
  { topic: 'orders', partition: 0 },
  { topic: 'orders', partition: 2 },
];
const BILLS_1 = { topic: 'bills', partition: 1 };
/** 2^53 + 1: lost by anything that goes through a number. */
const BEYOND_NUMBER = 9_007_199_254_740_993n;

interface Case {
  request(version: number): KafkaRequest<unknown>;
  answer(version: number): unknown;
}

const CASES: Readonly<Record<string, Case>> = {
  ApiVersions: {
    request: () => apiVersionsRequest,
    answer: () => ({
      error: null,
      versions: new Map([
        [3, { min: 0, max: 13 }],
        [8, { min: 2, max: 10 }],
      ]),
    }),
  },
  Metadata: {
    request: (version) => metadataRequest(version < 4 ? null : ['orders']),
    answer: (version) => ({
      brokers: [
        { nodeId: 2, host: 'b2', port: 9092 },
        { nodeId: 3, host: 'b3', port: 9093 },
      ],
      clusterId: version >= 2 ? 'c1' : null,
      topics: [
        {
          topic: 'orders',
          error: null,
          partitions: [
            { partition: 1, leaderId: 2, leaderEpoch: version >= 7 ? 9 : -1, error: null },
            { partition: 0, leaderId: -1, leaderEpoch: -1, error: 'LEADER_NOT_AVAILABLE' },
          ],
        },
        { topic: 'denied', error: 'TOPIC_AUTHORIZATION_FAILED', partitions: [] },
      ],
    }),
  },
  ListGroups: {
    request: () => listGroupsRequest,
    answer: (version) => ({
      error: null,
      groups: [
        {
          groupId: 'billing',
          protocolType: 'consumer',
          state: version >= 4 ? 'Stable' : null,
          type: version >= 5 ? 'Consumer' : null,
        },
        {
          groupId: 'grüße',
          protocolType: '',
          state: version >= 4 ? 'Empty' : null,
          type: version >= 5 ? 'Classic' : null,
        },
      ],
    }),
  },
  DescribeGroups: {
    request: () => describeGroupsRequest(['billing', 'audit']),
    answer: () => [
      { groupId: 'billing', error: null, state: 'Stable' },
      { groupId: 'audit', error: 'GROUP_AUTHORIZATION_FAILED', state: '' },
    ],
  },
  FindCoordinator: {
    request: (version) => findCoordinatorRequest(version < 4 ? ['billing'] : ['billing', 'audit']),
    answer: (version) => [
      { groupId: 'billing', error: null, nodeId: 2 },
      ...(version < 4 ? [] : [{ groupId: 'audit', error: 'COORDINATOR_NOT_AVAILABLE', nodeId: -1 }]),
    ],
  },
  OffsetFetch: {
    request: (version) =>
      offsetFetchRequest([
        { groupId: 'billing', partitions: [...ORDERS_0_2, BILLS_1] },
        ...(version < 8 ? [] : [{ groupId: 'audit', partitions: 'all' as const }]),
      ]),
    answer: (version) => [
      {
        groupId: 'billing',
        error: null,
        offsets: [
          {
            topic: 'orders',
            partition: 0,
            offset: BEYOND_NUMBER,
            leaderEpoch: version >= 5 ? 4 : -1,
            metadata: 'note',
            error: null,
          },
          {
            topic: 'orders',
            partition: 2,
            offset: -1n,
            leaderEpoch: -1,
            metadata: '',
            error: 'UNSTABLE_OFFSET_COMMIT',
          },
        ],
      },
      ...(version < 8 ? [] : [{ groupId: 'audit', error: 'GROUP_AUTHORIZATION_FAILED', offsets: [] }]),
    ],
  },
  OffsetCommit: {
    request: () =>
      offsetCommitRequest({
        groupId: 'billing',
        offsets: [
          { topic: 'orders', partition: 0, offset: BEYOND_NUMBER, metadata: 'note' },
          { topic: 'orders', partition: 2, offset: 0n, metadata: '' },
          { ...BILLS_1, offset: 5n, metadata: '' },
        ],
      }),
    answer: () => [
      { topic: 'orders', partition: 0, error: null },
      { topic: 'orders', partition: 2, error: 'UNKNOWN_MEMBER_ID' },
    ],
  },
  OffsetDelete: {
    request: () => offsetDeleteRequest('billing', ORDERS_0_2),
    answer: () => ({
      error: null,
      partitions: [
        { topic: 'orders', partition: 0, error: null },
        { topic: 'orders', partition: 2, error: 'GROUP_SUBSCRIBED_TO_TOPIC' },
      ],
    }),
  },
  DeleteGroups: {
    request: () => deleteGroupsRequest(['billing', 'audit']),
    answer: () => [
      { groupId: 'billing', error: null },
      { groupId: 'audit', error: 'NON_EMPTY_GROUP' },
    ],
  },
  ListOffsets: {
    request: () => listOffsetsRequest(ORDERS_0_2, EARLIEST),
    answer: () => [
      { topic: 'orders', partition: 0, error: null, offset: 42n },
      { topic: 'orders', partition: 2, error: 'NOT_LEADER_OR_FOLLOWER', offset: -1n },
    ],
  },
  DescribeConfigs: {
    request: () =>
      describeConfigsRequest([
        { type: 'topic', name: 'orders', keys: null },
        { type: 'broker', name: '2', keys: ['offsets.retention.minutes'] },
      ]),
    answer: (version) => [
      {
        name: 'orders',
        error: null,
        configs: [
          { name: 'cleanup.policy', value: 'compact', isDefault: false },
          { name: 'secret', value: null, isDefault: version >= 1 },
        ],
      },
      { name: '2', error: 'CLUSTER_AUTHORIZATION_FAILED', configs: [] },
    ],
  },
  DescribeAcls: {
    request: () => describeAclsRequest,
    answer: (version) => {
      const orders = { resourceType: 'TOPIC', patternType: 'LITERAL', name: 'orders' };
      const patternType = version === 0 ? 'LITERAL' : 'PREFIXED';
      const alice = { principal: 'User:alice', host: '*', permission: 'ALLOW' };
      return {
        error: null,
        acls: [
          { ...orders, ...alice, operation: 'WRITE' },
          { ...orders, principal: 'User:bob', host: '10.0.0.1', operation: 'ALL', permission: 'DENY' },
          { resourceType: 'GROUP', patternType, name: 'billing', ...alice, operation: 'UNKNOWN(99)' },
        ],
      };
    },
  },
};

function encoded(request: KafkaRequest<unknown>, version: number): string {
  const writer = new Encoder(isFlexible(request, version));
  request.encode(version, writer);
  return writer.bytes.toString('hex');
}

function decoded(request: KafkaRequest<unknown>, version: number, hex: string): { answer: unknown; left: number } {
  const reader = new Decoder(Buffer.from(hex, 'hex'), isFlexible(request, version));
  return { answer: request.decode(version, reader), left: reader.remaining };
}

function versionsOf({ versions: { min, max } }: KafkaRequest<unknown>): readonly number[] {
  return Array.from({ length: max - min + 1 }, (_, index) => min + index);
}

describe.each(Object.entries(CASES))('%s', (name, { request, answer }) => {
  it('speaks each version of its range as Kafka does, and no other', () => {
    const versions = versionsOf(request(99)).map(String);
    expect(Object.keys(golden.requests[name] ?? {})).toEqual(versions);
    expect(Object.keys(golden.responses[name] ?? {})).toEqual(versions);
  });

  it.each(versionsOf(request(99)))('v%i: writes and reads the bytes of Kafka', (version) => {
    const asked = request(version);
    expect(encoded(asked, version)).toBe(golden.requests[name]?.[version]);
    expect(decoded(asked, version, golden.responses[name]?.[version] ?? '')).toEqual({
      answer: answer(version),
      left: 0,
    });
  });

  it('refuses an answer that was cut anywhere', () => {
    const asked = request(99);
    const { max } = asked.versions;
    const whole = golden.responses[name]?.[max] ?? '';
    for (let bytes = 0; bytes < whole.length / 2; bytes += 1) {
      expect(() => decoded(asked, max, whole.slice(0, bytes * 2)), `${bytes} bytes`).toThrowError(
        expect.objectContaining({ code: 'KAFKA_PROTOCOL' }),
      );
    }
  });
});

describe('what a version cannot say', () => {
  it('Metadata names no topic before v4, where that could create it', () => {
    expect(() => encoded(metadataRequest(['orders']), 3)).toThrow(/may create/);
  });

  it('OffsetFetch asks for no "all" before v2, and for one group before v8', () => {
    const all = { groupId: 'billing', partitions: 'all' as const };
    expect(() => encoded(offsetFetchRequest([all]), 1)).toThrow(/must name/);
    expect(() => encoded(offsetFetchRequest([all, all]), 7)).toThrow(/one group, not 2/);
  });

  it('FindCoordinator asks for one group before v4', () => {
    expect(() => encoded(findCoordinatorRequest(['billing', 'audit']), 3)).toThrow(/one group, not 2/);
  });

  it('OffsetFetch v1 has its group error on the partitions', () => {
    const writer = new Encoder();
    writer.array(['orders'], (topic) =>
      writer.string(topic).array([0], (partition) => writer.int32(partition).int64(-1n).nullableString(null).int16(16)),
    );
    const [group] = offsetFetchRequest([{ groupId: 'billing', partitions: ORDERS_0_2 }]).decode(
      1,
      new Decoder(writer.bytes),
    );
    expect(group?.error).toBe('NOT_COORDINATOR');
  });
});
