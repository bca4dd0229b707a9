/** kafkajs's log lines as debug lines of ours. Of the extras only known harmless ones pass: others hold responses. */
import type { KafkaJsLogger } from 'kafkajs/src/network/connection.js';
import type { Log } from '../../../operations/ports.ts';

const SHOWN_EXTRAS = ['correlationId', 'size', 'error'] as const;

/** `secrets` are blotted out: a broker's error text may repeat them. */
export function kafkaJsLogger(log: Log, broker: string, secrets: readonly string[]): KafkaJsLogger {
  const write = (message: string, extra: Record<string, unknown> = {}): void => {
    const shown = SHOWN_EXTRAS.filter((name) => extra[name] !== undefined).map((name) => `${name}=${extra[name]}`);
    const line = ['kafkajs', `${broker}:`, message, ...shown].join(' ');
    log.debug(secrets.reduce((text, secret) => (secret === '' ? text : text.replaceAll(secret, '***')), line));
  };
  const logger: KafkaJsLogger = { namespace: () => logger, debug: write, info: write, warn: write, error: write };
  return logger;
}
