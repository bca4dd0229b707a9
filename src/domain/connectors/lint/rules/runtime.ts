/** What the version of the worker, and so of MM2, makes of these configs. */
import type { Finding } from '../../../finding.ts';
import { judgeRuntime } from '../../mm2-runtime.ts';
import type { LintView } from '../lint-view.ts';
import { type Hit, type Rule, rule } from '../rule.ts';

export const RUNTIME_RULES: readonly Rule[] = [
  rule({
    id: 'mm2-runtime-unsafe',
    severity: 'error',
    needs: ['version'],
    title: 'MM2 before 3.4.1',
    effect: 'It extrapolates offsets, so that groups may skip records (KAFKA-12468).',
    hint: 'Run the connectors on Kafka Connect 3.7.1 or later; brokers may stay as they are.',
    test: (view) => judged(view, 'mm2-runtime-unsafe'),
  }),
  rule({
    id: 'mm2-runtime-imprecise',
    severity: 'warning',
    needs: ['version'],
    title: 'MM2 before 3.7.1',
    effect: 'It translates safely, but quiet topics and restarts leave groups far behind (KAFKA-15905, KAFKA-15906).',
    hint: 'Run the connectors on Kafka Connect 3.7.1 or later.',
    test: (view) => judged(view, 'mm2-runtime-imprecise'),
  }),
  rule({
    id: 'mm2-runtime-unknown',
    severity: 'warning',
    needs: ['version'],
    title: 'A worker whose version cannot be read',
    effect: 'Versions before 3.4.1 may skip records.',
    hint: 'Make sure that MM2 is 3.4.1 or later.',
    test: (view) => judged(view, 'mm2-runtime-unknown'),
  }),
];

function judged(view: LintView, id: Finding['rule']): readonly Hit[] {
  const version = view.subject.workerVersion;
  if (version === null || view.of('source', 'checkpoint').length === 0) return [];
  const { findings } = judgeRuntime(version, 'worker');
  return findings
    .filter(({ rule }) => rule === id)
    .map(() => ({ connector: null, named: 'worker', key: null, found: `The worker runs ${JSON.stringify(version)}.` }));
}
