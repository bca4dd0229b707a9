/**
 * Message of magic 0 or 1: brokers before 0.11, and topics with an older message.format.version.
 *
 *   message => offset size crc magic attributes [timestamp] key value
 *     offset     => INT64
 *     size       => INT32   bytes behind this field
 *     crc        => UINT32  CRC-32 of all behind it
 *     magic      => INT8    0 or 1
 *     attributes => INT8    0–2 codec, 3 LogAppendTime
 *     timestamp  => INT64   magic 1 only
 *     key, value => INT32 length (−1 null), bytes
 *
 * With a codec, the value is a compressed set of such messages, and the wrapper has the last one's offset. Inside,
 * magic 0 has true offsets; magic 1 counts from 0 (KIP-31), so the last one's gives the difference.
 */
import { crc32 } from 'node:zlib';
import { Decoder, MalformedDataError } from '../protocol/decoder.ts';
import { type BatchRecord, type LogBatch, malformedBatch, timestampKind } from './batch.ts';
import { decompress } from './compression/decompress.ts';

const CRC_END = 16;
const OVERHEAD = 12;
const CODEC_MASK = 0x07;
const LOG_APPEND_TIME = 0x08;
const NO_TIMESTAMP = -1n;

interface Message {
  readonly offset: bigint;
  readonly magic: number;
  readonly attributes: number;
  readonly timestamp: bigint;
  readonly key: Uint8Array | null;
  readonly value: Uint8Array | null;
}

/** `bytes` are one whole message. Errors: MalformedDataError, also when the checksum does not match. */
export function readMessage(bytes: Uint8Array): LogBatch {
  const wrapper = decodeMessage(bytes);
  return {
    lastOffset: wrapper.offset,
    sizeBytes: bytes.length,
    control: false,
    transactionalProducerId: null,
    marker: () => null,
    readRecords(visit) {
      if ((wrapper.attributes & CODEC_MASK) === 0) visit(toRecord(wrapper, wrapper));
      else readWrapped(wrapper, visit);
    },
  };
}

function readWrapped(wrapper: Message, visit: (record: BatchRecord) => void): void {
  try {
    const inner = decodeSet(decompress(wrapper.attributes & CODEC_MASK, wrapper.value ?? new Uint8Array()));
    const last = inner.at(-1);
    if (last === undefined) throw new MalformedDataError('a wrapper without messages');
    const shift = wrapper.offset - last.offset;
    for (const message of inner) visit(toRecord({ ...message, offset: message.offset + shift }, wrapper));
  } catch (error) {
    throw error instanceof MalformedDataError ? malformedBatch(wrapper.offset, error.message) : error;
  }
}

function decodeSet(bytes: Uint8Array): Message[] {
  const decoder = new Decoder(bytes);
  const messages: Message[] = [];
  while (decoder.remaining > 0) {
    const start = decoder.offset;
    decoder.int64();
    const size = decoder.int32();
    decoder.raw(size);
    messages.push(decodeMessage(bytes.subarray(start, start + OVERHEAD + size)));
  }
  return messages;
}

function decodeMessage(bytes: Uint8Array): Message {
  const decoder = new Decoder(bytes);
  const offset = decoder.int64();
  decoder.int32(); // size: the caller has looked at it
  if (decoder.uint32() !== crc32(bytes.subarray(CRC_END))) throw malformedBatch(offset, 'its CRC-32 differs');
  const magic = decoder.int8();
  const attributes = decoder.int8();
  const timestamp = magic === 0 ? NO_TIMESTAMP : decoder.int64();
  const key = decoder.nullableBytes();
  const value = decoder.nullableBytes();
  return { offset, magic, attributes, timestamp, key, value };
}

/** The broker sets LogAppendTime on the outermost message, which may be the message itself. */
function toRecord({ offset, timestamp: ownTimestamp, key, value }: Message, outermost: Message): BatchRecord {
  const appended = (outermost.attributes & LOG_APPEND_TIME) !== 0;
  const timestamp = appended ? outermost.timestamp : ownTimestamp;
  return { offset, timestamp, timestampKind: timestampKind(timestamp, appended), key, value, headers: [] };
}
