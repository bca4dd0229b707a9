export interface Mm2Options {
  /** Prefix of the three connector names, `mm2` by default; give each test file its own. */
  readonly name?: string;
  /** `source` and `target` by default. Checkpoint and heartbeat topics are named after the source's. */
  readonly sourceAlias?: string;
  readonly targetAlias?: string;
  /** `default` (prefixed topics) by default. */
  readonly policy?: 'default' | 'identity';
  readonly separator?: string;
  /** Patterns as MM2 takes them, comma-separated. */
  readonly topics?: string;
  readonly groups?: string;
  readonly offsetLagMax?: number;
  readonly tasksMax?: number;
  /** Let MM2 write group offsets itself; off by default, since our own `sync` does it. */
  readonly syncGroupOffsets?: boolean;
  /** Merged last, into the connector of that kind or into all three. */
  readonly properties?: Partial<Record<ConnectorKind | 'all', Readonly<Record<string, string>>>>;
}

export type ConnectorKind = 'source' | 'checkpoint' | 'heartbeat';

/** The name that a source topic has on the target. */
export function targetTopic(topic: string, options: Mm2Options = {}): string {
  if (options.policy === 'identity') return topic;
  return `${options.sourceAlias ?? 'source'}${options.separator ?? '.'}${topic}`;
}

/** The checkpoints topic on the target. */
export function checkpointsTopic(options: Mm2Options = {}): string {
  const separator = options.separator ?? '.';
  return `${options.sourceAlias ?? 'source'}${separator}checkpoints${separator}internal`;
}
