/** Reports of the cutover gate, judged from facts: the words are those that people get. */
import type { CutoverFacts } from '../../src/domain/cutover/facts.ts';
import type { GateRules } from '../../src/domain/cutover/gate-rules.ts';
import { judgeCutover } from '../../src/domain/cutover/judge-cutover.ts';
import type { ReportModel } from '../../src/report/report-model.ts';
import {
  committed,
  goodFacts,
  group,
  groupPartition,
  notKnown,
  outcome,
  STABLE,
  twice,
} from '../support/cutover-facts.ts';
import { gateRules } from '../support/gate-rules.ts';
import { report } from './build-report.ts';

export function gateReport(
  facts: CutoverFacts = goodFacts('rehearse'),
  rules: Partial<GateRules> = {},
  overrides: Partial<ReportModel> = {},
): ReportModel {
  const { phase, ready, checks, groups: readiness } = judgeCutover(facts, gateRules(rules));
  const result = ready ? ('ok' as const) : ('not-ready' as const);
  return report({
    command: 'check',
    result,
    passes: [],
    groups: [],
    offsetsExport: null,
    phase,
    checks,
    readiness,
    ...overrides,
  });
}

/** 14 groups at the cutover, one of them still at work, one that would read again, and no heartbeat. */
export function almostReady(): CutoverFacts {
  const good = Array.from({ length: 12 }, (_, i) => group({ groupId: `group-${i}` }));
  const again = groupPartition({
    outcome: outcome({ translated: 1_294n, targetHighWatermark: 2_000n }),
    ...committed(90n),
  });
  return goodFacts('cutover', {
    groups: [
      ...good,
      group({ groupId: 'orders-etl', target: twice(STABLE) }),
      group({ groupId: 'billing', partitions: [again] }),
    ],
    heartbeat: notKnown('the topic a.heartbeats may not be read'),
  });
}
