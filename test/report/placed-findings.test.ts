import { expect, test } from 'vitest';
import { renderSummary } from '../../src/report/render-summary.ts';
import { renderTerminal } from '../../src/report/render-terminal.ts';
import { finding, report } from './build-report.ts';

const at = { file: 'connectors/source.json', line: 7 };

test('the terminal names file, line and rule of a finding, as a compiler would', () => {
  const lines = renderTerminal(report({ findings: [finding({ rule: 'key-unknown', severity: 'error', at })] }));
  expect(lines).toContainEqual(
    'error: connectors/source.json:7: cleanup.policy is delete, expected compact. Set cleanup.policy=compact on this topic. (key-unknown)',
  );
});

test('what is silenced is in the summary with its reason, and not in the terminal', () => {
  const model = report({ findings: [finding({ rule: 'tasks-max-one', at, silenced: 'one partition' })] });
  expect(renderTerminal(model).join('\n')).not.toContain('cleanup.policy');
  const { markdown } = renderSummary(model, { label: 'default', reportJsonExists: true });
  expect(markdown).toContain('1 silenced finding');
  expect(markdown).toContain('one partition');
  expect(markdown).not.toContain('### Findings');
});
