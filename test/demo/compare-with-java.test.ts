import { expect, it } from 'vitest';
import { compareWithJava, comparisonTable, comparisonVerdict } from '../../src/demo/compare-with-java.ts';
import type { ConsumerGroupRow } from '../../src/testbed/consumer-group-command.ts';
import { group, partition, report } from '../report/build-report.ts';

function shown(groupId: string, topic: string, number: number, currentOffset: bigint | null): ConsumerGroupRow {
  return { groupId, topic, partition: number, currentOffset, logEndOffset: null, lag: null, consumerId: null };
}

const model = report({
  groups: [
    group({ groupId: 'b', partitions: [partition({ topic: 'source.x', targetAfter: 7n, sourceCommitted: 9n })] }),
    group({
      groupId: 'a',
      partitions: [
        partition({ topic: 'source.x', partition: 1, targetAfter: 20n }),
        partition({ topic: 'source.x', partition: 0, targetAfter: null }),
      ],
    }),
  ],
});

it("finds the two equal when Java's tool shows each offset of the report, and none where the report has none", () => {
  const comparison = compareWithJava(model, [
    shown('a', 'source.x', 1, 20n),
    shown('b', 'source.x', 0, 7n),
    shown('another', 'source.x', 0, 1n),
  ]);
  expect(comparison.different).toEqual([]);
  expect(comparisonVerdict(comparison)).toBe("Equal: ours and Java's are the same for all 3 group partitions.");
});

it('orders the table by group and partition and marks what differs', () => {
  const comparison = compareWithJava(model, [shown('a', 'source.x', 1, 19n), shown('b', 'source.x', 0, 7n)]);
  expect(comparison.different).toMatchObject([{ groupId: 'a', partition: 1, ours: 20n, java: 19n }]);
  expect(comparisonVerdict(comparison)).toBe('NOT EQUAL: 1 of 3 group partitions differ.');
  expect(comparisonTable(comparison).map((line) => line.split(/\s{2,}/))).toEqual([
    ['GROUP', 'TOPIC ON THE TARGET', 'PARTITION', 'SOURCE', 'TARGET, OURS', 'TARGET, JAVA'],
    ['a', 'source.x', '0', '1200', '–', '–', '='],
    ['a', 'source.x', '1', '1200', '20', '19', 'DIFFERENT'],
    ['b', 'source.x', '0', '9', '7', '7', '='],
  ]);
});

it.each([
  ['an offset of the report that Java does not show', [shown('b', 'source.x', 0, 7n)]],
  [
    'an offset that Java shows and the report has not',
    [shown('a', 'source.x', 0, 3n), shown('a', 'source.x', 1, 20n), shown('b', 'source.x', 0, 7n)],
  ],
])('calls %s a difference', (_case, rows) => {
  expect(compareWithJava(model, rows).different).toHaveLength(1);
});

it('does not call an empty report equal', () => {
  expect(comparisonVerdict(compareWithJava(report({ groups: [] }), []))).toMatch(/^NOT EQUAL/);
});
