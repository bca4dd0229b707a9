/** What each reason means, for readers who meet Kafka's and MirrorMaker 2's words here for the first time. */
import type { Reason } from '../domain/verdicts.ts';

export interface ReasonWords {
  /** Goes on after the name of a group: `orders-etl is still consuming on the target`. */
  readonly clause: string;
  readonly meaning: string;
  /** What to do. */
  readonly next: string;
}

const RUN_AGAIN = 'Run again, or give the run more time with run-for.';

export const REASON_WORDS: Readonly<Record<Reason, ReasonWords>> = {
  'group-active': {
    clause: 'is still consuming on the target',
    meaning: 'The group has members on the target, so its offsets belong to them and were left alone.',
    next: 'If the group was meant to move later, stop its consumers on the target and run again; otherwise nothing to do. Static members keep a stopped group alive until their session times out.',
  },
  'group-active-standalone': {
    clause: 'is moved on the target by a consumer outside of the group',
    meaning:
      'The committed offset moves although the group has no members: a consumer with assigned partitions is at work.',
    next: 'Stop that consumer on the target and run again, or leave the group out with groups-exclude.',
  },
  'group-type-unsupported': {
    clause: 'is not a consumer group',
    meaning: 'Not a consumer group (share group, Connect sink, schema registry …): its offsets cannot be set this way.',
    next: 'Move it with its own tool: for a sink connector, its offsets REST endpoint. List it in groups-exclude to say it is known.',
  },
  'group-state-unknown': {
    clause: 'could not be looked at',
    meaning:
      'The state of the group could not be read: a broker did not answer, or the principal may not describe the group.',
    next: 'Give the principal DESCRIBE on the group and check that every broker can be reached, then run again.',
  },
  filtered: {
    clause: 'is outside the selection',
    meaning: 'Outside the selection of groups or topics; shown because it has offsets on migrated topics.',
    next: 'Widen groups or topics (or their excludes) if it should move too.',
  },
  'taken-over': {
    clause: 'has an offset on the target that somebody else wrote',
    meaning:
      'The offset on the target was written by somebody else: a consumer, an operator, or the group sync of MirrorMaker 2.',
    next: 'If it should follow the source again, or be rolled back all the same, name the group in overwrite-groups; a sync still never moves it back.',
  },
  'target-ahead': {
    clause: 'is already further on the target',
    meaning: 'The offset on the target is already beyond the translated one.',
    next: 'Nothing to do if the group has already moved. To set it back, name it in allow-rewind.',
  },
  'target-out-of-range': {
    clause: 'would get an offset that the log of the target does not hold',
    meaning: 'The offset to commit lies outside the log of the target partition.',
    next: 'Check whether the target topic was re-created or records were deleted, and let MirrorMaker 2 catch up. A rollback leaves such an offset to a person.',
  },
  'would-rewind': {
    clause: 'would be moved back',
    meaning: 'The commit would move the group back, so that it reads records again.',
    next: 'If that is wanted, name the group in allow-rewind.',
  },
  'no-downstream-topic': {
    clause: 'reads a topic that is not on the target',
    meaning: 'The topic does not exist on the target.',
    next: 'Check topics and the replication policy of the source connector, then let MirrorMaker 2 create the topic.',
  },
  'partition-missing': {
    clause: 'reads a partition that is not on the target',
    meaning: 'The topic on the target has fewer partitions than on the source.',
    next: 'Let MirrorMaker 2 refresh its topics (refresh.topics.interval.seconds), or add the partitions.',
  },
  'no-source-commit': {
    clause: 'has no committed offset on the source',
    meaning: 'The group has no committed offset on the source for this partition.',
    next: 'Decide where such consumers shall start: it is their auto.offset.reset that decides on the target.',
  },
  'no-checkpoint': {
    clause: 'waits for the first checkpoint of MirrorMaker 2',
    meaning:
      'MirrorMaker 2 has written no checkpoint for this group and partition yet: its note of which offset on the target stands for the one on the source.',
    next: `${RUN_AGAIN} If it stays so, check groups and emit.checkpoints.enabled of the checkpoint connector, and that the group's topic is replicated.`,
  },
  'not-on-source': {
    clause: 'has an offset of a topic that is not on the source',
    meaning: 'The topic of this offset does not exist on the source.',
    next: 'Check the source cluster and the replication policy if you expected it there.',
  },
  'not-replicated': {
    clause: 'waits for records that are not copied yet',
    meaning: 'The records up to the committed source offset have not all arrived on the target.',
    next: 'Wait until MirrorMaker 2 has caught up, then run again.',
  },
  'checkpoint-ahead-of-source': {
    clause: 'waits for a newer checkpoint of MirrorMaker 2',
    meaning: 'The checkpoint is newer than the committed source offset, as after a reset of the group on the source.',
    next: RUN_AGAIN,
  },
  'checkpoint-refuted': {
    clause: 'has a checkpoint that could skip records',
    meaning: 'Other records of MirrorMaker 2 contradict the checkpoint; committing it could skip records.',
    next: 'The target topic was probably re-created or copied again. Do not commit this checkpoint by hand; compare records on both sides.',
  },
  'checkpoint-unreadable': {
    clause: 'has a checkpoint that cannot be read',
    meaning: 'The checkpoint record is malformed or of an unknown version.',
    next: 'Check which version of MirrorMaker 2 writes the checkpoints topic, and that nothing else writes to it.',
  },
  'checkpoint-unverified': {
    clause: 'has an offset that could not be verified without the source',
    meaning: 'Only the word of MirrorMaker 2: without access to the source the offset could not be verified.',
    next: 'Give source-bootstrap-servers to have it verified.',
  },
  'anchors-contradict': {
    clause: 'has no safe offset, because the offset syncs of MirrorMaker 2 contradict each other',
    meaning: 'The offset syncs of MirrorMaker 2 contradict each other here; no offset can be derived safely.',
    next: 'The target topic was probably re-created or written to by others. Compare records on both sides.',
  },
  'translation-unproven': {
    clause: 'has no proven offset on the target',
    meaning:
      'Comparing records proved no offset, because there were too many or they could not be read, and no checkpoint serves either.',
    next: 'See the detail: raise max-scan, grant READ on the topic on both sides, or run again when MirrorMaker 2 has written newer offset syncs.',
  },
  'source-truncated': {
    clause: 'has an offset beyond the end of the source',
    meaning:
      'The committed source offset lies beyond the end of the source partition: the source lost records or was re-created.',
    next: 'Find out where this group should continue and set its offset by hand.',
  },
  'source-unreadable': {
    clause: 'reads a partition of the source that could not be read',
    meaning: 'The source partition could not be read.',
    next: 'Give the principal READ and DESCRIBE on the source topic, check its brokers, and run again.',
  },
  'clamped-to-log-start': {
    clause: 'misses records that are already deleted on the target',
    meaning:
      'The translated offset had already expired on the target, so the group starts at the oldest record that is left.',
    next: 'Records in between were deleted by retention on the target. Check whether the group may miss them.',
  },
  'offset-unstable': {
    clause: 'waits for the end of an open transaction',
    meaning: 'A transaction that commits offsets for this group is still open.',
    next: RUN_AGAIN,
  },
  'commit-rejected': {
    clause: 'could not be committed: the broker refused it',
    meaning: 'The broker refused the commit.',
    next: 'See the detail: most often the principal lacks READ on the group or the topic on the target.',
  },
  'read-back-mismatch': {
    clause: 'has a lower offset than the one that was committed',
    meaning: 'The offset read back after the commit is lower than what was committed.',
    next: 'Somebody else writes offsets of this group. Find the writer before you rely on the offset.',
  },
  'moved-on': {
    clause: 'has moved on by itself',
    meaning:
      'The offset has moved on: after a commit, a consumer has started on the target; before a rollback, a later run has committed.',
    next: 'After a commit nothing to do. To roll back, begin with the export of the latest run, or name the group in overwrite-groups.',
  },
};
