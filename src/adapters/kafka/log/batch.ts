import type { RecordImage } from '../../../domain/offsets/bracket/record-image.ts';
import type { LogRecord } from '../../../operations/ports.ts';
import { MalformedDataError } from '../protocol/decoder.ts';

/** A record as its batch tells of it. */
export interface BatchRecord extends LogRecord {
  /** Who set the timestamp; `none` without one. */
  readonly timestampKind: RecordImage['timestampKind'];
}

const NO_TIMESTAMP = -1n;

/** `appended`: the batch, or the message around it, has the attribute LogAppendTime. */
export function timestampKind(timestamp: bigint, appended: boolean): BatchRecord['timestampKind'] {
  if (timestamp === NO_TIMESTAMP) return 'none';
  return appended ? 'append' : 'create';
}

/** What a transaction's control record says of it. */
export type Marker = 'abort' | 'commit';

/** [from, to) */
export interface OffsetRange {
  readonly from: bigint;
  readonly to: bigint;
}

/** One entry of the log: a record batch, or a message (maybe a wrapper of many) of the old formats. */
export interface LogBatch {
  /** Last offset that the batch covers, records that compaction took out included: reading goes on behind it. */
  readonly lastOffset: bigint;
  /** As it lies in the log, still compressed. */
  readonly sizeBytes: number;
  /** Control batches hold a transaction's marker and no data. */
  readonly control: boolean;
  /** Producer of a batch that belongs to a transaction, else null. */
  readonly transactionalProducerId: bigint | null;
  /** Of a control batch; null for a marker that is neither, or that compaction took out. */
  marker(): Marker | null;
  /**
   * Unpacks and decodes; keys and values share memory with the fetched or unpacked bytes. Of records outside the
   * range, which is all by default, nothing but the offset need be looked at.
   */
  readRecords(visit: (record: BatchRecord) => void, range?: OffsetRange): void;
}

/** Says where, since the bytes themselves must not be shown. */
export function malformedBatch(offset: bigint, why: string): MalformedDataError {
  return new MalformedDataError(`the batch at offset ${offset} is malformed: ${why}`);
}
