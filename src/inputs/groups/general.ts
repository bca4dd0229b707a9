import { COMMANDS, type Command } from '../../domain/verdicts.ts';
import type { InputReader } from '../input-reader.ts';
import { readChoice, readDuration } from '../read-values.ts';

export interface GeneralInputs {
  readonly command: Command;
  readonly timeoutMs: number;
}

export function readGeneral(reader: InputReader): GeneralInputs {
  return {
    command: readChoice(reader, 'command', COMMANDS) ?? 'plan',
    timeoutMs: readDuration(reader, 'timeout', 1_000) ?? 0,
  };
}
