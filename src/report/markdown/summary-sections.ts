/** Sections of the summary that stay short whatever the number of groups: each list has a cap and says what it left out. */
import { byReason, namesOf } from '../by-reason.ts';
import { count, plural } from '../format.ts';
import { placeWords } from '../place.ts';
import { type ErrorReport, type Finding, type ReportModel, SEVERITIES } from '../report-model.ts';
import {
  FIGURE_WORDS,
  GLOSSARY,
  OFFSET_STATUS_WORDS,
  PARTITION_VERDICT_WORDS,
  READINESS_WORDS,
  REASON_WORDS,
  TRANSLATION_WORDS,
} from '../words.ts';
import type { Caps } from './ladder.ts';
import { leftOut } from './left-out.ts';
import {
  alert,
  blocks,
  bold,
  type Column,
  type Content,
  code,
  details,
  heading,
  list,
  type Markup,
  md,
  NOTHING,
  stacked,
  table,
} from './markdown.ts';

const MAX_NAME_CHARS = 80;

export function errorsSection({ errors }: ReportModel, caps: Caps): Markup {
  if (errors.length === 0) return NOTHING;
  const shown = errors.slice(0, caps.errors).map(errorLine);
  return alert('caution', [...shown, ...leftOut(errors.length - shown.length, 'error')]);
}

/** What each reason that occurs means, for whom, and what to do: the reader need not look elsewhere. */
export function reasonsSection({ groups, checks }: ReportModel, caps: Caps): Markup {
  const shared = byReason(groups, ({ reason }) => reason !== null);
  const isLast = ({ reason }: { readonly reason: unknown }) => Number(reason === 'filtered');
  const rows = shared
    .sort((a, b) => isLast(a) - isLast(b))
    .flatMap(({ reason, partitions, groupIds }): Content[][] => {
      if (reason === null) return [];
      const { meaning, next } = REASON_WORDS[reason];
      return [[reason, meaning, next, namesOf(groupIds, caps.reasonGroups, MAX_NAME_CHARS), count(partitions)]];
    });
  if (rows.length === 0) return NOTHING;
  const columns: Column[] = [
    ...['Reason', 'What it means', 'What to do', 'Groups'].map(titled),
    { title: 'Partitions', align: 'right' },
  ];
  // The gate has its own next steps.
  if (checks.length === 0) return blocks([heading(3, 'What to do'), table(columns, rows)]);
  return caps.folds ? details('What the reasons of the groups mean', table(columns, rows)) : NOTHING;
}

export function findingsSection({ findings: all }: ReportModel, caps: Caps): Markup {
  const findings = all.filter(({ silenced }) => silenced === undefined);
  const silenced = all.filter((finding) => finding.silenced !== undefined);
  return blocks([openFindings(findings, caps), caps.folds ? silencedFindings(silenced, caps) : NOTHING]);
}

function openFindings(findings: readonly Finding[], caps: Caps): Markup {
  if (findings.length === 0) return NOTHING;
  const sorted = [...findings].sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));
  const shown = sorted.slice(0, caps.findings);
  return blocks([
    heading(3, 'Findings'),
    table(['Severity', 'Where', 'What was found', 'What to do'].map(titled), shown.map(findingRow)),
    ...leftOut(findings.length - shown.length, 'finding'),
  ]);
}

function silencedFindings(findings: readonly Finding[], caps: Caps): Markup {
  if (findings.length === 0) return NOTHING;
  const shown = findings.slice(0, caps.silenced);
  const rows = shown.map(({ where, message, rule, at, silenced }): Content[] => [
    code(at === undefined ? where : placeWords(at)),
    message,
    rule,
    silenced ?? '',
  ]);
  const columns = ['Where', 'What was found', 'Rule', 'Why it is silenced'].map(titled);
  const body = blocks([
    rows.length === 0 ? NOTHING : table(columns, rows),
    ...leftOut(findings.length - shown.length, 'finding'),
  ]);
  return details(md`${plural(findings.length, 'silenced finding')}`, body);
}

/** The words of the tables above, for who meets them for the first time. */
export function legend({ groups, readiness }: ReportModel, caps: Caps): Markup {
  if (groups.length === 0 || !caps.folds) return NOTHING;
  const terms = Object.values(readiness.length > 0 ? READINESS_WORDS : OFFSET_STATUS_WORDS);
  return details(
    'How to read this',
    blocks([
      md`A dash stands for what is not known or does not apply, never for zero.`,
      words([
        ...GLOSSARY.map(({ word, meaning }) => [word, meaning] as const),
        ...Object.values(FIGURE_WORDS).map(({ title, meaning }) => [title, meaning] as const),
      ]),
      md`How an offset was told (column How):`,
      words(Object.entries(TRANSLATION_WORDS)),
      md`Verdicts of a group:`,
      words(terms.map(({ label, meaning }) => [label, meaning] as const)),
      md`Verdicts of a partition:`,
      words(Object.entries(PARTITION_VERDICT_WORDS)),
    ]),
  );
}

function words(entries: readonly (readonly [string, string])[]): Markup {
  return list(entries.map(([word, meaning]) => md`${bold(word)}: ${meaning}`));
}

function errorLine({ code: errorCode, message, hint }: ErrorReport): Markup {
  return hint === null
    ? md`${bold(errorCode)} ${message}`
    : md`${bold(errorCode)} ${message} ${bold('What to do:')} ${hint}`;
}

function findingRow({ severity, where, message, hint, rule, at }: Finding): Content[] {
  const place = at === undefined ? code(where) : stacked([code(where), code(placeWords(at))]);
  return [severity, place, md`${message} (${rule})`, hint];
}

function titled(title: string): Column {
  return { title };
}
