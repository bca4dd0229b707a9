/** The cutover gate's part of report.json. */
import { CHECK_IDS, CHECK_VERDICTS, SUBJECT_KINDS } from '../../domain/cutover/check.ts';
import { type GroupReadiness, READINESS } from '../../domain/cutover/group-readiness.ts';
import { CASE_VERDICTS, type CheckCase, type CheckResult } from '../../domain/cutover/judge-cutover.ts';
import { asList, asNumber, asOneOf, asRecord, asString, orNull } from './readers.ts';

const readCase = asRecord<CheckCase>({
  kind: asOneOf(SUBJECT_KINDS),
  name: asString,
  verdict: asOneOf(CASE_VERDICTS),
  seen: asString,
});

export const readCheck = asRecord<CheckResult>({
  id: asOneOf(CHECK_IDS),
  number: asNumber,
  title: asString,
  verdict: asOneOf(CHECK_VERDICTS),
  seen: asString,
  threshold: orNull(asString),
  next: orNull(asString),
  warnings: asList(asString),
  cases: asList(readCase),
});

export const readReadiness = asRecord<GroupReadiness>({
  groupId: asString,
  verdict: asOneOf(READINESS),
  failed: asList(asOneOf(CHECK_IDS)),
  unknown: asList(asOneOf(CHECK_IDS)),
  notAsked: asList(asOneOf(CHECK_IDS)),
  why: orNull(asString),
});
