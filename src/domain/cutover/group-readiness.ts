/** What the checks mean for each group by itself. */
import type { CheckId, Gate, Opinion } from './check.ts';
import { isExcluded, isJudged, movedPartitions } from './judged-groups.ts';

export const READINESS = ['ready', 'not-ready', 'unknown', 'not-asked'] as const;
export type Readiness = (typeof READINESS)[number];

export interface GroupReadiness {
  readonly groupId: string;
  /** `not-asked`: outside the selection and not required, or without a commit on the source. */
  readonly verdict: Readiness;
  readonly failed: readonly CheckId[];
  readonly unknown: readonly CheckId[];
  /** Left out for this group by a rule of its own. */
  readonly notAsked: readonly CheckId[];
  /** The worst thing seen, a clause that goes on after the group's name; null when it is ready or not asked. */
  readonly why: string | null;
}

/** What says most about a group comes first, whatever the number of the check. */
const TELLING: readonly CheckId[] = ['identity', 'activity', 'hidden-groups', 'coverage', 'moved'];

/** What was seen on clusters that are not the ones meant says nothing about any group; unpinned ones may well be. */
const EVERYBODYS: ReadonlySet<CheckId> = new Set<CheckId>(['identity']);

/** Checks of the group itself and of the topics that it reads; others of the whole system are nobody's alone. */
export function groupReadiness(
  gate: Gate,
  opinions: ReadonlyMap<CheckId, readonly Opinion[]>,
): readonly GroupReadiness[] {
  const troubles = new TroubleIndex(gate, opinions);
  return gate.facts.groups.map((group) => {
    const { groupId } = group;
    if (!isJudged(group, gate))
      return { groupId, verdict: 'not-asked', failed: [], unknown: [], notAsked: [], why: null };
    const topics = new Set(movedPartitions(group).flatMap(({ outcome }) => outcome.sourceTopic ?? []));
    const skipped = gate.rulesOf(groupId).skipChecks;
    const own = troubles.about(groupId, isExcluded(group) ? new Set() : topics);
    const counted = own.filter(({ id }) => !skipped.has(id));
    const failed = idsOf(counted, 'fail');
    const unknown = idsOf(counted, 'unknown').filter((id) => !failed.includes(id));
    return {
      groupId,
      verdict: failed.length > 0 ? 'not-ready' : unknown.length > 0 ? 'unknown' : 'ready',
      failed,
      unknown,
      notAsked: [...opinions.keys()].filter((id) => skipped.has(id)),
      why: whyOf(counted),
    };
  });
}

interface Trouble {
  readonly id: CheckId;
  readonly opinion: Opinion;
}

/** By subject, so that 100,000 groups do not each walk through all opinions. */
class TroubleIndex {
  readonly #bySubject = new Map<string, Trouble[]>();
  readonly #everybodys: Trouble[] = [];

  constructor(gate: Gate, opinions: ReadonlyMap<CheckId, readonly Opinion[]>) {
    for (const [id, said] of opinions) {
      if (gate.rules.skipChecks.has(id)) continue;
      for (const opinion of said) {
        if (opinion.verdict === 'pass') continue;
        if (opinion.subject === null) {
          if (opinion.verdict === 'fail' && EVERYBODYS.has(id)) this.#everybodys.push({ id, opinion });
          continue;
        }
        const key = `${opinion.subject.kind} ${opinion.subject.name}`;
        const alike = this.#bySubject.get(key) ?? [];
        alike.push({ id, opinion });
        this.#bySubject.set(key, alike);
      }
    }
  }

  about(groupId: string, topics: ReadonlySet<string>): readonly Trouble[] {
    const own = this.#bySubject.get(`group ${groupId}`) ?? [];
    return [
      ...this.#everybodys,
      ...own,
      ...[...topics].flatMap((topic) => this.#bySubject.get(`topic ${topic}`) ?? []),
    ];
  }
}

function idsOf(troubles: readonly Trouble[], verdict: 'fail' | 'unknown'): readonly CheckId[] {
  return [...new Set(troubles.flatMap(({ id, opinion }) => (opinion.verdict === verdict ? id : [])))];
}

function whyOf(troubles: readonly Trouble[]): string | null {
  const rank = ({ id, opinion }: Trouble) => {
    const telling = TELLING.indexOf(id);
    return (opinion.verdict === 'fail' ? 0 : 100) + (telling === -1 ? TELLING.length : telling);
  };
  const [first] = [...troubles].sort((a, b) => rank(a) - rank(b));
  if (first === undefined) return null;
  const { subject, seen } = first.opinion;
  if (subject === null) return `is not judged: ${seen}`;
  return subject.kind === 'topic' ? `waits for ${subject.name}, which ${seen}` : seen;
}
