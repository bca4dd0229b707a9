/** Settings for throughput: where they have to stand, and sizes that do harm. */
import type { LintView } from '../lint-view.ts';
import type { LintedConnector } from '../linted-connector.ts';
import { type Hit, hit, type Rule, rule } from '../rule.ts';

const SIZE = /(?:^|\.)(?:batch\.size|buffer\.memory|max\.request\.size|(?:receive|send)\.buffer\.bytes|[\w.]+\.bytes)$/;
/** A gibibyte of buffers is half of the heap that Connect's start script gives. */
const MOST_BUFFER_BYTES = 1024 ** 3;
const DEFAULT_TASKS = 1;

export const THROUGHPUT_RULES: readonly Rule[] = [
  rule({
    id: 'producer-prefix',
    severity: 'warning',
    title: '`producer.*` for the records',
    effect: "It reaches MM2's own small producer of offset syncs only: the records are written as before.",
    hint: 'Write producer.override.… instead.',
    test: (view) =>
      view
        .of('source')
        .flatMap((connector) =>
          connector.entries
            .filter(([key]) => /^producer\.(?!override\.)/.test(key) && key !== 'producer.enable.idempotence')
            .map(([key]) => hit(connector, key, `${view.quoteKey(key)} is given.`, `Write ${overridden(view, key)}.`)),
        ),
  }),
  rule({
    id: 'idempotence-misplaced',
    severity: 'warning',
    title: '`producer.enable.idempotence`',
    effect: "It reaches MM2's own producer of offset syncs only: the producer of the records stays as it is.",
    hint: 'Write producer.override.enable.idempotence.',
    test: (view) =>
      view
        .of('source', 'checkpoint', 'heartbeat')
        .filter((connector) => connector.has('producer.enable.idempotence'))
        .map((connector) => hit(connector, 'producer.enable.idempotence', 'producer.enable.idempotence is given.')),
  }),
  rule({
    id: 'consumer-group-id',
    severity: 'notice',
    title: '`consumer.group.id`',
    effect:
      'MM2 assigns its partitions itself and commits nothing: there is no such group, and nothing to watch in it.',
    hint: 'Remove it.',
    test: (view) =>
      view
        .of('source', 'checkpoint', 'heartbeat')
        .flatMap((connector) =>
          ['consumer.group.id', 'source.consumer.group.id']
            .filter((key) => connector.has(key))
            .map((key) => hit(connector, key, `${key} is given.`)),
        ),
  }),
  rule({
    id: 'size-lost-digit',
    severity: 'warning',
    title: 'A size that looks like a power of two without its last digit',
    effect: 'It is a tenth of what was most likely meant.',
    hint: 'Correct the number.',
    test: (view) =>
      view.of('source', 'checkpoint', 'heartbeat').flatMap((connector) =>
        connector.entries.flatMap(([key, value]) => {
          const meant = SIZE.test(key) ? withLostDigit(value.trim()) : null;
          if (meant === null) return [];
          return [hit(connector, key, `${view.quoteKey(key)} is ${value.trim()}.`, `Did you mean ${meant}?`)];
        }),
      ),
  }),
  rule({
    id: 'buffer-memory-large',
    severity: 'warning',
    title: '`buffer.memory` times `tasks.max` is more than a worker has',
    effect: 'Each task has a buffer of its own; Connect starts with a heap of 2 GB, and runs out of memory.',
    hint: 'Lower producer.override.buffer.memory (Kafka takes 32 MiB), or give the worker the heap.',
    test: (view) => view.of('source').flatMap(buffers),
  }),
  rule({
    id: 'tasks-max-one',
    severity: 'notice',
    title: 'The source connector has one task',
    effect: 'A single consumer and producer copy everything.',
    hint: 'Set tasks.max to 4 or more for anything but a small cluster.',
    test: (view) =>
      view
        .of('source')
        .filter((connector) => (connector.has('tasks.max') ? connector.number('tasks.max') === 1 : true))
        .map((connector) =>
          hit(connector, 'tasks.max', connector.has('tasks.max') ? 'tasks.max is 1.' : 'tasks.max is not set.'),
        ),
  }),
];

function overridden(view: LintView, key: string): string {
  return view.quoteKey(key.replace(/^producer\./, 'producer.override.'));
}

/** The number with its last digit, if that is a power of two from 16 Ki on. */
function withLostDigit(text: string): number | null {
  if (!/^\d{4,12}$/.test(text)) return null;
  for (let power = 16 * 1024; power < 2 ** 40; power *= 2) {
    if (Math.floor(power / 10) === Number(text)) return power;
  }
  return null;
}

function buffers(connector: LintedConnector): readonly Hit[] {
  const key = 'producer.override.buffer.memory';
  const [size, tasks] = [connector.number(key), connector.number('tasks.max') ?? DEFAULT_TASKS];
  if (size === null || size * tasks <= MOST_BUFFER_BYTES) return [];
  const total = Math.round((size * tasks) / 1024 ** 2);
  return [hit(connector, key, `${key} is ${size} for up to ${tasks} tasks, ${total} MiB together.`)];
}
