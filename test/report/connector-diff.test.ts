// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references of Connect's config providers look like this
import { describe, expect, test } from 'vitest';
import { connectorDiff, stateWords } from '../../src/report/connector-diff.ts';
import { renderSummary } from '../../src/report/markdown/render-summary.ts';
import { renderTerminal } from '../../src/report/terminal/render-terminal.ts';
import { connector, report } from './build-report.ts';

const JAAS = 'source.cluster.sasl.jaas.config';
const UPDATE = connector({
  change: 'update',
  changedKeys: ['enabled', 'groups', JAAS, 'topics'],
  keys: [
    { key: 'enabled', before: null, after: 'true', secret: false },
    { key: 'groups', before: '.*', after: null, secret: false },
    { key: JAAS, before: '(hidden)', after: '(hidden)', secret: true },
    { key: 'topics', before: 'a', after: 'a,b', secret: false },
  ],
});
const HASH = '0a1b2c3d4e5f6g7h8i9jkalbm.ab1c0000000000000000000000000';

describe('the diff of a connector', () => {
  test('has a line for each value, and says which keys no file holds', () => {
    expect(connectorDiff(UPDATE, 10)).toEqual([
      '+ enabled = true',
      '- groups = .*   (unmanaged: no file holds this key, so that it goes)',
      `! ${JAAS} (sensitive, changed)`,
      '- topics = a',
      '+ topics = a,b',
    ]);
  });

  test('shows a secret that comes, goes, or becomes a reference without its value', () => {
    const of = (before: string | null, after: string | null) =>
      connectorDiff(connector({ change: 'update', keys: [{ key: JAAS, before, after, secret: true }] }), 1);
    expect(of(null, '(hidden)')).toEqual([`+ ${JAAS} = (sensitive)`]);
    expect(of('(hidden)', '${env:JAAS}')).toEqual([`- ${JAAS} = (sensitive)`, `+ ${JAAS} = \${env:JAAS}`]);
  });

  test('a value cannot pass for another line or for a word of ours', () => {
    const keys = [{ key: 'topics', before: '(sensitive)', after: 'a\n+ enabled = false', secret: false }];
    expect(connectorDiff(connector({ change: 'update', keys }), 1)).toEqual([
      '- topics = "(sensitive)"',
      '+ topics = "a\\n+ enabled = false"',
    ]);
  });

  test('is cut after so many keys', () => {
    expect(connectorDiff(UPDATE, 1)).toEqual(['+ enabled = true', '  … and 3 more keys, see report.json']);
  });
});

describe('a plan', () => {
  const plan = report({ command: 'plan', result: 'changed', groups: [], connectors: [UPDATE], planHash: HASH });

  test('has its diff and its whole hash in the summary', () => {
    const { markdown } = renderSummary(plan);
    expect(markdown).toContain('<summary><code>mm2-source</code>: update, 4 keys</summary>');
    expect(markdown).toContain(`! ${JAAS} (sensitive, changed)`);
    expect(markdown).toContain(`<pre>${HASH}</pre>`);
  });

  test('has both on the terminal', () => {
    const lines = renderTerminal(plan);
    expect(lines).toContain('  + topics = a,b');
    expect(lines).toContain(`plan hash: ${HASH}`);
  });

  test('stays small with many large diffs', () => {
    const value = '<'.repeat(5_000);
    const keys = Array.from({ length: 200 }, (_, i) => ({ key: `k${i}`, before: value, after: value, secret: false }));
    const connectors = Array.from({ length: 300 }, (_, i) => connector({ name: `c${i}`, change: 'update', keys }));
    const { markdown, detail } = renderSummary(report({ command: 'plan', connectors }));
    expect(Buffer.byteLength(markdown)).toBeLessThan(600_000);
    expect(detail).toBe('all-partitions');
    expect(markdown).toContain('290 changed connectors more in report.html and report.json.');
  });

  test('says the state that is wanted beside the one that is', () => {
    expect(stateWords(connector({ state: 'RUNNING', wantedState: 'paused', stateChange: 'paused' }))).toBe(
      'RUNNING → paused',
    );
    expect(stateWords(connector({ state: 'PAUSED', wantedState: 'paused' }))).toBe('PAUSED');
    expect(stateWords(connector({ state: null, wantedState: 'running' }))).toBe('– → running');
    expect(stateWords(connector({ state: 'PAUSED' }))).toBe('PAUSED');
  });

  test('counts removals and changes of state in its headline', () => {
    const connectors = [
      connector({ change: 'remove', class: 'x' }),
      connector({ wantedState: 'paused', stateChange: 'paused' }),
      connector(),
    ];
    expect(renderTerminal({ ...plan, connectors }).at(-1)).toBe(
      'Plan found changes to make · 3 connectors: 1 to remove, 1 to bring to another state, 1 unchanged',
    );
  });
});

describe('what an apply did not do', () => {
  const of = (overrides: Parameters<typeof connector>[0]) => {
    const connectors = [connector(overrides)];
    const model = report({ command: 'apply', result: 'failed', groups: [], connectors });
    return { line: renderTerminal(model)[0], markdown: renderSummary(model).markdown };
  };

  test('is said with what would be done, and no state is on its way', () => {
    const created = of({ pending: 'create', state: null, tasks: [], wantedState: 'running' });
    expect(created.line).toBe('connector mm2-source: not done (would be created)');
    expect(created.markdown).toContain('| not done (would be created) | – | – |');
    expect(of({ pending: 'update', wantedState: 'paused' }).line).toBe(
      'connector mm2-source: not done (would be updated), RUNNING, 1 of 1 task running',
    );
    expect(of({ pending: 'remove' }).line).toContain('not done (would be removed), RUNNING');
    expect(of({ pending: 'state', wantedState: 'paused' }).line).toContain(
      'not done (would be brought to paused), RUNNING',
    );
  });
});
