import { expect, it } from 'vitest';
import { plannedLines } from '../../src/demo/planned-lines.ts';
import { activeGroup, group, partition, report } from '../report/build-report.ts';

it('says in one line a group what a sync would commit, wait for, find, or leave alone', () => {
  const planned = (topic: string, number: number, translated: bigint) =>
    partition({ topic, partition: number, translated, verdict: 'planned' });
  const lines = plannedLines(
    report({
      groups: [
        group({
          groupId: 'moves',
          partitions: [planned('source.a', 0, 5n), planned('source.a', 1, 6n), planned('source.b', 0, 7n)],
        }),
        activeGroup('live'),
        group({
          groupId: 'mixed',
          partitions: [
            partition({ verdict: 'unchanged' }),
            partition({ partition: 1, verdict: 'pending', reason: 'no-checkpoint' }),
          ],
        }),
      ],
    }),
  );
  expect(lines).toEqual([
    'GROUP  A SYNC WOULD',
    'moves  commit source.a 0:5 1:6, source.b 0:7',
    'live   leave it alone (group-active)',
    'mixed  find it in place · wait (no-checkpoint)',
  ]);
});
