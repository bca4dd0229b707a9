import { describe, expect, it } from 'vitest';
import { type CommitAnswer, verifyCommit } from '../../../src/domain/offsets/verify-commit.ts';
import { committed } from '../../support/observations.ts';

const intended = { offset: 90n, metadata: 'marker' };
const accepted: CommitAnswer = { kind: 'committed' };

describe('E: what was read back decides', () => {
  it('is committed when exactly the intended value is there', () => {
    const verified = verifyCommit(intended, accepted, committed(90n, 'marker'));
    expect(verified).toMatchObject({ verdict: 'committed', reason: null, targetAfter: 90n });
  });

  it('is moved-on when somebody committed at or after it since', () => {
    expect(verifyCommit(intended, accepted, committed(95n))).toMatchObject({
      verdict: 'committed',
      reason: 'moved-on',
    });
    expect(verifyCommit(intended, accepted, committed(90n))).toMatchObject({ reason: 'moved-on', targetAfter: 90n });
  });

  it('fails when less is there, or nothing', () => {
    const less = verifyCommit(intended, accepted, committed(80n));
    expect(less).toMatchObject({ verdict: 'failed', reason: 'read-back-mismatch', targetAfter: 80n });
    expect(verifyCommit(intended, accepted, { kind: 'none' })).toMatchObject({ reason: 'read-back-mismatch' });
    expect(verifyCommit(intended, accepted, { kind: 'unreadable', error: 'X' }).detail).toContain('X');
  });
});

describe("A: the broker's refusal", () => {
  it.each(['UNKNOWN_MEMBER_ID', 'REBALANCE_IN_PROGRESS'])('%s means that a consumer joined in between', (error) => {
    const verified = verifyCommit(intended, { kind: 'rejected', error }, committed(12n));
    expect(verified).toMatchObject({ verdict: 'skipped', reason: 'group-active', targetAfter: 12n });
  });

  it('of a share group is not a failure', () => {
    const verified = verifyCommit(intended, { kind: 'rejected', error: 'GROUP_ID_NOT_FOUND' }, { kind: 'none' });
    expect(verified).toMatchObject({ verdict: 'skipped', reason: 'group-type-unsupported' });
  });

  it('of any other kind fails and names the error', () => {
    const verified = verifyCommit(intended, { kind: 'rejected', error: 'OFFSET_METADATA_TOO_LARGE' }, { kind: 'none' });
    expect(verified).toMatchObject({
      verdict: 'failed',
      reason: 'commit-rejected',
      detail: 'OFFSET_METADATA_TOO_LARGE',
    });
  });
});

describe('a commit without effect', () => {
  it('is pending: the next look decides again', () => {
    const answer: CommitAnswer = { kind: 'not-sent', reason: 'the broker answered NOT_COORDINATOR' };
    const verified = verifyCommit(intended, answer, committed(12n));
    expect(verified).toMatchObject({ verdict: 'pending', reason: 'group-state-unknown', targetAfter: 12n });
    expect(verified.detail).toContain('NOT_COORDINATOR');
  });
});

describe('B: a commit of unknown outcome', () => {
  const unknown: CommitAnswer = { kind: 'unknown', reason: 'time-out' };

  it('is committed when it is found in place', () => {
    expect(verifyCommit(intended, unknown, committed(90n, 'marker'))).toMatchObject({ verdict: 'committed' });
  });

  it('is failed and never sent again when it is not', () => {
    const verified = verifyCommit(intended, unknown, committed(12n));
    expect(verified).toMatchObject({ verdict: 'failed', reason: 'commit-rejected' });
    expect(verified.detail).toContain('not sent again');
  });
});
