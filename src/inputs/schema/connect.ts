import type { InputSpec } from './input-spec.ts';

export const CONNECT_INPUTS = [
  {
    name: 'connect-url',
    group: 'connect',
    kind: 'url',
    description:
      'Base URL of the Kafka Connect REST API that runs the connectors, e.g. `http://connect.internal:8083`. `sync` reads the version of MirrorMaker 2 there, where it is given.',
    importance: 'first',
  },
  {
    name: 'connect-username',
    group: 'connect',
    kind: 'text',
    description: 'User name for HTTP basic authentication at the Connect REST API.',
    importance: 'rest',
  },
  {
    name: 'connect-password',
    group: 'connect',
    kind: 'text',
    secret: true,
    description: 'Password that goes with `connect-username`.',
    importance: 'rest',
  },
  {
    name: 'connect-token',
    group: 'connect',
    kind: 'text',
    secret: true,
    description: 'Bearer token for the Connect REST API, instead of `connect-username`.',
    importance: 'rest',
  },
  {
    name: 'connect-ca',
    group: 'connect',
    kind: 'pem',
    description:
      'Certificates of the authorities that signed the Connect server, as PEM text or a path. Not given: those of the system.',
    importance: 'rest',
  },
  {
    name: 'connect-certificate',
    group: 'connect',
    kind: 'pem',
    description: 'Client certificate for the Connect REST API, as PEM text or a path.',
    importance: 'rest',
  },
  {
    name: 'connect-key',
    group: 'connect',
    kind: 'pem',
    secret: true,
    description: 'Private key of `connect-certificate`, unencrypted, as PEM text or a path.',
    importance: 'rest',
  },
] as const satisfies readonly InputSpec[];
