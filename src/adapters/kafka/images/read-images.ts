import type { RecordImage } from '../../../domain/offsets/bracket/record-image.ts';
import { MigrationError } from '../../../errors.ts';
import type { ImageRequest, ImageSlice } from '../../../operations/ports.ts';
import type { LogSource } from '../log/log-source.ts';
import { readLog } from '../log/read-log.ts';
import { recordImage } from './record-image.ts';

/** One slice after the other. */
export async function readImages(
  source: LogSource,
  requests: readonly ImageRequest[],
  signal: AbortSignal,
): Promise<readonly ImageSlice[]> {
  const slices: ImageSlice[] = [];
  for (const request of requests) {
    if (signal.aborted) throw new MigrationError('CANCELLED', 'The reading of records was cancelled.');
    slices.push(await readSlice(source, request));
  }
  return slices;
}

async function readSlice(source: LogSource, request: ImageRequest): Promise<ImageSlice> {
  const range = await source.logRange(request);
  if (range.kind === 'error') return { kind: 'unreadable', error: range.error };
  if (request.to > range.highWatermark) return { kind: 'unreadable', error: 'OFFSET_OUT_OF_RANGE' };
  const from = request.from < range.logStart ? range.logStart : request.from;
  const records: RecordImage[] = [];
  try {
    const result = await readLog(source, { ...request, from, isolation: 'read_uncommitted' }, (record) =>
      records.push(recordImage(record)),
    );
    if (result.logStartMovedTo !== null) return { kind: 'unreadable', error: 'LOG_START_MOVED' };
    return result.complete ? { kind: 'read', records } : { kind: 'unreadable', error: 'LOG_ENDS_EARLY' };
  } catch (error) {
    if (!(error instanceof MigrationError)) throw error;
    return { kind: 'unreadable', error: error.message.match(/seen ([A-Z_]+)\.$/)?.[1] ?? error.code };
  }
}
