/** The version of the worker, for rules that hold for some only. */
import { isBefore, type KafkaVersion } from '../mm2-runtime.ts';
import type { LintView } from './lint-view.ts';

/** False when the version is not known. */
export function isWorkerBefore({ subject }: LintView, floor: KafkaVersion): boolean {
  return subject.workerVersion !== null && isBefore(subject.workerVersion, floor);
}
