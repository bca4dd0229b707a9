/** A connector's config as Connect stores it: strings only, `name` included (ConnectorsResource.putConnectorConfig). */
export type ConfigMap = Readonly<Record<string, string>>;

/** `ConnectorConfig.file` of a connector that no file holds. */
export const GENERATED = 'generated';

export interface ConnectorConfig {
  readonly name: string;
  /** `connector.class`, trimmed. */
  readonly class: string;
  /** Exactly what is PUT; holds `name`. */
  readonly config: ConfigMap;
  /** File it came from, for messages; GENERATED when no file did. */
  readonly file: string;
  /** Line of each key in the file, from one; a key that the file does not spell is not in it. Empty when generated. */
  readonly lines: ReadonlyMap<string, number>;
}

/** Connect compares nothing itself: a PUT restarts the tasks even when every value is the same. */
export function sameConfig(a: ConfigMap, b: ConfigMap): boolean {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && a[key] === b[key]);
}

/**
 * Place of a connector in the order of work: source, checkpoint, heartbeat, then the rest. The checkpoint connector
 * translates by offset syncs that only the source connector writes.
 */
export function applyRank(connectorClass: string): number {
  const simpleName = connectorClass.slice(connectorClass.lastIndexOf('.') + 1);
  const rank = ['MirrorSource', 'MirrorCheckpoint', 'MirrorHeartbeat'].findIndex(
    (word) => simpleName === word || simpleName === `${word}Connector`,
  );
  return rank === -1 ? 3 : rank;
}

export function byApplyOrder(a: ConnectorConfig, b: ConnectorConfig): number {
  const rank = applyRank(a.class) - applyRank(b.class);
  if (rank !== 0) return rank;
  return a.name < b.name ? -1 : 1;
}
