import type { TestProject } from 'vitest/node';
import { type BedAddresses, startBed } from '../../src/testbed/bed.ts';
import { saslPlainListener } from '../../src/testbed/listeners.ts';

export interface SecuredBed extends BedAddresses {
  readonly connectUrl: string;
  /** Bootstrap servers of the listeners on which clients sign in; `source` and `target` are the bed's own way in. */
  readonly signIn: { readonly source: string; readonly target: string };
  /** Known to both clusters, and allowed nothing until a test grants it. */
  readonly users: readonly string[];
  readonly password: string;
}

declare module 'vitest' {
  export interface ProvidedContext {
    /** The bed that the permissions suite shares: two clusters with the KRaft StandardAuthorizer, and Connect. */
    securedBed: SecuredBed;
  }
}

const PASSWORD = 'pw-4711-never-shown';
const USERS = Array.from({ length: 400 }, (_, number) => `user-${String(number).padStart(3, '0')}`);

/** vitest's globalSetup of the permissions suite; each file takes users, and a prefix of names, of its own. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const cluster = {
    listeners: [saslPlainListener(Object.fromEntries(USERS.map((user) => [user, PASSWORD])))],
    properties: { 'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer' },
  };
  const onProgress = (line: string) => project.vitest.logger.log(`bed: ${line}`);
  const bed = await startBed({ source: cluster, target: cluster, onProgress });
  const { connectUrl } = bed.addresses;
  if (connectUrl === null) throw new Error('The secured bed has no Connect worker.');
  const signIn = { source: bed.source.bootstrapServers('SASL'), target: bed.target.bootstrapServers('SASL') };
  project.provide('securedBed', { ...bed.addresses, connectUrl, signIn, users: USERS, password: PASSWORD });
  return () => bed.stop();
}
