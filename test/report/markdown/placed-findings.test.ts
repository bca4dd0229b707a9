import { expect, test } from 'vitest';
import { renderSummary } from '../../../src/report/markdown/render-summary.ts';
import { renderTerminal } from '../../../src/report/terminal/render-terminal.ts';
import { finding, report } from '../build-report.ts';

const at = { file: 'connectors/source.json', line: 7 };

test('the terminal names file, line and rule of a finding, as a compiler would', () => {
  const lines = renderTerminal(report({ findings: [finding({ rule: 'key-unknown', severity: 'error', at })] }));
  expect(lines).toContainEqual(
    'error: connectors/source.json:7: msksource.checkpoints.internal: cleanup.policy is delete, expected compact. Set cleanup.policy=compact on this topic. (key-unknown)',
  );
});

test.each([
  ['mm2-source: topics', 'It selects nothing.', 'mm2-source: topics: It selects nothing.'],
  ['mm2-source: topics', 'topics selects nothing.', 'mm2-source: topics selects nothing.'],
  ['mm2-source: topics', 'topics.exclude is odd.', 'mm2-source: topics: topics.exclude is odd.'],
  ['mm2-source', 'The update was not done.', 'mm2-source: The update was not done.'],
  ['orders', 'Topic orders is compacted.', 'Topic orders is compacted.'],
])('the terminal says what a finding is about, once: %s, %s', (where, message, words) => {
  const lines = renderTerminal(report({ findings: [finding({ where, message, hint: 'Look.' })] }));
  expect(lines).toContain(`warning: ${words} Look.`);
});

test('what is silenced is in the summary with its reason, and not in the terminal', () => {
  const model = report({ findings: [finding({ rule: 'tasks-max-one', at, silenced: 'one partition' })] });
  expect(renderTerminal(model).join('\n')).not.toContain('cleanup.policy');
  const { markdown } = renderSummary(model, { label: 'default', reportJsonExists: true });
  expect(markdown).toContain('1 silenced finding');
  expect(markdown).toContain('one partition');
  expect(markdown).not.toContain('### Findings');
});
