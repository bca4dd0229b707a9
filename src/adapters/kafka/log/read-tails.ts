/** Counts what is at the end of logs, and sees whether transactions wrote it, without keeping a record. */
import { MigrationError } from '../../../errors.ts';
import type { TailReading, TailRequest } from '../../../operations/gate/gate-ports.ts';
import type { ScanRate } from '../scan-rate.ts';
import type { LogSource } from './log-source.ts';
import { type LogReadOptions, readLog } from './read-log.ts';

const READS_AT_ONCE = 8;

/** One result for every request, in their order. Throws MigrationError(CANCELLED) when the signal aborts. */
export async function readTails(
  source: LogSource,
  rate: ScanRate,
  requests: readonly TailRequest[],
  signal: AbortSignal,
): Promise<readonly TailReading[]> {
  const readings: TailReading[] = [];
  let next = 0;
  const reader = async () => {
    while (next < requests.length) {
      if (signal.aborted) throw new MigrationError('CANCELLED', 'The reading of log ends was cancelled.');
      const place = next++;
      const request = requests[place];
      if (request !== undefined) readings[place] = await readTail(source, request, { rate, signal });
    }
  };
  await Promise.all(Array.from({ length: READS_AT_ONCE }, reader));
  return readings;
}

async function readTail(
  source: LogSource,
  request: TailRequest,
  pace: LogReadOptions['pace'] & {},
): Promise<TailReading> {
  let transactional = false;
  const onBatch = (inTransaction: boolean) => {
    transactional ||= inTransaction;
  };
  try {
    const result = await readLog(source, request, () => {}, { onBatch, pace });
    const { complete, recordCount, logStartMovedTo, openTransactionAt } = result;
    if (!complete) return { kind: 'unreadable', error: 'the log gave no more before its end' };
    return { kind: 'read', dataRecords: recordCount, transactional, logStartMovedTo, openTransactionAt };
  } catch (error) {
    if (!(error instanceof MigrationError)) throw error;
    return { kind: 'unreadable', error: error.message };
  }
}
