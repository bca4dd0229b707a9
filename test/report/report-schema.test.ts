import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { CHECK_IDS, CHECK_VERDICTS, SUBJECT_KINDS } from '../../src/domain/cutover/check.ts';
import { PHASES } from '../../src/domain/cutover/facts.ts';
import { READINESS } from '../../src/domain/cutover/group-readiness.ts';
import { CASE_VERDICTS } from '../../src/domain/cutover/judge-cutover.ts';
import * as verdicts from '../../src/domain/verdicts.ts';
import { ERROR_CODES } from '../../src/errors.ts';
import { killedReport } from '../../src/report/failed-report.ts';
import { reportText } from '../../src/report/json/report-json.ts';
import { OFFSET_STATUSES } from '../../src/report/offset-status.ts';
import { CONNECTOR_CHANGES, type ReportModel, SEVERITIES } from '../../src/report/report-model.ts';
import { fullReport, report } from './build-report.ts';
import { almostReady, gateReport } from './gate-report.ts';

interface Schema {
  readonly $ref?: string;
  readonly enum?: readonly string[];
  readonly const?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly $defs?: Readonly<Record<string, Schema>>;
}

const schema = JSON.parse(
  readFileSync(new URL('../../docs/schema/report.schema.json', import.meta.url), 'utf8'),
) as Schema;

const validate: ValidateFunction = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true }).compile(
  schema,
);

function errorsOf(model: ReportModel): unknown {
  return validate(JSON.parse(reportText(model))) ? [] : validate.errors;
}

/** What a part says of this value: of several records, the one of its kind. */
function resolve(part: Schema, value: unknown): Schema {
  if (part.$ref !== undefined) return resolve(schema.$defs?.[part.$ref.replace('#/$defs/', '')] ?? {}, value);
  const choices = (part.anyOf ?? []).filter((option) => option.$ref !== undefined).map((one) => resolve(one, value));
  const kind = (value as { readonly kind?: unknown } | null)?.kind;
  return choices.find((choice) => choice.properties?.['kind']?.const === kind) ?? choices[0] ?? part;
}

/** Every key of the value that the schema does not describe. */
function undescribed(value: unknown, part: Schema, path: string): string[] {
  const here = resolve(part, value);
  if (Array.isArray(value)) return value.flatMap((item) => undescribed(item, here.items ?? {}, `${path}[]`));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => {
    const property = here.properties?.[key];
    return property === undefined ? [`${path}.${key}`] : undescribed(child, property, `${path}.${key}`);
  });
}

describe('docs/schema/report.schema.json', () => {
  test.each([
    ['command', verdicts.COMMANDS],
    ['result', verdicts.RESULTS],
    ['partitionVerdict', verdicts.PARTITION_VERDICTS],
    ['groupVerdict', verdicts.GROUP_VERDICTS],
    ['offsetStatus', OFFSET_STATUSES],
    ['translation', verdicts.TRANSLATIONS],
    ['reason', verdicts.REASONS],
    ['errorCode', ERROR_CODES],
    ['severity', SEVERITIES],
    ['connectorChange', CONNECTOR_CHANGES],
    ['phase', PHASES],
    ['checkId', CHECK_IDS],
    ['checkVerdict', CHECK_VERDICTS],
    ['caseVerdict', CASE_VERDICTS],
    ['subjectKind', SUBJECT_KINDS],
    ['readiness', READINESS],
  ] as const)('%s holds the same words as the code, both ways', (name, words) => {
    expect(schema.$defs?.[name]?.enum).toEqual(words);
  });

  test.each([
    ['everything there', fullReport()],
    ['a small run', report()],
    ['target-only mode', report({ source: null })],
    ['a run that is going on', report({ finishedAt: null, groups: [], passes: [], offsetsExport: null })],
    ['a run that left no report', lost()],
    ['a check that is not ready', gateReport(almostReady())],
  ])('accepts a report of %s', (_name, model) => {
    expect(errorsOf(model)).toEqual([]);
  });

  test('describes every key that a report has', () => {
    for (const model of [fullReport(), gateReport(almostReady())]) {
      expect(undescribed(JSON.parse(reportText(model)), schema, '')).toEqual([]);
    }
  });

  test('demands every key that it describes, so that unknown is null and never absent', () => {
    const objects = [schema, ...Object.values(schema.$defs ?? {})].filter((part) => part.properties !== undefined);
    for (const object of objects) expect(object.required).toEqual(Object.keys(object.properties ?? {}));
  });

  test('refuses an offset that is a JSON number', () => {
    const json = JSON.parse(reportText(report())) as { groups: { partitions: { translated: unknown }[] }[] };
    const [partition] = json.groups[0]?.partitions ?? [];
    if (partition === undefined) throw new Error('the sample has no partition');
    partition.translated = 1180;
    expect(validate(json)).toBe(false);
  });

  test('accepts keys of a later version', () => {
    expect(validate({ ...(JSON.parse(reportText(report())) as object), planHash: 'abc' })).toBe(true);
  });
});

function lost(): ReportModel {
  const seenAt = '2026-03-01T10:00:00.000Z';
  const reportProblem = 'report.json is not there';
  return killedReport(null, { stepOutcome: 'failure', command: 'sync', startedAt: null, seenAt, reportProblem });
}
