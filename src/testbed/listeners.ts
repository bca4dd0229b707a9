/** One listener that clients connect to. The bed picks its port. */
export interface ListenerSpec {
  /** Letters and digits, upper case, for example `CLIENT`. */
  readonly name: string;
  readonly protocol: 'PLAINTEXT' | 'SASL_PLAINTEXT' | 'SSL' | 'SASL_SSL';
  /** Broker properties of this listener without the prefix `listener.name.<name>.`, which the bed adds. */
  readonly properties?: Readonly<Record<string, string>>;
  /** The host name that the brokers advertise; 127.0.0.1 by default. */
  readonly advertisedHost?: string;
  /** Jars and folders that the brokers need for it. */
  readonly classPath?: readonly string[];
}

export const PLAIN_LISTENER: ListenerSpec = { name: 'PLAINTEXT', protocol: 'PLAINTEXT' };

/** Added when the caller asks for no plaintext listener: the brokers talk over it, and so does the bed itself. */
const INTERNAL_LISTENER: ListenerSpec = { name: 'INTERNAL', protocol: 'PLAINTEXT' };

/** A SASL/PLAIN listener with these users (name to password). */
export function saslPlainListener(
  users: Readonly<Record<string, string>>,
  options: { name?: string; protocol?: 'SASL_PLAINTEXT' | 'SASL_SSL'; properties?: Record<string, string> } = {},
): ListenerSpec {
  const logins = Object.entries(users).map(([user, password]) => ` user_${user}="${password}"`);
  return {
    name: options.name ?? 'SASL',
    protocol: options.protocol ?? 'SASL_PLAINTEXT',
    properties: {
      ...options.properties,
      'sasl.enabled.mechanisms': 'PLAIN',
      'plain.sasl.jaas.config': `org.apache.kafka.common.security.plain.PlainLoginModule required${logins.join('')};`,
    },
  };
}

export interface ListenerSet {
  readonly all: readonly ListenerSpec[];
  /** What `bootstrapServers()` without a name stands for: the caller's first. */
  readonly first: ListenerSpec;
  /** Plaintext, for the brokers among themselves and for the bed. */
  readonly internal: ListenerSpec;
}

export function listenerSet(specs: readonly ListenerSpec[] = [PLAIN_LISTENER]): ListenerSet {
  const given = specs.length === 0 ? [PLAIN_LISTENER] : specs;
  const internal = given.find((spec) => spec.protocol === 'PLAINTEXT') ?? INTERNAL_LISTENER;
  const all = given.includes(internal) ? given : [...given, internal];
  return { all, first: all[0] ?? internal, internal };
}

/** `listener.name.<name>.<key>` for every listener's own properties. */
export function listenerProperties(set: ListenerSet): Record<string, string> {
  const entries = set.all.flatMap((spec) =>
    Object.entries(spec.properties ?? {}).map(([key, value]) => [
      `listener.name.${spec.name.toLowerCase()}.${key}`,
      value,
    ]),
  );
  return Object.fromEntries(entries);
}
