/**
 * The plan hash: what a reviewer approves. It covers the redacted plan and nothing that changes by itself (states of
 * tasks, order, time), so that the same files and the same worker give the same word on every machine. It is
 * `<digest of all>.<name and digest of each connector>…`; the parts let a later run say which connector differs.
 */
import type { ConnectorChange } from './connector-plan.ts';

/** SHA-256 of a text's UTF-8, as 64 hexadecimal digits. */
export type TextDigest = (text: string) => string;

export interface PlanToHash {
  /** Cluster of the worker; null when it does not say. */
  readonly clusterId: string | null;
  readonly changes: readonly ConnectorChange[];
}

/** 128 bits. */
const DIGEST_CHARS = 25;
const NAME_CHARS = 4;
/** A plan of more has no parts: the word has to fit into an input and, twice, into a comment. */
const MAX_PARTS = 200;
const PART_CHARS = NAME_CHARS + DIGEST_CHARS;
/** With a dot before each part. */
export const MAX_PLAN_HASH_CHARS = DIGEST_CHARS + MAX_PARTS * (1 + PART_CHARS);

const WELL_FORMED = new RegExp(`^[0-9a-z]{${DIGEST_CHARS}}(?:\\.[0-9a-z]{${PART_CHARS}}){0,${MAX_PARTS}}$`);

export function isPlanHash(text: string): boolean {
  return WELL_FORMED.test(text);
}

/** null where a connector could not be read, or there is none: that is no plan to approve. */
export function planHash({ clusterId, changes }: PlanToHash, digest: TextDigest): string | null {
  if (changes.length === 0 || changes.some(({ change }) => change === 'unknown')) return null;
  const parts = changes.map((change) => partOf(clusterId, change, digest)).sort();
  const whole = short(digest(parts.join('.')), DIGEST_CHARS);
  return parts.length > MAX_PARTS ? whole : [whole, ...parts].join('.');
}

/** Text of one connector's change, the same on every machine. Exported for the test that no secret is in it. */
export function canonicalText(clusterId: string | null, change: ConnectorChange): string {
  const keys = change.keys.map(({ key, before, after, secret }) => [key, before, after, secret]);
  return JSON.stringify(['plan-1', clusterId, change.name, change.class, change.change, change.wantedState, keys]);
}

function partOf(clusterId: string | null, change: ConnectorChange, digest: TextDigest): string {
  return namePart(change.name, digest) + short(digest(canonicalText(clusterId, change)), DIGEST_CHARS);
}

function namePart(name: string, digest: TextDigest): string {
  return short(digest(`name ${name}`), NAME_CHARS);
}

function takeName(parts: Set<string>, name: string, digest: TextDigest): boolean {
  const part = [...parts].find((one) => one.startsWith(namePart(name, digest)));
  return part !== undefined && parts.delete(part);
}

/** The first 128 bits in base 36, the last digits of it. */
function short(hex: string, chars: number): string {
  return BigInt(`0x${hex.slice(0, 32)}`)
    .toString(36)
    .padStart(DIGEST_CHARS, '0')
    .slice(-chars);
}

export interface ApprovalQuestion extends PlanToHash {
  readonly approved: string;
  /** Connectors that have nothing left to be done. */
  readonly inPlace: ReadonlySet<string>;
  /** Connectors that were to go, and are gone. */
  readonly gone: readonly string[];
}

/** What the present plan has that the approved one had not; nothing in any list = it is the approved one. */
export interface PlanDrift {
  /** Their change is another one than was approved. */
  readonly changed: readonly string[];
  readonly added: readonly string[];
  /** Connectors that the approved plan had and this one lacks: their names are not in the hash. */
  readonly missing: number;
  /** True when the approved hash has no parts, and so does not say what differs. */
  readonly unknown: boolean;
}

const NO_DRIFT: PlanDrift = { changed: [], added: [], missing: 0, unknown: false };

/**
 * null = go on. A plan with nothing to do writes nothing, and needs no approval. A connector that is in place by now, as
 * after an apply that came half way, is no drift either: what is left to be done is what was approved.
 */
export function comparePlan(question: ApprovalQuestion, digest: TextDigest): PlanDrift | null {
  const { approved, changes, clusterId, inPlace, gone } = question;
  if (changes.every(({ name }) => inPlace.has(name))) return null;
  if (planHash({ clusterId, changes }, digest) === approved) return null;
  const approvedParts = approved.split('.').slice(1);
  if (approvedParts.length === 0) return { ...NO_DRIFT, unknown: true };
  const left = new Set(approvedParts);
  const others = changes.filter((change) => !left.delete(partOf(clusterId, change, digest)));
  const changed: string[] = [];
  const added: string[] = [];
  for (const { name } of others) {
    const had = takeName(left, name, digest);
    if (!inPlace.has(name)) (had ? changed : added).push(name);
  }
  for (const name of gone) takeName(left, name, digest);
  if (changed.length + added.length + left.size === 0) return null;
  return { changed, added, missing: left.size, unknown: false };
}
