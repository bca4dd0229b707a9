import { expect, test } from 'vitest';
import type { PartitionOutcome } from '../../../src/domain/offsets/partition-outcome.ts';
import { proofWords, spoken } from '../../../src/report/html/proof-words.ts';
import { partition, RECORDS_PROOF } from '../build-report.ts';

function words(overrides: Partial<PartitionOutcome>): string {
  const said = proofWords('payments', partition(overrides));
  return said === null ? '' : spoken(said);
}

const exact = { translation: 'exact', redelivered: 0n, redeliveredMax: 0n } as const;

test('a comparison of records says what was compared, where, what lies on both sides of the place, and what follows', () => {
  expect(words({ ...exact, proof: RECORDS_PROOF })).toBe(
    '100 records of the source were compared with 99 records of the target, in the target offsets from 1,131 up to 1,230. ' +
      'That range is bounded below by the offset sync source 1,150 = target 1,130, above by the end of the logs; its two records were read and are equal. ' +
      'The last record that the group has read is source 1,199 = target 1,179; the first one that it still has to read is source 1,200 = target 1,180. ' +
      'So the group continues at target offset 1,180: it skips nothing and reads nothing again. ' +
      'Headers were left out of the comparison: they are not the same on both sides.',
  );
});

test('what is missing of the comparison is said, not left out', () => {
  const proof = { ...RECORDS_PROOF, lowAnchor: null, lastBefore: null, firstAfter: null, without: [] };
  const said = words({ ...exact, proof });
  expect(said).toContain('below by the start of the logs, above by the end of the logs.');
  expect(said).toContain('No copy of a record that the group has read lies in there');
  expect(said).toContain('no copy of one that it still has to read is there yet.');
});

test('a bounded place says how much is read again at most', () => {
  expect(words({ translation: 'bounded', redeliveredMax: 12n, proof: RECORDS_PROOF })).toContain(
    'it skips nothing and reads at most 12 records again.',
  );
});

test("a checkpoint is said to be MirrorMaker 2's word, with how far the group has gone on since", () => {
  expect(words({ sourceCommitted: 1_207n })).toBe(
    'The checkpoint of MirrorMaker 2 for this group says: source offset 1,200 is target offset 1,180. ' +
      'Offset syncs and other checkpoints were searched for a contradiction; none was found. ' +
      'The group is 7 records further on the source, so it may read these again.',
  );
});

test('a checkpoint is not said to be verified where nothing was read of the source', () => {
  expect(words({ sourceCommitted: null, reason: 'checkpoint-unverified' })).toBe(
    'The checkpoint of MirrorMaker 2 for this group says: source offset 1,200 is target offset 1,180. ' +
      'It was not verified: nothing was read of the source.',
  );
});

test.each([
  ['records', { ...exact, proof: RECORDS_PROOF }],
  ['a checkpoint', {}],
])('where the log of the target starts later, a place by %s is not said to skip nothing', (_, how) => {
  const said = words({ ...how, translated: 1_500n, reason: 'clamped-to-log-start' });
  expect(said).toContain("The target's log starts beyond that place, at 1,500, and the group continues there.");
  expect(said).not.toContain('skips nothing');
});

test("another group's checkpoint is named as such, with what its name hides", () => {
  const proof = { kind: 'checkpoint', groupId: 'b\u202e{0}', upstream: 1n, downstream: 2n } as const;
  expect(words({ proof })).toContain('for the group b\\u{202e}{0} says: source offset 1 is target offset 2.');
});

test('where nothing was derived nothing is claimed', () => {
  expect(proofWords('payments', partition({ proof: null, translated: null, translation: 'none' }))).toBeNull();
});

test('the sentence of a million partitions is one template', () => {
  const [a, b] = [1_200n, 9_200n].map((upstream) => {
    const proof = { kind: 'checkpoint', groupId: 'payments', upstream, downstream: upstream } as const;
    return proofWords('payments', partition({ sourceCommitted: upstream, proof }));
  });
  expect(a?.template).toBe(b?.template);
});
