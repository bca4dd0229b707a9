import type { ConnectorConfig } from '../domain/connectors/connector-config.ts';
import { InputError } from '../errors.ts';
import type { ApplyInputs } from './typed-inputs.ts';
import { show } from './values/show.ts';

/** @throws InputError for a name in `remove-connectors` that the files, or the generated connectors, want to be there. */
export function checkRemovals({ removeConnectors }: ApplyInputs, desired: readonly ConnectorConfig[]): void {
  const both = desired.filter(({ name }) => removeConnectors.includes(name));
  if (both.length === 0) return;
  throw new InputError(
    both.map(({ name, file }) => ({
      input: 'remove-connectors',
      expected: 'names of connectors that are to go',
      seen: `${show(name)}, which ${file === 'generated' ? 'is generated' : `${file} holds`} as well`,
      hint: `Take it out of remove-connectors, or out of ${file === 'generated' ? 'what is generated' : 'the files'}.`,
    })),
  );
}
