/** Keys of mm2.properties (KIP-382), which a connector in Connect ignores. */
import type { KeyTableName } from './key-table.ts';
import { isIn } from './known-keys.ts';

const AFTER_AN_ALIAS: readonly KeyTableName[] = [
  ...(['source', 'checkpoint', 'heartbeat', 'framework', 'worker', 'connection'] as const),
];
/** First words of keys that no alias stands before. */
const NO_ALIAS =
  /^(?:source|target|cluster|topics?|groups?|sync|emit|refresh|replication|offset|offset-syncs|offsets|checkpoints?|heartbeats?|config|consumer|producer|admin|key|value|header|connector|tasks?|errors|transforms|predicates|transaction|exactly|ssl|sasl|security|metric|metrics|forwarding|use|name|enabled|override)$/;

export function isDedicatedMode(key: string): boolean {
  if (key === 'clusters' || key.includes('->') || key.startsWith('dedicated.mode.')) return true;
  // An alias may hold dots itself.
  for (let dot = key.indexOf('.'); dot > 0; dot = key.indexOf('.', dot + 1)) {
    const first = key.slice(0, dot).split('.')[0] ?? '';
    if (NO_ALIAS.test(first)) return false;
    if (isAfterAlias(key.slice(dot + 1))) return true;
  }
  return false;
}

function isAfterAlias(rest: string): boolean {
  const [, role, setting] = /^(consumer|producer|admin)\.(.+)$/.exec(rest) ?? [];
  if (setting !== undefined) return isIn([role as 'consumer' | 'producer' | 'admin'], setting);
  return rest.includes('.') && isIn(AFTER_AN_ALIAS, rest);
}
