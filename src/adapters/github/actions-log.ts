import * as core from '@actions/core';
import type { Log } from '../../operations/ports.ts';
import { actionsLogLines } from '../../report/terminal/log-lines.ts';
import { progressWords } from '../../report/terminal/progress.ts';
import { createThrottle } from '../../report/terminal/throttle.ts';

export interface ActionsLog extends Log {
  /** Closes the last group, so that what follows is not folded away. */
  end(): void;
}

/** Log of a step: each stage is a folded group. No message can be taken for a workflow command. `now`: of the epoch. */
export function createActionsLog(now: () => number = Date.now): ActionsLog {
  let open = false;
  let stageSinceMs = now();
  const throttle = createThrottle(now);
  const end = () => {
    if (open) core.endGroup();
    open = false;
  };
  return {
    stage(title) {
      end();
      stageSinceMs = now();
      throttle.restart();
      core.startGroup(actionsLogLines(title).join(' '));
      open = true;
    },
    info: (message) => say(message),
    // Not an annotation: GitHub keeps ten of a step, and the report step has the better ones.
    warn: (message) => say(`Warning: ${message}`),
    debug(message) {
      if (!core.isDebug()) return;
      for (const line of actionsLogLines(message)) core.debug(line);
    },
    progress({ doing, endsAtMs }) {
      if (!throttle.isDue()) return;
      say(progressWords(doing, now() - stageSinceMs, endsAtMs === undefined ? null : endsAtMs - now()));
    },
    end,
  };
}

function say(message: string): void {
  for (const line of actionsLogLines(message)) core.info(line);
}
