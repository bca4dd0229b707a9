/** The rules for connector configs: from what is known of them to findings. Pure, so that it runs on a fork's pull request. */
import { type Finding, type FindingPlace, SEVERITIES } from '../../finding.ts';
import type { SlowRegex } from '../../java-regex.ts';
import { type ConnectorConfig, GENERATED } from '../connector-config.ts';
import { unknownIgnores, unusedIgnores } from './ignores.ts';
import { lintView } from './lint-view.ts';
import type { LiveConnector } from './live-connectors.ts';
import type { Hit, Rule } from './rule.ts';
import { RULE_TABLE } from './rule-table.ts';
import { type AskedFor, withoutWishes } from './wishes.ts';

/** One entry of `lint: ignore:` in the config file. */
export interface LintIgnore {
  /** Id of a rule. */
  readonly rule: string;
  /** Shown in the report. */
  readonly reason: string;
}

/** Everything but the connectors may be unknown: a rule that needs what is null says nothing. */
export interface LintSubject {
  readonly connectors: readonly ConnectorConfig[];
  /** Properties files of Connect workers that stood among the connector files; their `class` is empty. */
  readonly workers?: readonly ConnectorConfig[] | undefined;
  /** What is on the worker under other names and stays there; null or absent where no worker was asked. */
  readonly live?: readonly LiveConnector[] | null | undefined;
  /** Names of `connectors` that an apply leaves paused or stopped: they copy nothing twice. */
  readonly resting?: ReadonlySet<string> | undefined;
  /** What the inputs of this run come to; null where they do not name both clusters. */
  readonly asked?: AskedFor | null | undefined;
  /** True when this action commits group offsets in this migration, so that MM2 must not. */
  readonly actionSyncsGroups: boolean;
  /** Version of Connect, and so of MM2, from `GET /`. */
  readonly workerVersion: string | null;
  /** Number of brokers of each cluster. */
  readonly brokers: { readonly source: number | null; readonly target: number | null };
  /** Names on the source, to preview what the patterns select. */
  readonly topics: readonly string[] | null;
  readonly groups: readonly string[] | null;
  readonly ignore: readonly LintIgnore[];
  /** Without it, patterns that no linear engine can express are not previewed. */
  readonly slowRegex?: SlowRegex | undefined;
}

/** Worst first; each with the file and line of its key where there is one. Never holds a value of a secret key. */
export function lintConnectors(subject: LintSubject): readonly Finding[] {
  const view = lintView(subject);
  const reasons = new Map(subject.ignore.map(({ rule, reason }) => [rule, reason]));
  const found = RULE_TABLE.flatMap((rule) =>
    withoutWishes(rule, rule.test(view), subject)
      .filter((hit) => !isOthers(hit))
      .map((hit) => toFinding(rule, hit, reasons.get(rule.id))),
  );
  const used = new Set(found.map(({ rule }) => rule));
  const aboutIgnores = [...unknownIgnores(subject.ignore), ...unusedIgnores(subject, used)];
  return [...found, ...aboutIgnores].sort(worstFirst);
}

/** What runs on a shared worker is somebody else's, unless it stands in the way of this plan. */
function isOthers({ connector, beside }: Hit): boolean {
  return connector !== null && connector.live !== null && (beside === undefined || beside.live !== null);
}

function toFinding(rule: Rule, hit: Hit, silenced: string | undefined): Finding {
  const { connector, key } = hit;
  const owner = hit.beside ?? connector;
  const at = owner === null ? undefined : placeOf(owner.connector, key);
  const name = connector?.name ?? hit.named ?? '';
  return {
    rule: rule.id,
    severity: hit.isUnsure === true && rule.severity === 'error' ? 'warning' : rule.severity,
    where: key === null ? name : `${name}: ${key}`,
    message: `${hit.found} ${hit.effect ?? rule.effect}`,
    hint: hit.hint ?? rule.hint,
    ...(at === undefined ? {} : { at }),
    ...(silenced === undefined ? {} : { silenced }),
  };
}

/** A key that is missing is told at the connector's class, or the worker's cluster: an annotation needs a line. */
function placeOf({ file, lines }: ConnectorConfig, key: string | null): FindingPlace | undefined {
  if (file === GENERATED) return undefined;
  const own = key === null ? undefined : lines.get(key);
  const line = own ?? lines.get('connector.class') ?? lines.get('bootstrap.servers') ?? null;
  return { file, line };
}

function worstFirst(a: Finding, b: Finding): number {
  return (
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    compare(a.at?.file ?? '', b.at?.file ?? '') ||
    (a.at?.line ?? 0) - (b.at?.line ?? 0) ||
    compare(a.rule, b.rule) ||
    compare(a.where, b.where)
  );
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
