import { CHECK_IDS, type CheckId } from '../../domain/cutover/check.ts';
import { PHASES } from '../../domain/cutover/facts.ts';
import type { GroupRule } from '../../domain/cutover/gate-rules.ts';
import { splitList } from '../../domain/patterns.ts';
import type { RawGroupRule } from '../config-checks.ts';
import { type GivenValue, InputReader } from '../input-reader.ts';
import { asCommaList, readChoice, readCount, readDuration, readPatterns } from '../read-values.ts';
import type { GateInputs } from '../typed-inputs.ts';
import { didYouMean } from '../values/closest-name.ts';
import { show } from '../values/show.ts';

export function readGate(reader: InputReader): GateInputs {
  return {
    phase: readChoice(reader, 'phase', PHASES) ?? 'rehearse',
    rules: {
      maxRedelivered: BigInt(readCount(reader, 'max-redelivered', 0) ?? 0),
      maxReplicationLag: BigInt(readCount(reader, 'max-replication-lag', 0) ?? 0),
      maxCheckpointAgeMs: readDuration(reader, 'max-checkpoint-age', 0) ?? 0,
      activityWindowMs: readDuration(reader, 'activity-window', 1_000) ?? 0,
      cutoverWithinMs: readDuration(reader, 'cutover-within', 0) ?? 0,
      requiredGroups: readPatterns(reader, 'required-groups'),
      skipChecks: readCheckIds(reader),
      groupRules: reader.groupRules.map((rule) => readGroupRule(reader, rule)),
    },
  };
}

function readCheckIds(reader: InputReader): ReadonlySet<CheckId> {
  const ids = new Set<CheckId>();
  for (const item of splitList(asCommaList(reader.given('skip-checks') ?? ''))) {
    const id = CHECK_IDS.find((known) => known === item);
    if (id !== undefined) ids.add(id);
    else {
      const hint = `${didYouMean(item, CHECK_IDS)}The ids are ${CHECK_IDS.join(', ')}.`;
      reader.problem('skip-checks', 'ids of checks', show(item), hint);
    }
  }
  return ids;
}

/** Read like inputs of their own, so that every kind of value is read in one place; problems name the key path. */
function readGroupRule(reader: InputReader, { where, values, configFile }: RawGroupRule): GroupRule {
  const given = new Map<string, GivenValue>([...values].map(([name, text]) => [name, { text, configFile }]));
  const { readFile, slowRegex } = reader;
  const own = new InputReader({ given, defaults: new Map(), groupRules: [], readFile, slowRegex });
  const required = values.get('required') ?? 'false';
  if (required !== 'true' && required !== 'false') {
    reader.problem(`${where}.required`, 'true or false', show(required), 'Other words for yes and no are not read.');
  }
  const rule: GroupRule = {
    groups: readPatterns(own, 'groups'),
    required: required === 'true',
    maxRedelivered: own.isGiven('max-redelivered') ? BigInt(readCount(own, 'max-redelivered', 0) ?? 0) : null,
    maxCheckpointAgeMs: own.isGiven('max-checkpoint-age') ? readDuration(own, 'max-checkpoint-age', 0) : null,
    skipChecks: readCheckIds(own),
  };
  for (const { input, expected, seen, hint } of own.problems) reader.problem(`${where}.${input}`, expected, seen, hint);
  return rule;
}
