import { describe, expect, test } from 'vitest';
import { judgeCutover } from '../../src/domain/cutover/judge-cutover.ts';
import { EXIT_CODES, judgeRun } from '../../src/domain/run-result.ts';
import type { Command } from '../../src/domain/verdicts.ts';
import { MigrationError } from '../../src/errors.ts';
import type { ConnectorReport } from '../../src/report/report-model.ts';
import { RunRecord } from '../../src/run/run-record.ts';
import { connector, finding, group, pass } from '../report/build-report.ts';
import { goodFacts, notKnown } from '../support/cutover-facts.ts';
import { gateRules } from '../support/gate-rules.ts';
import { runInputs } from '../support/run-inputs.ts';

const SECRET = 'hunter2-hunter2';
const ready = judgeCutover(goodFacts('rehearse'), gateRules());
const notReady = judgeCutover(goodFacts('rehearse', { heartbeat: notKnown(`refused with ${SECRET}`) }), gateRules());

function recordOf(command: Command): RunRecord {
  return new RunRecord({ ...runInputs('/tmp', { command }), secrets: [SECRET] }, '2026-03-01T10:00:00.000Z');
}

describe('the record of a run with connectors', () => {
  const taken = (command: Command, of: Partial<ConnectorReport>) => {
    const record = recordOf(command);
    record.takeConnectors({ connectors: [connector(of)], planHash: 'a-hash', findings: [], errors: [] });
    return record.model();
  };

  test.each<Partial<ConnectorReport>>([
    { change: 'create' },
    { change: 'update' },
    { change: 'remove' },
    { wantedState: 'paused', stateChange: 'paused' },
  ])('a plan with pending connector changes is changed: %o', (of) => {
    expect(taken('plan', of)).toMatchObject({ result: 'changed', planHash: 'a-hash' });
    expect(taken('apply', of).result).toBe('changed');
  });

  test('holds no secret of the inputs (G)', () => {
    const record = recordOf('plan');
    const error = { code: 'PLAN_CHANGED', message: `now: client.rack ${SECRET}`, hint: null } as const;
    const findings = [finding({ message: SECRET })];
    record.takeConnectors({ connectors: [], planHash: null, findings, errors: [error] });
    expect(JSON.stringify(record.model())).not.toContain(SECRET);
  });

  test('a connector in place changes nothing', () => {
    expect(taken('plan', { wantedState: 'running' }).result).toBe('ok');
  });
});

describe('a plan on a target without the checkpoints topic', () => {
  const alias = runInputs('/tmp', {}).replication.sourceAlias;
  const severity = (change: ConnectorReport['change'], after: string) => {
    const record = recordOf('plan');
    const keys = [{ key: 'source.cluster.alias', before: null, after, secret: false }];
    const checkpoint = connector({ class: 'org.apache.kafka.connect.mirror.MirrorCheckpointConnector', change, keys });
    record.takeConnectors({ connectors: [checkpoint], planHash: 'a-hash', findings: [], errors: [] });
    record.takeInternalTopicProblem(new MigrationError('CHECKPOINTS_TOPIC_MISSING', 'no topic x'), 'plan');
    return record.model().findings;
  };

  test('says that it is to come where the plan creates the connector that writes it', () => {
    expect(severity('create', alias)).toMatchObject([
      {
        rule: 'checkpoints-topic-missing',
        severity: 'notice',
        message: 'no topic x It is not there yet: the checkpoint connector that this plan creates will write it.',
      },
    ]);
  });

  test('warns where the connector is there already, or writes another topic', () => {
    expect(severity('none', alias)).toMatchObject([{ severity: 'warning', message: 'no topic x' }]);
    expect(severity('create', `not-${alias}`)).toMatchObject([{ severity: 'warning' }]);
  });
});

describe('the record of a run with the gate', () => {
  test('is not ready until every check has passed', () => {
    const record = recordOf('check');
    expect(record.model()).toMatchObject({ result: 'not-ready', phase: 'rehearse', checks: [], readiness: [] });
    record.takeChecks(notReady, []);
    expect(record.model().result).toBe('not-ready');
    record.takeChecks(ready, [group()]);
    expect(record.model()).toMatchObject({ result: 'ok', checks: ready.checks, readiness: ready.groups });
    expect(record.model().groups).toHaveLength(1);
  });

  test('fails where the gate could not be asked', () => {
    const record = recordOf('check');
    record.addError(new MigrationError('KAFKA_UNREACHABLE', 'no broker answered'));
    expect(record.model().result).toBe('failed');
  });

  test('after a sync keeps what the sync says of the groups', () => {
    const record = recordOf('migrate');
    record.takeSync({ groups: [group({ groupId: 'synced' })], passes: [pass()], findings: [] }, null);
    record.takeChecks(ready, [group({ groupId: 'seen by the gate' })]);
    expect(record.model()).toMatchObject({ result: 'changed', groups: [{ groupId: 'synced' }] });
    record.takeChecks(notReady, []);
    expect(record.model().result).toBe('not-ready');
  });

  test('asks nothing of other commands', () => {
    expect(recordOf('sync').model()).toMatchObject({ result: 'ok', phase: null });
  });

  test('holds no secret that a check quotes (G)', () => {
    const record = recordOf('check');
    record.takeChecks(notReady, []);
    expect(
      record
        .model()
        .checks.map(({ seen }) => seen)
        .join(),
    ).toContain('refused with');
    expect(JSON.stringify(record.model().checks)).not.toContain(SECRET);
  });
});

test('not ready ends with 3, behind failures and before changes', () => {
  const facts = { changed: 0, planned: 0, failed: 0, inPlace: 0, errors: 0, ready: false };
  expect(EXIT_CODES[judgeRun(facts)]).toBe(3);
  expect(judgeRun({ ...facts, changed: 1 })).toBe('not-ready');
  expect(judgeRun({ ...facts, errors: 1 })).toBe('failed');
  expect(judgeRun({ ...facts, changed: 1, failed: 1 })).toBe('partial');
  expect(judgeRun({ ...facts, ready: true })).toBe('ok');
});
