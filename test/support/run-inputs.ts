/** Typed inputs of a run against a bed; a test overrides what it is about. */
import { type PatternList, parsePatternList } from '../../src/domain/patterns.ts';
import type { ClusterInputs, Inputs } from '../../src/inputs/typed-inputs.ts';
import { gateRules } from './gate-rules.ts';

export function patterns(text: string): PatternList {
  const parsed = parsePatternList(text);
  if ('problem' in parsed) throw new Error(parsed.problem.reason);
  return parsed.list;
}

export const plaintext = (bootstrapServers: string): ClusterInputs => ({
  bootstrapServers: bootstrapServers.split(','),
  clusterId: null,
  tls: null,
  sasl: null,
});

type Part<K extends keyof Inputs> = Partial<Inputs[K]>;

export interface InputOverrides {
  readonly command?: Inputs['command'];
  readonly source?: ClusterInputs | null;
  readonly target?: ClusterInputs | null;
  readonly connect?: Inputs['connect'];
  readonly timeoutMs?: number;
  readonly withoutSecrets?: string | null;
  readonly replication?: Part<'replication'>;
  readonly selection?: Part<'selection'>;
  readonly apply?: Part<'apply'>;
  readonly translation?: Part<'translation'>;
  readonly sync?: Part<'sync'>;
  readonly phase?: Inputs['gate']['phase'];
  readonly gateRules?: Partial<Inputs['gate']['rules']>;
}

export function runInputs(reportDir: string, overrides: InputOverrides): Inputs {
  return {
    command: overrides.command ?? 'sync',
    timeoutMs: overrides.timeoutMs ?? 600_000,
    source: overrides.source ?? null,
    target: overrides.target ?? null,
    connect: overrides.connect ?? null,
    withoutSecrets: overrides.withoutSecrets ?? null,
    replication: {
      sourceAlias: 'source',
      targetAlias: 'target',
      policy: 'default',
      policyClass: null,
      separator: '.',
      internalTopicSeparatorEnabled: true,
      offsetSyncsTopicLocation: 'source',
      ...overrides.replication,
    },
    selection: {
      topics: patterns('.*'),
      topicsExclude: patterns('.*[\\-\\.]internal, .*\\.replica, __.*'),
      groups: patterns('.*'),
      groupsExclude: patterns('console-consumer-.*, connect-.*, __.*'),
      ...overrides.selection,
    },
    apply: {
      connectors: null,
      applyTimeoutMs: 300_000,
      state: null,
      approvedPlan: null,
      removeConnectors: [],
      restoreOnFailure: false,
      ...overrides.apply,
    },
    generation: { tasksMax: 4, replicationFactor: null, properties: new Map(), secrets: { provider: 'env' } },
    lintIgnore: [],
    given: new Set(),
    translation: { mode: 'checkpoint', maxScan: 100_000, scanBytesPerSecond: 1e9, ...overrides.translation },
    gate: { phase: overrides.phase ?? 'rehearse', rules: gateRules(overrides.gateRules) },
    sync: {
      runForMs: 0,
      intervalMs: 20_000,
      dryRun: false,
      allowRewind: new Set(),
      overwriteGroups: patterns(''),
      refresh: false,
      shard: null,
      rollbackFrom: null,
      ...overrides.sync,
    },
    report: {
      reports: null,
      reportDir,
      label: 'default',
      metricsFile: null,
      metricsPushgateway: null,
      comment: 'auto',
      commentMode: 'update',
      failOn: 'not-ready',
    },
    secrets: [],
    notices: [],
  };
}
