/** What would change, or did, in the config of a connector: lines as of a diff. Plain text; a secret has no value here. */
import { HIDDEN } from '../domain/connectors/redact.ts';
import { clip } from './escape.ts';
import { plural } from './format.ts';
import type { ConnectorReport, KeyReport } from './report-model.ts';

const MAX_VALUE_CHARS = 300;
const SENSITIVE = '(sensitive)';

/** `- key = value` and `+ key = value`; empty where nothing differs. */
export function connectorDiff({ change, keys }: ConnectorReport, maxKeys: number): readonly string[] {
  const shown = keys.slice(0, maxKeys).flatMap((key) => keyLines(key, change === 'update'));
  const more = keys.length - Math.min(keys.length, maxKeys);
  return more > 0 ? [...shown, `  … and ${plural(more, 'more key')}, see report.json`] : shown;
}

function keyLines(entry: KeyReport, isUpdate: boolean): readonly string[] {
  const { key, before, after, secret } = entry;
  if (secret && before === HIDDEN && after === HIDDEN) return [`! ${name(key)} (sensitive, changed)`];
  const unmanaged = isUpdate && after === null ? '   (unmanaged: no file holds this key, so that it goes)' : '';
  const old = before === null ? [] : [`- ${name(key)} = ${value(before, secret)}${unmanaged}`];
  return after === null ? old : [...old, `+ ${name(key)} = ${value(after, secret)}`];
}

function name(key: string): string {
  return quoted(clip(key, MAX_VALUE_CHARS));
}

function value(text: string, secret: boolean): string {
  return secret && text === HIDDEN ? SENSITIVE : quoted(clip(text, MAX_VALUE_CHARS));
}

/** Quoted where it would not stay on its line, or could be taken for a word of ours. */
function quoted(text: string): string {
  return /\p{Cc}|^\s|\s$|^$|^["(]/u.test(text) ? JSON.stringify(text) : text;
}

/** `RUNNING`; `PAUSED → running` where another state is wanted. */
export function stateWords({ state, stateChange, wantedState, pending }: ConnectorReport): string {
  // What was not done is on its way nowhere.
  const wanted = stateChange ?? (pending === null ? wantedState : null);
  const seen = state ?? '–';
  return wanted === null || seen === wanted.toUpperCase() ? seen : `${seen} → ${wanted}`;
}

/** What was done, or in a plan would be: `update`; `not done (would be updated)` where a failure came before it. */
export function changeWords({ change, pending, wantedState }: ConnectorReport): string {
  if (pending === null) return change;
  return `not done (would be ${pending === 'state' ? `brought to ${wantedState ?? 'another state'}` : `${pending}d`})`;
}
