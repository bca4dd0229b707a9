/** `host:port` texts into addresses. */
import { InputError, type InputProblem } from '../../errors.ts';
import type { BrokerAddress, ClusterConnectionConfig } from './connection-config.ts';

const HOST_PORT = /^(?:[A-Z_]+:\/\/)?(?:\[(?<ipv6>[0-9A-Fa-f:.]+)\]|(?<host>[^\s:/[\]]+)):(?<port>\d{1,5})$/;
const MAX_PORT = 65_535;

/** Throws InputError with every entry that is not `host:port`. A listener name before `://` is dropped, as Java does. */
export function parseBootstrapServers({ side, bootstrapServers }: ClusterConnectionConfig): readonly BrokerAddress[] {
  const problems: InputProblem[] = [];
  const addresses: BrokerAddress[] = [];
  for (const text of bootstrapServers) {
    const groups = HOST_PORT.exec(text.trim())?.groups;
    const port = Number(groups?.['port']);
    const host = groups?.['ipv6'] ?? groups?.['host'];
    if (host === undefined || port < 1 || port > MAX_PORT) problems.push(problem(side, text));
    else addresses.push({ host, port, nodeId: null });
  }
  if (bootstrapServers.length === 0) problems.push(problem(side, ''));
  if (problems.length > 0) throw new InputError(problems);
  return addresses;
}

function problem(side: string, seen: string): InputProblem {
  return {
    input: `${side}-bootstrap-servers`,
    expected: 'host:port, several separated by commas',
    seen: seen === '' ? 'nothing' : `"${seen}"`,
    hint: 'For example broker-1.example.com:9092,broker-2.example.com:9092.',
  };
}
