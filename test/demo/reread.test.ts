import { expect, it } from 'vitest';
import { rereadOf, rereadTable, rereadVerdict } from '../../src/demo/reread.ts';
import { activeGroup, group, partition, report } from '../report/build-report.ts';

const exact = (checkpointDownstream: bigint | null) =>
  partition({ translated: 1_200n, translation: 'exact', checkpointDownstream, redelivered: 0n, redeliveredMax: 0n });

it("sets MM2's checkpoints beside what was committed, for the groups that were synced", () => {
  const rows = rereadOf(
    report({
      groups: [
        group({ groupId: 'middle', partitions: [exact(100n), exact(1_195n)] }),
        group({ groupId: 'end', partitions: [exact(1_200n)] }),
        activeGroup('live'),
      ],
    }),
  );
  expect(rereadTable(rows)).toEqual([
    "GROUP   FROM MM2'S CHECKPOINTS  FROM WHAT WAS COMMITTED",
    'middle                    1105                        0',
    'end                          0                        0',
  ]);
  expect(rereadVerdict(rows)).toBe(
    "Read again after the move: 0 records. From MirrorMaker 2's own checkpoints it would have been 1,105 records.",
  );
});

it('claims no number that nobody knows', () => {
  const unproven = partition({ translation: 'checkpoint', redeliveredMax: null });
  const rows = rereadOf(report({ groups: [group({ partitions: [unproven, exact(null)] })] }));
  expect(rows).toEqual([{ groupId: 'payments', byCheckpoints: null, committed: null }]);
  expect(rereadVerdict(rows)).toMatch(/an unknown number of records\. From .* an unknown number of records\.$/);
});
