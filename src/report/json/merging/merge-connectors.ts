/** Connectors and plans of several reports. */
import type { ConnectorReport, Finding } from '../../report-model.ts';
import { listed, type NamedReport, nameOf } from './named-report.ts';

export interface MergedConnectors {
  readonly connectors: readonly ConnectorReport[];
  readonly planHash: string | null;
  readonly findings: readonly Finding[];
}

/** @param reports in order of time. Of two that say different things of a connector, the one with more to look at counts. */
export function mergeConnectors(reports: readonly NamedReport[]): MergedConnectors {
  const connectors = new Map<string, ConnectorReport>();
  const differing = new Set<string>();
  for (const one of reports.flatMap(({ report }) => report.connectors)) {
    const earlier = connectors.get(one.name);
    if (earlier !== undefined && JSON.stringify(earlier) !== JSON.stringify(one)) differing.add(one.name);
    if (earlier === undefined || weight(one) <= weight(earlier)) connectors.set(one.name, one);
  }
  const hashes = new Set(reports.map(({ report }) => report.planHash));
  const [planHash = null] = hashes;
  return {
    connectors: [...connectors.values()],
    planHash: hashes.size === 1 ? planHash : null,
    findings: [...differs(differing), ...differentPlans(reports)],
  };
}

function weight({ pending, change, trace, tasks, state, stateChange }: ConnectorReport): number {
  const failed = trace !== null || state === 'FAILED' || tasks.some((task) => task.state === 'FAILED');
  const signs = [pending !== null, change === 'unknown', failed, change !== 'none', stateChange !== null];
  const first = signs.indexOf(true);
  return first === -1 ? signs.length : first;
}

function differs(names: ReadonlySet<string>): Finding[] {
  if (names.size === 0) return [];
  return [
    {
      rule: 'connector-reported-differently',
      severity: 'notice',
      where: listed([...names]),
      message: 'The reports say different things of it; what there is most to look at is shown.',
      hint: 'It changed between the runs. Its state now is what a plan shows.',
    },
  ];
}

/** A hash approves one plan; for two there is none. */
function differentPlans(reports: readonly NamedReport[]): Finding[] {
  const planned = reports.filter(({ report }) => report.planHash !== null);
  if (new Set(planned.map(({ report }) => report.planHash)).size < 2) return [];
  return [
    {
      rule: 'plans-differ',
      severity: 'warning',
      where: listed(planned.map(nameOf)),
      message: 'Their plans of the connectors are not the same, so that there is no plan-hash to approve.',
      hint: 'Plan again, with the same files for all.',
    },
  ];
}
