/** Properties of AWS::ECS types as the ECS API spells them: camel case, and true and false as such. */
import type { Json, JsonMap } from './cfn-template.ts';

const NAMES: Readonly<Record<string, string>> = {
  EFSVolumeConfiguration: 'efsVolumeConfiguration',
  FilesystemId: 'fileSystemId',
  IAM: 'iam',
};

// biome-ignore lint/suspicious/noExplicitAny: properties of several types, whose shapes the assertions tell
export function ecsShape(value: Json): any {
  if (Array.isArray(value)) return value.map(ecsShape);
  if (value === 'true' || value === 'false') return value === 'true';
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value as JsonMap).map(([key, item]) => [
      NAMES[key] ?? lowerFirst(key),
      key === 'Options' ? item : ecsShape(item),
    ]),
  );
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
