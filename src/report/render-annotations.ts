/**
 * Annotations of the report step. GitHub keeps ten of a kind and drops the rest silently, so what belongs together
 * is one annotation, the worst comes first, and the tenth says how many more there are. Plain text; whoever prints
 * them escapes workflow commands.
 */
import type { GroupOutcome, PartitionOutcome } from '../domain/offsets/partition-outcome.ts';
import { byReason, namesOf, type SharedReason } from './by-reason.ts';
import { clip, visible } from './escape.ts';
import { plural } from './format.ts';
import type { Finding, ReportModel } from './report-model.ts';
import { OFFSET_STATUS_WORDS, REASON_WORDS } from './words.ts';

export type AnnotationKind = 'error' | 'warning' | 'notice';

export interface Annotation {
  readonly kind: AnnotationKind;
  readonly title: string;
  readonly message: string;
  /** Where in the repository it belongs; absent: to the run as a whole. */
  readonly file?: string | undefined;
  /** From one. */
  readonly line?: number | undefined;
}

export const MAX_ANNOTATIONS_PER_KIND = 10;
/** The runner cuts at 4,096 characters. */
const MAX_MESSAGE_CHARS = 2_000;
const MAX_TITLE_CHARS = 250;
const MAX_NAMED = 5;

const KINDS: readonly AnnotationKind[] = ['error', 'warning', 'notice'];

/** @param missing what the step itself has to warn of, one sentence or two each; shown before all other warnings. */
export function renderAnnotations(model: ReportModel, missing: readonly string[] = []): readonly Annotation[] {
  const own = missing.map((message): Annotation => ({ kind: 'warning', title: 'Report', message: sentence(message) }));
  const all = [...own, ...errors(model), ...checks(model), ...troubles(model), ...findings(model)];
  const titled = all.map((annotation) => ({ ...annotation, title: clip(sentence(annotation.title), MAX_TITLE_CHARS) }));
  return KINDS.flatMap((kind) => capped(titled.filter((annotation) => annotation.kind === kind)));
}

function errors({ errors: reported }: ReportModel): Annotation[] {
  return reported.map(({ code, message, hint }) => ({
    kind: 'error',
    title: code,
    message: sentence(hint === null ? message : `${message} ${hint}`),
  }));
}

/** One a check that does not pass, and one for what passes with a warning. */
function checks({ checks: judged }: ReportModel): Annotation[] {
  return judged.flatMap(({ id, title, verdict, seen, next, warnings }): Annotation[] => {
    const warned = warnings.slice(0, MAX_NAMED).join('; ');
    const warning: Annotation[] =
      warned === '' ? [] : [{ kind: 'warning', title: `${id}: to know`, message: sentence(`${warned}.`) }];
    if (verdict !== 'fail' && verdict !== 'unknown') return warning;
    const kind = verdict === 'fail' ? 'error' : 'warning';
    const message = sentence(`${title}: ${verdict}. ${seen}. ${next ?? ''}`);
    return [{ kind, title: `${id}: ${verdict === 'fail' ? 'not ready' : 'not known'}`, message }, ...warning];
  });
}

/** One annotation a reason: failures as errors, guarded skips and what is still pending as warnings. */
function troubles({ groups, command, dryRun }: ReportModel): Annotation[] {
  // The checks say it already, and with the next step.
  if (command === 'check') return [];
  const failed = byReason(groups, (partition) => partition.verdict === 'failed');
  const left = byReason(groups, (partition) => isLeft(partition) && partition.reason !== 'filtered');
  return [
    ...failed.map((trouble) => aboutGroups('error', 'failed', trouble)),
    ...left.map((trouble) => aboutGroups('warning', 'not committed', trouble)),
    ...(dryRun || command === 'plan' ? [] : notReached(groups)),
  ];
}

/** A run that was to write ended before: whoever reads only these must not take the rest for done. */
function notReached(groups: readonly GroupOutcome[]): Annotation[] {
  const left = groups.flatMap(({ groupId, partitions }) => {
    const number = partitions.filter(({ verdict }) => verdict === 'planned').length;
    return number > 0 ? [{ groupId, number }] : [];
  });
  if (left.length === 0) return [];
  const partitions = left.reduce((sum, { number }) => sum + number, 0);
  const { label, meaning } = OFFSET_STATUS_WORDS.planned;
  const who = namesOf(
    left.map(({ groupId }) => groupId),
    MAX_NAMED,
    80,
  );
  return [
    {
      kind: 'warning',
      title: `${label}: ${plural(partitions, 'partition')} of ${plural(left.length, 'group')} not reached`,
      message: sentence(`${who}. ${meaning}`),
    },
  ];
}

function aboutGroups(kind: AnnotationKind, what: string, { reason, partitions, groupIds }: SharedReason): Annotation {
  const who = namesOf(groupIds, MAX_NAMED, 80);
  const words = reason === null ? '' : ` ${REASON_WORDS[reason].meaning} ${REASON_WORDS[reason].next}`;
  return {
    kind,
    title: `${reason ?? what}: ${plural(partitions, 'partition')} of ${plural(groupIds.length, 'group')} ${what}`,
    message: sentence(`${who}.${words}`),
  };
}

/** What somebody silenced is in the report only. What has a place in a file is said there, the rest once a rule. */
function findings({ findings: found }: ReportModel): Annotation[] {
  const rules = new Map<string, Finding[]>();
  for (const [index, finding] of found.filter(({ silenced }) => silenced === undefined).entries()) {
    const key = finding.at === undefined ? `${finding.severity} ${finding.rule}` : `${index}`;
    rules.set(key, [...(rules.get(key) ?? []), finding]);
  }
  return [...rules.values()].flatMap(([first, ...others]) => {
    if (first === undefined) return [];
    const more = others.length === 0 ? '' : ` The same at ${plural(others.length, 'more place')}.`;
    const message = sentence(`${clip(first.where, 200)}: ${first.message} ${first.hint}${more}`);
    const { file, line } = first.at ?? {};
    return [{ kind: first.severity, title: first.rule, message, file, line: line ?? undefined }];
  });
}

function capped(annotations: readonly Annotation[]): readonly Annotation[] {
  if (annotations.length <= MAX_ANNOTATIONS_PER_KIND) return annotations;
  const shown = annotations.slice(0, MAX_ANNOTATIONS_PER_KIND - 1);
  const rest = annotations.slice(MAX_ANNOTATIONS_PER_KIND - 1);
  const kind = rest[0]?.kind ?? 'notice';
  const message = `Not shown one by one: ${[...new Set(rest.map((annotation) => annotation.title))].join('; ')}. All are in the job summary.`;
  return [...shown, { kind, title: `${rest.length} more`, message: sentence(message) }];
}

function isLeft({ verdict }: PartitionOutcome): boolean {
  return verdict === 'skipped' || verdict === 'pending';
}

function sentence(value: string): string {
  return clip(visible(value.replace(/\s+/g, ' ').trim()), MAX_MESSAGE_CHARS);
}
