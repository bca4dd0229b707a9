/**
 * Resources of MSK's IAM access control ("Authorization policy resources", MSK developer guide): of the cluster
 * `arn:aws:kafka:REGION:ACCOUNT:cluster/NAME/UUID` the topics are `…:topic/NAME/UUID/TOPIC`, the groups
 * `…:group/NAME/UUID/GROUP`. `*` may stand for any part of a name, and for the UUID.
 */
import { literalOf, splitList } from '../patterns.ts';
import type { ResourceType } from '../permissions/permission.ts';

const CLUSTER_ARN = /^(arn:aws[a-z-]*:kafka:[a-z0-9-]+:\d{12}):cluster\/([\w.-]+)\/([\w*-]+)$/;

export function isClusterArn(text: string): boolean {
  return CLUSTER_ARN.test(text);
}

/** null: no ARN of Amazon MSK. */
export function regionOfArn(arn: string): string | null {
  return CLUSTER_ARN.exec(arn)?.[1]?.split(':')[3] ?? null;
}

/** @param clusterArn one that isClusterArn takes. @param name may hold `*`; nothing for the cluster. */
export function mskArn(clusterArn: string, type: ResourceType, name: string): string {
  return type === 'cluster' ? clusterArn : `${clusterArn.replace(':cluster/', `:${type}/`)}/${name}`;
}

/** Names that a list of patterns may match, in the words of IAM, which knows `*` and no regular expression. */
export interface NamePatterns {
  readonly names: readonly string[];
  /** Items of the list that IAM cannot say so closely, with what stands in their place. */
  readonly widened: readonly { readonly item: string; readonly name: string }[];
}

/** @param text as MM2 reads `topics` and `groups`. @param rename what the name is on the cluster. */
export function namePatterns(text: string, rename: (name: string) => string = (name) => name): NamePatterns {
  const names = new Set<string>();
  const widened: { item: string; name: string }[] = [];
  for (const item of splitList(text)) {
    const { name, isExact } = nameOf(item);
    const renamed = rename(name);
    names.add(renamed);
    if (!isExact) widened.push({ item, name: renamed });
  }
  return { names: withoutCovered([...names]), widened };
}

/** `orders.*` says what `orders*` does; of any other pattern, its letters before the first metacharacter are kept. */
function nameOf(item: string): { name: string; isExact: boolean } {
  const literal = literalOf(item);
  if (literal !== null) return { name: literal, isExact: true };
  const [, before = ''] = /^(.*)\.\*$/s.exec(item) ?? [];
  const prefix = before === '' ? null : literalOf(before);
  if (prefix !== null) return { name: `${prefix}*`, isExact: true };
  // A choice reaches over everything beside it, and what a quantifier follows need not be there at all.
  const plain = item.includes('|') ? '' : (/^[\w-]*(?![\w-])/.exec(item)?.[0] ?? '');
  const sure = /[?*{]/.test(item.charAt(plain.length)) ? plain.slice(0, -1) : plain;
  return { name: `${sure}*`, isExact: item === '.*' };
}

/** `orders*` covers `orders-eu`. */
function withoutCovered(names: readonly string[]): readonly string[] {
  const prefixes = names.filter((name) => name.endsWith('*')).map((name) => name.slice(0, -1));
  return names.filter((name) => !prefixes.some((prefix) => name !== `${prefix}*` && name.startsWith(prefix)));
}
