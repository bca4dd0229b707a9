/** Many worlds judged by the truth: what a rule answered, and the seeds where it was wrong. */
import type { RecordTranslation } from '../../../src/domain/offsets/bracket/record-translation.ts';
import { type Look, lookAt, type ReadOrder } from './look-at-world.ts';
import { ReplicatedWorld } from './replicated-world.ts';
import { truthOf } from './truth.ts';

export type Rule = (look: Look) => RecordTranslation;

export interface SurveyOptions {
  readonly firstSeed: number;
  readonly worlds: number;
  readonly order?: ReadOrder;
  readonly losesFirstSyncs?: boolean;
}

export interface Survey {
  readonly exact: number;
  readonly bounded: number;
  readonly 'not-replicated': number;
  readonly contradicted: number;
  readonly unproven: number;
  /** Places bounded by verified offset syncs below, above. */
  readonly anchoredLow: number;
  readonly anchoredHigh: number;
  /** Bounded, though nothing would have been read again. */
  readonly modest: number;
  /** Seeds of worlds in which a record would have been skipped. */
  readonly unsafe: readonly number[];
  /** Seeds of worlds in which `exact` was not, or more was read again than `redeliveredMax`. */
  readonly understated: readonly number[];
}

export function survey(rule: Rule, options: SurveyOptions): Survey {
  const count = { exact: 0, bounded: 0, 'not-replicated': 0, contradicted: 0, unproven: 0 };
  const seen = { anchoredLow: 0, anchoredHigh: 0, modest: 0 };
  const unsafe: number[] = [];
  const understated: number[] = [];
  for (let seed = options.firstSeed; seed < options.firstSeed + options.worlds; seed++) {
    const { world, look } = worldOf(seed, options);
    const answer = rule(look);
    count[answer.kind === 'translated' ? answer.precision : answer.kind]++;
    if (answer.kind !== 'translated') continue;
    if (answer.proof.lowAnchor !== null) seen.anchoredLow++;
    if (answer.proof.highAnchor !== null) seen.anchoredHigh++;
    const { skipped, redelivered } = truthOf(world, look.position, Number(answer.offset), look.settledEnd);
    if (skipped !== null) unsafe.push(seed);
    if (redelivered > Number(answer.redeliveredMax)) understated.push(seed);
    if (answer.precision === 'bounded' && redelivered === 0) seen.modest++;
  }
  return { ...count, ...seen, unsafe, understated };
}

/** The world of a seed, with what was seen of it. */
export function worldOf(seed: number, { order, losesFirstSyncs }: Partial<SurveyOptions> = {}) {
  const world = new ReplicatedWorld(seed, losesFirstSyncs);
  world.live(10 + world.below(40));
  const look = lookAt(world, world.below(2) * 2, order);
  return { world, look };
}
