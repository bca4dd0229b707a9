import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Decoder, MalformedDataError } from '../../../../src/adapters/kafka/protocol/decoder.ts';
import { Encoder } from '../../../../src/adapters/kafka/protocol/encoder.ts';
import { kafkaErrorName } from '../../../../src/adapters/kafka/protocol/error-names.ts';
import { listGroupsRequest } from '../../../../src/adapters/kafka/protocol/list-groups.ts';
import { metadataRequest } from '../../../../src/adapters/kafka/protocol/metadata.ts';
import { offsetFetchRequest } from '../../../../src/adapters/kafka/protocol/offset-fetch.ts';
import { isFlexible, type KafkaRequest } from '../../../../src/adapters/kafka/protocol/request.ts';

const INT64 = { min: -(2n ** 63n), max: 2n ** 63n - 1n };

describe('what the encoder writes, the decoder reads', () => {
  it.each([false, true])('all primitive types (flexible: %s)', (flexible) => {
    const anything = fc.record({
      int8: fc.integer({ min: -128, max: 127 }),
      int16: fc.integer({ min: -32_768, max: 32_767 }),
      int32: fc.integer(),
      int64: fc.bigInt(INT64),
      uvarint: fc.nat({ max: 0xffff_ffff }),
      boolean: fc.boolean(),
      string: fc.string({ unit: 'binary' }),
      nullable: fc.option(fc.string({ unit: 'grapheme' })),
      bytes: fc.uint8Array(),
      array: fc.array(fc.bigInt(INT64)),
    });
    fc.assert(
      fc.property(anything, (value) => {
        const writer = new Encoder(flexible, 1);
        writer.int8(value.int8).int16(value.int16).int32(value.int32).int64(value.int64).uvarint(value.uvarint);
        writer.boolean(value.boolean).string(value.string).nullableString(value.nullable).bytesField(value.bytes);
        writer.array(value.array, (item) => writer.int64(item)).endStruct();
        const reader = new Decoder(writer.bytes, flexible);
        expect({
          int8: reader.int8(),
          int16: reader.int16(),
          int32: reader.int32(),
          int64: reader.int64(),
          uvarint: reader.uvarint(),
          boolean: reader.boolean(),
          string: reader.string(),
          nullable: reader.nullableString(),
          bytes: new Uint8Array(reader.nullableBytes() ?? []),
          array: reader.array(() => reader.int64()),
        }).toEqual(value);
        reader.endStruct();
        expect(reader.remaining).toBe(0);
      }),
    );
  });
});

describe('bytes of any origin', () => {
  const requests: readonly KafkaRequest<unknown>[] = [
    metadataRequest(null),
    listGroupsRequest,
    offsetFetchRequest([{ groupId: 'billing', partitions: 'all' }]),
  ];

  it.each(requests)('$apiName gives an answer or the typed error', (request) => {
    const version = fc.integer(request.versions);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), version, (bytes, chosen) => {
        try {
          request.decode(chosen, new Decoder(bytes, isFlexible(request, chosen)));
        } catch (error) {
          expect(error).toBeInstanceOf(MalformedDataError);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    ['an array of 2,147,483,647 items', '7fffffff', (reader: Decoder) => reader.array(() => reader.int8())],
    ['a negative array length', 'fffffffe', (reader: Decoder) => reader.array(() => reader.int8())],
    ['a string longer than the rest', '000561', (reader: Decoder) => reader.string()],
    ['a null where a string must be', 'ffff', (reader: Decoder) => reader.string()],
    ['bytes of negative length', 'fffffff0', (reader: Decoder) => reader.nullableBytes()],
    ['a VARINT without end', 'ffffffffffff', (reader: Decoder) => reader.uvarint()],
    ['a VARINT above 32 bits', 'ffffffff7f', (reader: Decoder) => reader.uvarint()],
    ['a VARLONG without end', 'ff'.repeat(11), (reader: Decoder) => reader.varlong()],
  ])('%s is refused', (_what, hex, read) => {
    expect(() => read(new Decoder(Buffer.from(hex, 'hex')))).toThrow(MalformedDataError);
  });

  it('an array whose items take no bytes does not run away', () => {
    const bytes = Buffer.concat([Buffer.from('00000010', 'hex'), Buffer.alloc(16)]);
    const reader = new Decoder(bytes);
    expect(() => reader.array(() => null)).toThrow(/takes no bytes/);
  });

  it('says what was expected where, and what was left', () => {
    const reader = new Decoder(Buffer.from('0001', 'hex'));
    reader.int16();
    expect(() => reader.int32()).toThrow('expected an INT32 at byte 2, seen 0 of 2 bytes left');
  });
});

describe('signed varints', () => {
  it.each([
    ['00', 0n],
    ['01', -1n],
    ['02', 1n],
    ['ac02', 150n],
    ['ffffffffffffffffff01', -(2n ** 63n)],
    ['feffffffffffffffff01', 2n ** 63n - 1n],
  ])('%s is %s', (hex, value) => {
    expect(new Decoder(Buffer.from(hex, 'hex')).varlong()).toBe(value);
  });

  it('reads 32 bits to both ends', () => {
    expect(new Decoder(Buffer.from('ffffffff0f', 'hex')).varint()).toBe(-(2 ** 31));
    expect(new Decoder(Buffer.from('feffffff0f', 'hex')).varint()).toBe(2 ** 31 - 1);
  });
});

describe('error names', () => {
  it.each([
    [0, null],
    [-1, 'UNKNOWN_SERVER_ERROR'],
    [3, 'UNKNOWN_TOPIC_OR_PARTITION'],
    [25, 'UNKNOWN_MEMBER_ID'],
    [30, 'GROUP_AUTHORIZATION_FAILED'],
    [88, 'UNSTABLE_OFFSET_COMMIT'],
    [113, 'STALE_MEMBER_EPOCH'],
    [133, 'SHARE_SESSION_LIMIT_REACHED'],
    [4_000, 'UNKNOWN(4000)'],
    [-7, 'UNKNOWN(-7)'],
  ])('code %i is %s', (code, name) => {
    expect(kafkaErrorName(code)).toBe(name);
  });
});
