import { COMMANDS, type Command } from '../../domain/verdicts.ts';
import type { InputReader } from '../input-reader.ts';
import { readChoice, readDuration } from '../read-values.ts';

export interface GeneralInputs {
  readonly command: Command;
  readonly timeoutMs: number;
}

const LATER_COMMANDS = 'This version knows plan, apply and sync.';

export function readGeneral(reader: InputReader): GeneralInputs {
  return {
    command: readChoice(reader, 'command', COMMANDS, LATER_COMMANDS) ?? 'plan',
    timeoutMs: readDuration(reader, 'timeout', 1_000) ?? 0,
  };
}
