import { expect, test } from 'vitest';
import { weightiest } from '../../src/report/connector-order.ts';
import { renderHtml } from '../../src/report/html/render-html.ts';
import { renderComment } from '../../src/report/markdown/render-comment.ts';
import { connector, report } from './build-report.ts';

const KEYS = Array.from({ length: 60 }, (_, place) => ({
  key: `key.${place}`,
  before: null,
  after: 'y'.repeat(500),
  secret: false,
}));

test.each([
  ['goes', connector({ name: 'the-last', change: 'remove' })],
  ['was not done', connector({ name: 'the-last', pending: 'update' })],
  ['failed', connector({ name: 'the-last', state: 'FAILED' })],
  ['could not be read', connector({ name: 'the-last', change: 'unknown' })],
])('of more connectors than there is room for, the last one is shown where it %s', (_, last) => {
  const created = Array.from({ length: 300 }, (__, place) =>
    connector({ name: `mm2-${place}`, change: 'create', keys: KEYS }),
  );
  const model = report({ command: 'plan', groups: [], passes: [], connectors: [...created, last] });
  const { body } = renderComment(model, { label: 'default', runUrl: null, reportJsonExists: true });
  expect(body).toContain('the-last');
  expect([...renderHtml(model, { label: 'default', runUrl: null }).chunks].join('')).toContain('the-last');
});

test('where all have room they stay in their order', () => {
  const two = [connector({ name: 'a' }), connector({ name: 'b', change: 'remove' })];
  expect(weightiest(two, 2)).toEqual(two);
});
