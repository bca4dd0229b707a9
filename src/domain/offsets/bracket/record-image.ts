/**
 * A data record as the comparison of two logs sees it: where it lies, when it was made, and digests. Keys, values and
 * headers never get here (invariant G); two records are equal exactly when their images are.
 */
export interface RecordImage {
  readonly offset: bigint;
  /** Milliseconds since the epoch; −1 when the message format has none. */
  readonly timestamp: bigint;
  /** `append`: the broker set it (message.timestamp.type=LogAppendTime), so it differs from that of the original. */
  readonly timestampKind: 'create' | 'append' | 'none';
  /** Digest of key and value; null and empty differ. */
  readonly content: string;
  /** Digest of the headers in their order; the empty text when there are none. */
  readonly headers: string;
}

/** A piece of one side's log: [from, to). */
export interface LogSlice {
  readonly side: 'source' | 'target';
  readonly from: bigint;
  readonly to: bigint;
}
