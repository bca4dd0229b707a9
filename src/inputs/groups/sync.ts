import { literalOf, splitList } from '../../domain/patterns.ts';
import type { Command } from '../../domain/verdicts.ts';
import type { InputReader } from '../input-reader.ts';
import { asCommaList, readBoolean, readDuration, readPatterns } from '../read-values.ts';
import type { SyncInputs } from '../typed-inputs.ts';
import { show } from '../values/show.ts';

export function readSync(reader: InputReader, command: Command): SyncInputs {
  return {
    runForMs: readDuration(reader, 'run-for', 0) ?? 0,
    intervalMs: readDuration(reader, 'interval', 1_000) ?? 0,
    dryRun: readDryRun(reader, command),
    allowRewind: readAllowRewind(reader),
    overwriteGroups: readPatterns(reader, 'overwrite-groups'),
    refresh: readBoolean(reader, 'refresh') ?? false,
    shard: readShard(reader),
    rollbackFrom: reader.text('rollback-from'),
  };
}

/** A rollback moves groups back, so that it has to be asked for twice. */
function readDryRun(reader: InputReader, command: Command): boolean {
  if (command === 'rollback' && !reader.isGiven('dry-run')) return true;
  return readBoolean(reader, 'dry-run') ?? false;
}

/** Patterns are refused: a rewind makes a group read again, so each one is somebody's decision. */
function readAllowRewind(reader: InputReader): ReadonlySet<string> {
  const items = splitList(asCommaList(reader.given('allow-rewind') ?? ''));
  for (const item of items.filter((candidate) => literalOf(candidate) !== candidate)) {
    const hint = 'Spell out each group that may read records again.';
    reader.problem('allow-rewind', 'group ids without patterns', show(item), hint);
  }
  return new Set(items);
}

function readShard(reader: InputReader): SyncInputs['shard'] {
  const text = reader.given('shard');
  if (text === null) return null;
  const parts = /^(\d{1,5})\/(\d{1,5})$/.exec(text);
  const [index, count] = [Number(parts?.[1]), Number(parts?.[2])];
  if (parts === null) {
    reader.problem(
      'shard',
      'i/n such as 1/4',
      reader.seen('shard'),
      'i is the number of this job, n how many there are.',
    );
    return null;
  }
  if (index < 1 || index > count) {
    reader.problem('shard', 'i/n with i from 1 to n', reader.seen('shard'), 'The first job is 1, the last one n.');
    return null;
  }
  return { index, count };
}
