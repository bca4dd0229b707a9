/** `connector-properties`: which of its keys reaches which of the three connectors. */
import { keyFate, type Mm2Connector } from '../keys/key-fate.ts';
import type { Settings } from './client-settings.ts';

const CONNECTORS: readonly Mm2Connector[] = ['source', 'checkpoint', 'heartbeat'];
const CLUSTER_KEY = /^(?:source|target)\.cluster\./;
const PRODUCER_CONNECTION = /^producer\.override\.(?:bootstrap\.servers$|security\.|ssl\.|sasl\.)/;

/**
 * Keys of `source.cluster.` and `target.cluster.` have gone into the sides already (client-settings.ts). Every other key
 * goes to the connectors that know it, and one that none knows to all, where the lint speaks of it.
 */
export function propertiesFor(connector: Mm2Connector, properties: Settings): Settings {
  return new Map([...properties].filter(([key]) => !CLUSTER_KEY.test(key) && reaches(connector, key)));
}

function reaches(connector: Mm2Connector, key: string): boolean {
  // The producer of the heartbeat connector writes to the source; the others' writes to the target.
  if (PRODUCER_CONNECTION.test(key)) return connector !== 'heartbeat';
  const knows = (one: Mm2Connector) => keyFate(one, key, null).kind === 'known';
  return knows(connector) || !CONNECTORS.some(knows);
}
