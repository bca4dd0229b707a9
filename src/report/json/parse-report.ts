/** report.json back to the model: the report step and `report` read what another process wrote. */
import type { OffsetPair } from '../../domain/checkpoints/lower-bounds.ts';
import { CONNECTOR_STATES } from '../../domain/connectors/connector-state.ts';
import { PHASES } from '../../domain/cutover/facts.ts';
import type { FindingPlace } from '../../domain/finding.ts';
import type { BracketProof } from '../../domain/offsets/bracket/record-translation.ts';
import type { CheckpointProof, GroupOutcome, PartitionOutcome, Proof } from '../../domain/offsets/partition-outcome.ts';
import { COMMANDS, GROUP_VERDICTS, PARTITION_VERDICTS, REASONS, RESULTS, TRANSLATIONS } from '../../domain/verdicts.ts';
import { ERROR_CODES } from '../../errors.ts';
import {
  type ClusterReport,
  CONNECTOR_CHANGES,
  type ConnectorReport,
  type ErrorReport,
  type Finding,
  type KeyReport,
  type PassReport,
  PENDING_CHANGES,
  REPORT_SCHEMA_VERSION,
  type ReportModel,
  SEVERITIES,
} from '../report-model.ts';
import { readCheck, readReadiness } from './check-readers.ts';
import {
  asBoolean,
  asKind,
  asList,
  asNumber,
  asOffset,
  asOneOf,
  asRecord,
  asString,
  type JsonProblem,
  orAbsent,
  orElse,
  orNull,
  type Reader,
} from './readers.ts';

export type ParsedReport =
  | { readonly kind: 'report'; readonly report: ReportModel }
  /** Plain sentences, at most `MAX_PROBLEMS` and how many more there are. */
  | { readonly kind: 'unusable'; readonly problems: readonly string[] };

const MAX_PROBLEMS = 10;

const readCluster = asRecord<ClusterReport>({ alias: asString, clusterId: orNull(asString) });

const readKey = asRecord<KeyReport>({
  key: asString,
  before: orNull(asString),
  after: orNull(asString),
  secret: asBoolean,
});

const readConnector = asRecord<ConnectorReport>({
  name: asString,
  class: asString,
  change: asOneOf(CONNECTOR_CHANGES),
  pending: orElse(orNull(asOneOf(PENDING_CHANGES)), null),
  changedKeys: asList(asString),
  keys: orElse(asList(readKey), []),
  wantedState: orElse(orNull(asOneOf(CONNECTOR_STATES)), null),
  stateChange: orElse(orNull(asOneOf(CONNECTOR_STATES)), null),
  state: orNull(asString),
  tasks: asList(asRecord<ConnectorReport['tasks'][number]>({ id: asNumber, state: asString })),
  trace: orNull(asString),
});

const readPass = asRecord<PassReport>({
  number: asNumber,
  durationMs: asNumber,
  committed: asNumber,
  unchanged: asNumber,
  pending: asNumber,
  skipped: asNumber,
  failed: asNumber,
  planned: asNumber,
  offsetDelta: asOffset,
  offsetDeltaUnknown: asNumber,
});

const maybePair = orNull(asRecord<OffsetPair>({ upstream: asOffset, downstream: asOffset }));

const readProof = asKind<Proof>({
  checkpoint: asRecord<CheckpointProof>({
    kind: asOneOf(['checkpoint'] as const),
    groupId: asString,
    upstream: asOffset,
    downstream: asOffset,
  }),
  records: asRecord<BracketProof>({
    kind: asOneOf(['records'] as const),
    lowAnchor: maybePair,
    highAnchor: maybePair,
    low: asOffset,
    high: asOffset,
    lastBefore: maybePair,
    firstAfter: maybePair,
    sourceRecords: asNumber,
    targetRecords: asNumber,
    without: asList(asOneOf(['timestamps', 'headers'] as const)),
  }),
});

const maybeOffset = orNull(asOffset);

const readPartition = asRecord<PartitionOutcome>({
  topic: asString,
  partition: asNumber,
  sourceTopic: orNull(asString),
  sourceCommitted: maybeOffset,
  sourceLogEnd: maybeOffset,
  checkpointUpstream: maybeOffset,
  checkpointDownstream: maybeOffset,
  translated: maybeOffset,
  translation: asOneOf(TRANSLATIONS),
  proof: orNull(readProof),
  targetBefore: maybeOffset,
  targetAfter: maybeOffset,
  targetLogStart: maybeOffset,
  targetHighWatermark: maybeOffset,
  delta: maybeOffset,
  redelivered: maybeOffset,
  redeliveredMax: maybeOffset,
  verdict: asOneOf(PARTITION_VERDICTS),
  reason: orNull(asOneOf(REASONS)),
  detail: orNull(asString),
});

const readGroup = asRecord<GroupOutcome>({
  groupId: asString,
  sourceState: orNull(asString),
  targetState: orNull(asString),
  type: orNull(asString),
  verdict: asOneOf(GROUP_VERDICTS),
  partitions: asList(readPartition),
});

const readFinding = asRecord<Finding>({
  rule: asString,
  severity: asOneOf(SEVERITIES),
  where: asString,
  message: asString,
  hint: asString,
  at: orAbsent(asRecord<FindingPlace>({ file: asString, line: orNull(asNumber) })),
  silenced: orAbsent(asString),
});

const readError = asRecord<ErrorReport>({ code: asOneOf(ERROR_CODES), message: asString, hint: orNull(asString) });

const readReport: Reader<ReportModel> = asRecord<ReportModel>({
  schemaVersion: asOneOf([REPORT_SCHEMA_VERSION] as const),
  command: asOneOf(COMMANDS),
  result: asOneOf(RESULTS),
  dryRun: asBoolean,
  startedAt: asString,
  finishedAt: orNull(asString),
  interrupted: orNull(asString),
  shard: orElse(orNull(asString), null),
  runId: orElse(orNull(asString), null),
  source: orNull(readCluster),
  target: readCluster,
  connectors: asList(readConnector),
  planHash: orElse(orNull(asString), null),
  passes: asList(readPass),
  groups: asList(readGroup),
  phase: orNull(asOneOf(PHASES)),
  checks: asList(readCheck),
  readiness: asList(readReadiness),
  findings: asList(readFinding),
  errors: asList(readError),
  offsetsExport: orNull(asString),
});

/** Never throws: whatever the text is, the reader says what is wrong with it. */
export function parseReport(text: string): ParsedReport {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { kind: 'unusable', problems: [text.trim() === '' ? 'it is empty' : 'it is not JSON, or was cut off'] };
  }
  const problems: JsonProblem[] = [];
  const report = readReport(json, problems);
  if (problems.length === 0) return { kind: 'report', report };
  return { kind: 'unusable', problems: describe(problems) };
}

function describe(problems: readonly JsonProblem[]): string[] {
  const shown = problems
    .slice(0, MAX_PROBLEMS)
    .map(
      ({ where, expected, seen }) =>
        `${where.replace(/^\./, '') || 'the document'}: expected ${expected}, seen ${seen}`,
    );
  const rest = problems.length - shown.length;
  return rest > 0 ? [...shown, `and ${rest} more`] : shown;
}
