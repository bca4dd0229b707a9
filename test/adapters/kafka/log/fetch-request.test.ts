import { describe, expect, it } from 'vitest';
import { fetchRequest } from '../../../../src/adapters/kafka/log/fetch-request.ts';
import { Decoder } from '../../../../src/adapters/kafka/protocol/decoder.ts';
import { Encoder } from '../../../../src/adapters/kafka/protocol/encoder.ts';

const VERSION = 10;
const POSITIONS = [
  { topic: 'orders', partition: 2, offset: 20n, maxBytes: 1_000 },
  { topic: 'bills', partition: 0, offset: 5n, maxBytes: 300 },
  { topic: 'orders', partition: 1, offset: 10n, maxBytes: 500 },
];
const request = fetchRequest(POSITIONS, { isolation: 'read_uncommitted', maxWaitMs: 250 });

function answer(throttleTimeMs: number, error: number, partitions: readonly { topic: string; partition: number }[]) {
  const writer = new Encoder();
  writer.int32(throttleTimeMs).int16(error).int32(0);
  writer.array(partitions, ({ topic, partition }) => {
    writer.string(topic).array([partition], () => {
      writer.int32(partition).int16(0).int64(100n).int64(90n).int64(0n);
      writer
        .array([], () => {})
        .int32(1)
        .int8(partition);
    });
  });
  return request.decode(VERSION, new Decoder(writer.bytes));
}

describe('Fetch of several partitions', () => {
  it('names each topic once, keeps the first partition first and asks for their bytes together', () => {
    const writer = new Encoder();
    request.encode(VERSION, writer);
    const reader = new Decoder(writer.bytes);
    reader.raw(12);
    const maxBytes = reader.int32();
    reader.raw(1 + 8);
    const topics = reader.array(() => {
      const topic = reader.string();
      const partitions = reader.array(() => {
        const partition = reader.int32();
        reader.int32();
        const offset = reader.int64();
        reader.int64();
        return [partition, offset, reader.int32()];
      });
      return [topic, partitions];
    });
    expect(maxBytes).toBe(1_800);
    expect(topics).toEqual([
      [
        'orders',
        [
          [2, 20n, 1_000],
          [1, 10n, 500],
        ],
      ],
      ['bills', [[0, 5n, 300]]],
    ]);
  });

  it('answers for each partition by its name, in whatever order they come', () => {
    const fetched = answer(
      0,
      0,
      [POSITIONS[1], POSITIONS[2], POSITIONS[0]].flatMap((one) => one ?? []),
    );
    const records = [...fetched].map(([key, { records }]) => [key, [...records]]);
    expect(records).toEqual([
      ['orders/2', [2]],
      ['bills/0', [0]],
      ['orders/1', [1]],
    ]);
  });

  it('is empty for all partitions when the broker throttles, which then names none (KIP-219)', () => {
    const fetched = [...answer(700, 0, []).values()];
    expect(fetched).toHaveLength(POSITIONS.length);
    for (const one of fetched) expect(one).toMatchObject({ error: null, throttleTimeMs: 700, highWatermark: -1n });
  });

  it('gives the error of the whole request to each partition', () => {
    const errors = [...answer(0, 56, []).values()].map(({ error }) => error);
    expect(errors).toEqual(Array(POSITIONS.length).fill('KAFKA_STORAGE_ERROR'));
  });

  it('takes an answer that leaves out a partition for malformed', () => {
    expect(() => answer(0, 0, POSITIONS.slice(0, 2))).toThrow('leaves out a partition asked for');
  });
});
