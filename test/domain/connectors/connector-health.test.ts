import { describe, expect, test } from 'vitest';
import {
  addLook,
  type ConnectorStatus,
  type HealthStreak,
  judgeConnector,
  traceHead,
} from '../../../src/domain/connectors/connector-health.ts';

function status(state: string, ...tasks: readonly string[]): ConnectorStatus {
  return { state, trace: null, tasks: tasks.map((taskState, id) => ({ id, state: taskState, trace: null })) };
}

describe('judgeConnector', () => {
  test.each<[string, ConnectorStatus | null, string, string | undefined]>([
    ['all tasks run', status('RUNNING', 'RUNNING', 'RUNNING'), 'running', undefined],
    ['RUNNING without a task does nothing', status('RUNNING'), 'starting', 'RUNNING without a task'],
    [
      'one task is not there yet',
      status('RUNNING', 'RUNNING', 'UNASSIGNED'),
      'starting',
      'RUNNING, tasks 0 RUNNING, 1 UNASSIGNED',
    ],
    [
      'the connector restarts, its tasks are of before',
      status('UNASSIGNED', 'RUNNING'),
      'starting',
      'UNASSIGNED, task 0 RUNNING',
    ],
    ['no status', null, 'starting', 'no status yet'],
    ['a failed connector', status('FAILED'), 'failed', 'FAILED without a task'],
    [
      'a failed task under a running connector',
      status('RUNNING', 'RUNNING', 'FAILED'),
      'failed',
      'RUNNING, tasks 0 RUNNING, 1 FAILED',
    ],
    ['paused', status('PAUSED', 'PAUSED'), 'stopped', 'PAUSED, task 0 PAUSED'],
    ['stopped', status('STOPPED'), 'stopped', 'STOPPED without a task'],
    ['a state of a later Connect', status('HIBERNATING', 'RUNNING'), 'starting', 'HIBERNATING, task 0 RUNNING'],
  ])('%s', (_, seen, kind, words) => {
    const health = judgeConnector(seen);
    expect(health.kind).toBe(kind);
    if (health.kind !== 'running') expect(health.seen).toBe(words);
    else expect(health.taskCount).toBe(2);
  });

  test('a failed task gives the head of its trace', () => {
    const trace =
      'org.apache.kafka.connect.errors.ConnectException: No.\n\tat a.b.C(C.java:1)\nCaused by: why\n\t... 3 more';
    const health = judgeConnector({ state: 'RUNNING', trace: null, tasks: [{ id: 0, state: 'FAILED', trace }] });
    expect(health).toMatchObject({ kind: 'failed', traceHead: `${trace.split('\n')[0]}\nCaused by: why` });
  });

  test('many tasks are shortened', () => {
    const health = judgeConnector(status('RUNNING', ...Array.from({ length: 20 }, () => 'UNASSIGNED')));
    expect(health).toMatchObject({ seen: expect.stringMatching(/7 UNASSIGNED and 12 more$/) });
  });
});

describe('traceHead', () => {
  test('keeps the first line and the causes, bounded', () => {
    const causes = Array.from({ length: 20 }, (_, index) => `Caused by: ${index} ${'x'.repeat(1_000)}\n\tat y`);
    const head = traceHead(`first\n${causes.join('\n')}`)?.split('\n') ?? [];
    expect(head[0]).toBe('first');
    expect(head).toHaveLength(6);
    expect(Math.max(...head.map((line) => line.length))).toBeLessThanOrEqual(401);
  });

  test('nothing is null', () => {
    expect(traceHead(null)).toBeNull();
    expect(traceHead(' \n')).toBeNull();
  });
});

describe('addLook', () => {
  test('counts looks of the same kind in a row', () => {
    const kinds = [
      status('RUNNING', 'RUNNING'),
      status('RUNNING', 'RUNNING'),
      status('RUNNING'),
      status('RUNNING', 'RUNNING'),
    ];
    const counts: number[] = [];
    let streak: HealthStreak | null = null;
    for (const look of kinds) {
      streak = addLook(streak, judgeConnector(look));
      counts.push(streak.looks);
    }
    expect(counts).toEqual([1, 2, 1, 1]);
  });
});
