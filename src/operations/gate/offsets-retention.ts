/** How long the target keeps the offsets of a group without members. */
import type { Known } from '../../domain/cutover/facts.ts';
import type { GateReader } from './gate-ports.ts';
import { known, unknown } from './known.ts';

const KEY = 'offsets.retention.minutes';

/** The smallest of all brokers, since any of them may coordinate a group. */
export async function readOffsetsRetention(target: GateReader): Promise<Known<number>> {
  let smallest: number | null = null;
  for (const [broker, reading] of await target.brokerConfig(KEY)) {
    if (reading.kind === 'unreadable') {
      return unknown(`broker ${broker} of the target does not tell ${KEY} (${reading.error})`);
    }
    const value = Number(reading.entries.find(({ name }) => name === KEY)?.value ?? Number.NaN);
    if (!Number.isFinite(value)) return unknown(`broker ${broker} of the target tells no ${KEY}`);
    smallest = smallest === null ? value : Math.min(smallest, value);
  }
  return smallest === null ? unknown('the target names no broker') : known(smallest);
}
