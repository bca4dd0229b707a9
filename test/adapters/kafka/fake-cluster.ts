/** A fake broker that knows of brokers, one topic and coordinators; a test adds the fault. */
import { Encoder } from '../../../src/adapters/kafka/protocol/encoder.ts';
import { API, type FakeBroker, type FakeHandlers, startFakeBroker } from './fake-broker.ts';

export const TOPIC = 'orders';
export const OFFSETS_TOPIC = '__consumer_offsets';
const UNKNOWN_TOPIC = 3;
const TOPIC_AUTHORIZATION_FAILED = 29;

export interface FakeClusterOptions {
  /** Ports of brokers 2, 3 …; broker 1 is the fake itself. */
  readonly otherPorts?: readonly number[];
  readonly topics?: readonly string[];
  /** Topics that the principal may not describe. */
  readonly deniedTopics?: readonly string[];
  readonly coordinatorId?: number;
  readonly handlers?: FakeHandlers;
}

export async function startFakeCluster(options: FakeClusterOptions = {}): Promise<FakeBroker> {
  const { otherPorts = [], topics = [TOPIC, OFFSETS_TOPIC], deniedTopics = [], coordinatorId = 1 } = options;
  let ownPort = 0;
  const fake = await startFakeBroker({
    [API.metadata]: ({ body }) => {
      const named = body.array(() => body.string());
      return metadataAnswer([ownPort, ...otherPorts], named, topics, deniedTopics);
    },
    [API.findCoordinator]: () => coordinatorAnswer(0, coordinatorId),
    ...options.handlers,
  });
  ownPort = fake.port;
  return fake;
}

/** Metadata v4; each topic has one partition, led by broker 1. */
function metadataAnswer(
  ports: readonly number[],
  named: readonly string[],
  known: readonly string[],
  denied: readonly string[],
): Encoder {
  const answer = new Encoder().int32(0);
  answer.array([...ports.entries()], ([index, port]) =>
    answer
      .int32(index + 1)
      .string('127.0.0.1')
      .int32(port)
      .nullableString(null),
  );
  answer.nullableString('fake').int32(1);
  return answer.array(named, (topic) => {
    const exists = known.includes(topic) && !denied.includes(topic);
    const error = denied.includes(topic) ? TOPIC_AUTHORIZATION_FAILED : exists ? 0 : UNKNOWN_TOPIC;
    answer.int16(error).string(topic).boolean(false);
    answer.array(exists ? [0] : [], (partition) => {
      answer.int16(0).int32(partition).int32(1);
      answer.array([1], (replica) => answer.int32(replica)).array([1], (replica) => answer.int32(replica));
    });
  });
}

/** FindCoordinator v2. */
export function coordinatorAnswer(error: number, nodeId: number): Encoder {
  return new Encoder().int32(0).int16(error).nullableString(null).int32(nodeId).string('127.0.0.1').int32(1);
}

/** OffsetCommit v7 for partitions of TOPIC: partition → error code. */
export function commitAnswer(errors: Readonly<Record<number, number>>): Encoder {
  const answer = new Encoder().int32(0);
  return answer.array([TOPIC], (topic) =>
    answer
      .string(topic)
      .array(Object.entries(errors), ([partition, error]) => answer.int32(Number(partition)).int16(error)),
  );
}

/** OffsetFetch v5 for partitions of TOPIC: partition → offset. */
export function offsetsAnswer(offsets: Readonly<Record<number, bigint>>, groupError = 0): Encoder {
  const answer = new Encoder().int32(0);
  answer.array([TOPIC], (topic) =>
    answer
      .string(topic)
      .array(Object.entries(offsets), ([partition, offset]) =>
        answer.int32(Number(partition)).int64(offset).int32(-1).nullableString('').int16(0),
      ),
  );
  return answer.int16(groupError);
}

/** ListOffsets v5 for partition 0 of TOPIC. */
export function listOffsetsAnswer(error: number, offset: bigint): Encoder {
  const answer = new Encoder().int32(0);
  return answer.array([TOPIC], (topic) =>
    answer
      .string(topic)
      .array([0], (partition) => answer.int32(partition).int16(error).int64(-1n).int64(offset).int32(-1)),
  );
}

/** The first answers in turn, then the last one again and again. */
export function inTurn<T>(...answers: readonly T[]): () => T {
  let next = 0;
  return () => {
    const answer = answers[Math.min(next, answers.length - 1)] as T;
    next += 1;
    return answer;
  };
}
