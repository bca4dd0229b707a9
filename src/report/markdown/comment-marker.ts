/** The first line of a comment of ours: invisible, and what finds it again. */
import { MAX_PLAN_HASH_CHARS } from '../../domain/connectors/plan-hash.ts';
import { COMMANDS, type Command } from '../../domain/verdicts.ts';

export interface CommentMarker {
  /** The `label` input: several uses in one pull request do not collide. */
  readonly label: string;
  /** A plan and the gate of one pull request keep comments of their own. */
  readonly command: Command;
  /** null: the run of this comment made no plan. */
  readonly planHash: string | null;
}

const MARKER = new RegExp(
  '^<!-- kafka-mm2-migration label="([A-Za-z0-9 ._/-]{1,64})" command="([a-z]{1,20})"' +
    `(?: plan-hash="([A-Za-z0-9.-]{1,${MAX_PLAN_HASH_CHARS}})")? -->(?:\\r?\\n|$)`,
);

/** @param marker `label` as the input allows it, `planHash` one word. */
export function commentMarker({ label, command, planHash }: CommentMarker): string {
  const hash = planHash === null ? '' : ` plan-hash="${planHash}"`;
  return `<!-- kafka-mm2-migration label="${label}" command="${command}"${hash} -->`;
}

/** null: not a comment of ours. Only the first line counts, so that a quoted marker is none. */
export function readCommentMarker(body: string): CommentMarker | null {
  const [, label, word, planHash] = MARKER.exec(body) ?? [];
  const command = COMMANDS.find((candidate) => candidate === word);
  return label === undefined || command === undefined ? null : { label, command, planHash: planHash ?? null };
}
