import process from 'node:process';

let isQuiet = false;

/**
 * kafkajs's clients start a timer of a negative duration after each answer. It does no harm, but Node 24 warns of the
 * first one in the middle of what a person reads; other warnings are shown as before.
 */
export function hideNegativeTimerWarning(): void {
  if (isQuiet) return;
  isQuiet = true;
  const shown = process.listeners('warning');
  process.removeAllListeners('warning');
  process.on('warning', (warning) => {
    if (warning.name === 'TimeoutNegativeWarning') return;
    for (const show of shown) show(warning);
  });
}
