import { expect, test } from 'vitest';
import { showPath } from '../../src/inputs/values/show.ts';

test('a path as runners have them is shown whole', () => {
  const path =
    '/runner/checkouts/kafka-migration-of-the-orders-team/kafka-migration-of-the-orders-team/certs/target.jks';
  expect(showPath(path)).toBe(`"${path}"`);
});

test('a longer one keeps its beginning and the name of its file, on one line', () => {
  const shown = showPath(`/begin\n/${'x'.repeat(500)}/target.jks`);
  expect(shown).toMatch(/^"\/begin\\n\/x+…x+\/target\.jks"$/);
  expect(shown.length).toBeLessThan(210);
});
