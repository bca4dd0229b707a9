/**
 * Record batch of magic 2 (KIP-98, KIP-534; org.apache.kafka.common.record.DefaultRecordBatch).
 *
 *   batch => baseOffset batchLength partitionLeaderEpoch magic crc attributes lastOffsetDelta baseTimestamp
 *            maxTimestamp producerId producerEpoch baseSequence recordCount [record]
 *     baseOffset           => INT64
 *     batchLength          => INT32   bytes behind this field
 *     partitionLeaderEpoch => INT32
 *     magic                => INT8    2
 *     crc                  => UINT32  CRC-32C of all behind it
 *     attributes           => INT16   0–2 codec, 3 LogAppendTime, 4 transactional, 5 control, 6 delete horizon
 *     lastOffsetDelta      => INT32   survives compaction
 *     baseTimestamp        => INT64   the delete horizon where bit 6 is set; deltas count from it all the same
 *     maxTimestamp         => INT64
 *     producerId           => INT64   −1 without one
 *     producerEpoch        => INT16
 *     baseSequence         => INT32
 *     recordCount          => INT32
 *   record (compressed as one, where a codec is set) => length attributes timestampDelta offsetDelta key value [header]
 *     length         => VARINT
 *     attributes     => INT8
 *     timestampDelta => VARLONG
 *     offsetDelta    => VARINT
 *     key, value     => VARINT length (−1 null), bytes
 *     header         => VARINT key length, UTF-8, VARINT value length (−1 null), bytes; their count is a VARINT
 */
import type { LogRecord } from '../../../operations/ports.ts';
import { Decoder, MalformedDataError } from '../protocol/decoder.ts';
import {
  type BatchRecord,
  type LogBatch,
  type Marker,
  malformedBatch,
  type OffsetRange,
  timestampKind,
} from './batch.ts';
import { decompress } from './compression/decompress.ts';
import { crc32c } from './crc32c.ts';

const CRC_END = 21;
const CODEC_MASK = 0x07;
const LOG_APPEND_TIME = 0x08;
const TRANSACTIONAL = 0x10;
const CONTROL = 0x20;

interface Header {
  readonly baseOffset: bigint;
  readonly attributes: number;
  readonly baseTimestamp: bigint;
  readonly maxTimestamp: bigint;
  readonly recordCount: number;
  /** Still compressed. */
  readonly records: Uint8Array;
}

/** `bytes` are one whole batch. Errors: MalformedDataError, also when the checksum does not match. */
export function readRecordBatch(bytes: Uint8Array): LogBatch {
  const decoder = new Decoder(bytes);
  const baseOffset = decoder.int64();
  decoder.raw(9); // batchLength, partitionLeaderEpoch, magic: the caller has looked at them
  if (decoder.uint32() !== crc32c(bytes.subarray(CRC_END))) throw malformedBatch(baseOffset, 'its CRC-32C differs');
  const attributes = decoder.int16();
  const lastOffsetDelta = decoder.int32();
  const baseTimestamp = decoder.int64();
  const maxTimestamp = decoder.int64();
  const producerId = decoder.int64();
  decoder.raw(6); // producerEpoch, baseSequence
  const recordCount = decoder.int32();
  if (lastOffsetDelta < 0) throw malformedBatch(baseOffset, `lastOffsetDelta ${lastOffsetDelta}`);
  const records = decoder.raw(decoder.remaining);
  const header: Header = { baseOffset, attributes, baseTimestamp, maxTimestamp, recordCount, records };

  return {
    lastOffset: baseOffset + BigInt(lastOffsetDelta),
    sizeBytes: bytes.length,
    control: (attributes & CONTROL) !== 0,
    transactionalProducerId: (attributes & TRANSACTIONAL) === 0 ? null : producerId,
    marker: () => readMarker(header),
    readRecords: (visit, range) => readRecords(header, visit, range),
  };
}

function readRecords(header: Header, visit: (record: BatchRecord) => void, range?: OffsetRange): void {
  // Compaction that took out all records leaves no compressed data either.
  if (header.recordCount === 0 && header.records.length === 0) return;
  // As deltas, because bigints for records that are passed over would cost more than reading them.
  const first = range === undefined ? 0 : Number(range.from - header.baseOffset);
  const end = range === undefined ? Number.POSITIVE_INFINITY : Number(range.to - header.baseOffset);
  try {
    const decoder = new Decoder(decompress(header.attributes & CODEC_MASK, header.records));
    for (let i = 0; i < header.recordCount; i += 1) {
      const record = readRecord(decoder, header, first, end);
      if (record !== null) visit(record);
    }
    if (decoder.remaining > 0) throw new MalformedDataError(`${decoder.remaining} bytes behind the last record`);
  } catch (error) {
    throw error instanceof MalformedDataError ? malformedBatch(header.baseOffset, error.message) : error;
  }
}

/** Null, unread, when its offset delta is not in [first, end). */
function readRecord(decoder: Decoder, header: Header, first: number, end: number): BatchRecord | null {
  const length = decoder.varint();
  const endsAt = decoder.offset + length;
  decoder.int8(); // attributes, unused
  const timestampDelta = decoder.varlong();
  const offsetDelta = decoder.varint();
  if (offsetDelta < first || offsetDelta >= end) {
    decoder.skip(endsAt - decoder.offset);
    return null;
  }
  const offset = header.baseOffset + BigInt(offsetDelta);
  const key = nullableBytes(decoder);
  const value = nullableBytes(decoder);
  const headers = readHeaders(decoder);
  if (decoder.offset !== endsAt) throw new MalformedDataError(`a record of ${length} bytes ends elsewhere`);
  const appended = (header.attributes & LOG_APPEND_TIME) !== 0;
  const timestamp = appended ? header.maxTimestamp : header.baseTimestamp + timestampDelta;
  return { offset, timestamp, timestampKind: timestampKind(timestamp, appended), key, value, headers };
}

const NO_HEADERS: LogRecord['headers'] = [];

function readHeaders(decoder: Decoder): LogRecord['headers'] {
  const count = decoder.varint();
  if (count === 0) return NO_HEADERS;
  if (count < 0) throw new MalformedDataError(`${count} headers`);
  const headers: { key: string; value: Uint8Array | null }[] = [];
  for (let i = 0; i < count; i += 1) {
    const key = decoder.raw(decoder.varint()).toString('utf8');
    headers.push({ key, value: nullableBytes(decoder) });
  }
  return headers;
}

function nullableBytes(decoder: Decoder): Uint8Array | null {
  const length = decoder.varint();
  return length === -1 ? null : decoder.raw(length);
}

/** Key of a control record => version:INT16 type:INT16 (0 abort, 1 commit; others end no transaction). */
function readMarker(header: Header): Marker | null {
  let marker: Marker | null = null;
  readRecords(header, ({ key }) => {
    if (key === null || key.length < 4) return;
    const type = new Decoder(key.subarray(2)).int16();
    if (type === 0) marker = 'abort';
    if (type === 1) marker = 'commit';
  });
  return marker;
}
