import type { Fault } from './fault.ts';
import { show } from './show.ts';

const EXPECTED = 'host:port, several separated by commas';
const HOST = /^(?:\[[0-9a-fA-F:.%]+\]|[A-Za-z0-9_](?:[A-Za-z0-9._-]*[A-Za-z0-9_])?\.?)$/;

export type HostPorts = { readonly servers: readonly string[] } | { readonly fault: Fault };

/** `b-1.example.com:9092,b-2.example.com:9092` → its items, each once. */
export function parseHostPorts(text: string): HostPorts {
  const whole = faultOfWhole(text);
  if (whole !== null) return { fault: whole };
  const servers = text.split(',').map((item) => item.trim());
  for (const server of servers) {
    const fault = faultOfServer(server);
    if (fault !== null) return { fault };
  }
  return { servers: [...new Set(servers)] };
}

function faultOfWhole(text: string): Fault | null {
  if (text.includes('@')) {
    return fault('an address with credentials (hidden)', 'Give user and password in the username and password inputs.');
  }
  if (/\$\{|\{[A-Z _]+\}/.test(text)) {
    return fault(show(text), 'The placeholder was not replaced: put the addresses of the brokers there.');
  }
  if (/^\[?\s*["']/.test(text)) {
    return fault('a list in quotes or brackets', 'Write the addresses without quotes and brackets: b-1:9092,b-2:9092.');
  }
  if (text.startsWith('arn:')) {
    return fault(show(text), 'That names the cluster, not its brokers: `aws kafka get-bootstrap-brokers` prints them.');
  }
  return null;
}

function faultOfServer(server: string): Fault | null {
  if (server === '') return fault('an empty item', 'Remove the comma that has nothing beside it.');
  if (/^https?:\/\//i.test(server)) {
    return fault(show(server), 'Brokers do not speak HTTP: give the address of a listener, without http:// and path.');
  }
  if (server.includes('://')) {
    return fault(show(server), 'Remove the scheme; whether TLS or SASL is spoken is said by the auth input.');
  }
  if (/\s/.test(server)) return fault(show(server), 'Separate the addresses by commas, not by spaces.');
  const colon = server.lastIndexOf(':');
  if (colon < 0 || server.endsWith(']')) {
    return fault(show(server), 'Add the port, e.g. :9092 (Amazon MSK: 9094 for TLS, 9096 for SCRAM, 9098 for IAM).');
  }
  return faultOfParts(server, server.slice(0, colon), server.slice(colon + 1));
}

function faultOfParts(server: string, host: string, port: string): Fault | null {
  if (!/^\d{1,5}$/.test(port) || Number(port) < 1 || Number(port) > 65_535) {
    return fault(`port ${show(port)} in ${show(server)}`, 'A port is a number from 1 to 65535.');
  }
  if (host.includes(':') && !host.startsWith('[')) {
    return fault(show(server), 'Put an IPv6 address in brackets: [::1]:9092.');
  }
  if (!HOST.test(host)) {
    return fault(show(server), 'A host name has letters, digits, dots and hyphens.');
  }
  return null;
}

function fault(seen: string, hint: string): Fault {
  return { expected: EXPECTED, seen, hint };
}
