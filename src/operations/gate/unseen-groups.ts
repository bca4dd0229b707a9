/** Why the gate may have missed a group; what cannot be read is never taken for absent (invariant D). */
import { namesOnly } from '../../domain/patterns.ts';
import { type UnreadGroup, unreadFindings } from '../discover-groups.ts';
import { type PassView, type Selection, selectsGroup } from '../observe-pass.ts';
import type { PassOutcome } from '../sync-pass.ts';
import type { GateReader } from './gate-ports.ts';
import type { SecondLook } from './looks.ts';

/** One sentence each. */
export function unseenGroups(
  { view }: PassOutcome,
  second: SecondLook,
  hidingGroups: readonly GateReader['side'][],
  selection: Selection,
): readonly string[] {
  const brokers = [...view.findings, ...second.source.findings, ...second.target.findings].filter(
    ({ rule }) => rule === 'broker-not-reached',
  );
  const unread = unreadThatCount(view, selection);
  const groups = (['source', 'target'] as const).flatMap((side) =>
    unreadFindings(
      side,
      unread.filter((group) => group.side === side),
    ),
  );
  const messages = new Set([...brokers, ...groups].map(({ message }) => message));
  return [...messages, ...hidingGroups.map(hidingSide)];
}

function hidingSide(side: GateReader['side']): string {
  return `The ${side} lists only groups that the principal may DESCRIBE, unless it may DESCRIBE the cluster.`;
}

/** Groups that are named are asked for by name, whoever lists them. */
export async function sidesThatHideGroups(
  clusters: readonly GateReader[],
  selection: Selection,
): Promise<readonly GateReader['side'][]> {
  if (namesOnly(selection.groups)) return [];
  const answers = await Promise.all(clusters.map((cluster) => cluster.listsEveryGroup()));
  return clusters.filter((_, place) => answers[place] !== true).map(({ side }) => side);
}

/**
 * Who narrows the rights to some groups narrows `groups` too, so that others are nobody's concern here. Groups of
 * Connect's workers and of other protocols keep no offsets of topics.
 */
function unreadThatCount(view: PassView, selection: Selection): readonly UnreadGroup[] {
  const listed = [...(view.sourceGroups?.groups ?? []), ...view.targetGroups.groups];
  const others = new Set(listed.filter(({ protocolType }) => !KEEPS_OFFSETS.has(protocolType)).map((g) => g.groupId));
  return view.unread.filter(({ groupId }) => selectsGroup(selection, groupId) && !others.has(groupId));
}

const KEEPS_OFFSETS: ReadonlySet<string> = new Set(['', 'consumer', 'streams']);
