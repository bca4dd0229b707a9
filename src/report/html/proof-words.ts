/**
 * Why a translated offset is held to be right, in words. A sentence is a template with `{0}`, `{1}` … and its values, so
 * that a page of a million partitions holds each template once.
 */
import type { OffsetPair } from '../../domain/checkpoints/lower-bounds.ts';
import type { BracketProof } from '../../domain/offsets/bracket/record-translation.ts';
import type { CheckpointProof, PartitionOutcome } from '../../domain/offsets/partition-outcome.ts';
import { visible } from '../escape.ts';
import { count, plural } from '../format.ts';

export interface ProofWords {
  readonly template: string;
  /** Plain text, invisible characters shown. */
  readonly values: readonly string[];
}

/** null: nothing was derived, so there is nothing to prove. */
export function proofWords(groupId: string, partition: PartitionOutcome): ProofWords | null {
  const { proof } = partition;
  if (proof === null) return null;
  const words = new Sentence();
  if (proof.kind === 'checkpoint') sayCheckpoint(words, groupId, proof, partition);
  else sayRecords(words, proof, partition);
  return words.done();
}

/** The sentence as people read it. */
export function spoken({ template, values }: ProofWords): string {
  return template.replace(/\{(\d+)\}/g, (_, index: string) => values[Number(index)] ?? '');
}

function sayCheckpoint(words: Sentence, groupId: string, proof: CheckpointProof, partition: PartitionOutcome): void {
  const { upstream, downstream } = proof;
  if (proof.groupId === groupId) words.say('The checkpoint of MirrorMaker 2 for this group');
  else words.say('The checkpoint of MirrorMaker 2 for the group {}', visible(proof.groupId));
  words.say(' says: source offset {} is target offset {}.', count(upstream), count(downstream));
  if (partition.sourceCommitted === null || partition.reason === 'checkpoint-unverified') {
    words.say(' It was not verified: nothing was read of the source.');
  } else words.say(' Offset syncs and other checkpoints were searched for a contradiction; none was found.');
  sayRaised(words, downstream, partition);
  if (partition.sourceCommitted !== null && partition.sourceCommitted > upstream) {
    words.say(
      ' The group is {} further on the source, so it may read these again.',
      records(partition.sourceCommitted - upstream),
    );
  }
}

function sayRecords(words: Sentence, proof: BracketProof, partition: PartitionOutcome): void {
  words.say('{} of the source', records(proof.sourceRecords));
  words.say(' were compared with {} of the target,', records(proof.targetRecords));
  words.say(' in the target offsets from {} up to {}.', count(proof.low), count(proof.high));
  sayAnchors(words, proof);
  if (proof.lastBefore === null) words.say(' No copy of a record that the group has read lies in there');
  else words.say(` The last record that the group has read is ${PAIR}`, ...pair(proof.lastBefore));
  if (proof.firstAfter === null) words.say('; no copy of one that it still has to read is there yet.');
  else words.say(`; the first one that it still has to read is ${PAIR}.`, ...pair(proof.firstAfter));
  sayConclusion(words, proof, partition);
  if (proof.without.length > 0) {
    words.say(
      ` ${proof.without.map(capital).join(' and ')} were left out of the comparison: they are not the same on `,
    );
    words.say('both sides.');
  }
}

const PAIR = 'source {} = target {}';

function sayAnchors(words: Sentence, { lowAnchor, highAnchor }: BracketProof): void {
  words.say(' That range is bounded below by ');
  if (lowAnchor === null) words.say('the start of the logs');
  else words.say(`the offset sync ${PAIR}`, ...pair(lowAnchor));
  words.say(', above by ');
  if (highAnchor === null) words.say('the end of the logs');
  else words.say(`the offset sync ${PAIR}`, ...pair(highAnchor));
  if (lowAnchor === null && highAnchor === null) words.say('.');
  else words.say('; its two records were read and are equal.');
}

/** What the target's log does not hold any more cannot be read, so nothing is said to be complete. */
function sayRaised(words: Sentence, place: bigint, { translated }: PartitionOutcome): boolean {
  if (translated === null || translated <= place) return false;
  words.say(" The target's log starts beyond that place, at {}, and the group continues there.", count(translated));
  return true;
}

function sayConclusion(words: Sentence, proof: BracketProof, partition: PartitionOutcome): void {
  const { translated, translation, redeliveredMax, reason } = partition;
  if (translated === null) return;
  const place = proof.lastBefore === null ? proof.low : proof.lastBefore.downstream + 1n;
  if (sayRaised(words, place, partition)) return;
  words.say(' So the group continues at target offset {}', count(translated));
  if (reason === 'clamped-to-log-start') words.say('.');
  else if (translation === 'exact') words.say(': it skips nothing and reads nothing again.');
  else if (redeliveredMax === null) words.say(': it skips nothing.');
  else words.say(': it skips nothing and reads at most {} again.', records(redeliveredMax));
}

function records(number: number | bigint): string {
  return plural(number, 'record');
}

function pair({ upstream, downstream }: OffsetPair): readonly [string, string] {
  return [count(upstream), count(downstream)];
}

function capital(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}

/** Numbers the `{}` of what is said one after the other. */
class Sentence {
  #template = '';
  readonly #values: string[] = [];

  say(words: string, ...values: readonly string[]): void {
    let next = this.#values.length;
    this.#template += words.replaceAll('{}', () => `{${next++}}`);
    this.#values.push(...values);
  }

  done(): ProofWords {
    return { template: this.#template, values: this.#values };
  }
}
