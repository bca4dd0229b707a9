/** The action's environment → raw inputs. A composite has to hand its inputs on itself; shells lose names with hyphens. */
import { INPUTS } from './schema/schema.ts';

/** `source-bootstrap-servers` → `INPUT_SOURCE_BOOTSTRAP_SERVERS`. */
export function environmentName(inputName: string): string {
  return `INPUT_${inputName.toUpperCase().replaceAll('-', '_')}`;
}

/** Name → text of every input that is not empty. */
export function readActionInputs(
  environment: Readonly<Record<string, string | undefined>>,
): ReadonlyMap<string, string> {
  const raw = new Map<string, string>();
  for (const { name } of INPUTS) {
    const text = environment[environmentName(name)] ?? '';
    if (text.trim() !== '') raw.set(name, text);
  }
  return raw;
}
