/** Variables of the Connect container that come from its secret: what the worker and the connectors refer to. */
import { partsOf } from '../connectors/generate/secret-references.ts';
import type { EcsFacts } from './ecs-facts.ts';

/** The keys of the secret's JSON, which are also the variables. */
export function containerSecrets({
  auth,
  connectors: { source, target },
}: Pick<EcsFacts, 'auth' | 'connectors'>): readonly string[] {
  const targetParts = partsOf(target).map((part) => secretVariable('target', part));
  const names = auth === 'mtls' ? ['TARGET_CERTIFICATE', ...targetParts] : targetParts;
  const authority = target.tls !== null && target.tls.ca !== null ? ['TARGET_CA'] : [];
  return [...names, ...authority, ...partsOf(source).map((part) => secretVariable('source', part))];
}

function secretVariable(side: string, part: string): string {
  return `${side}-${part}`.replaceAll('-', '_').toUpperCase();
}
