import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import type { ClusterAddress } from '../../src/testbed/client.ts';
import { iamListener, newIamIdentity } from '../../src/testbed/iam/iam-listener.ts';
import { type KafkaCluster, startKafkaCluster } from '../../src/testbed/kafka-cluster.ts';
import { createWorkFolder, removeWorkFolder } from '../../src/testbed/processes.ts';
import { secureListeners } from '../../src/testbed/security/secure-listeners.ts';
import { settleBoth } from '../../src/testbed/settle.ts';
import { printMatrix } from '../e2e/auth/matrix-table.ts';

export interface SecureCluster {
  readonly address: ClusterAddress;
  /** Bootstrap servers by the name of the listener. */
  readonly servers: Readonly<Record<string, string>>;
}

/** Two clusters that have every listener of `secureListeners`, and one for IAM; certificates are in the folder. */
export interface SecureBed {
  readonly folder: string;
  readonly source: SecureCluster;
  readonly target: SecureCluster;
  /** Who the IAM listeners know, as variables of the environment, the region among them. */
  readonly iamEnvironment: Readonly<Record<string, string>>;
}

declare module 'vitest' {
  export interface ProvidedContext {
    secureBed: SecureBed;
  }
}

/** Renewals are the business of tests with a listener of their own. */
const IAM_SESSION_MS = 600_000;

/** vitest's globalSetup of the auth suite. At its end it prints what its cells have found (see matrix.ts). */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await createWorkFolder('secure-bed-');
  const clusters: KafkaCluster[] = [];
  const stop = async () => {
    await Promise.all(clusters.map((cluster) => cluster.stop()));
    await removeWorkFolder(folder);
  };
  try {
    const secure = await secureListeners({ folder });
    const identity = newIamIdentity();
    const boot = async (name: string) => {
      const iamFolder = join(folder, `iam-${name}`);
      await mkdir(iamFolder);
      const iam = await iamListener({
        folder: iamFolder,
        authority: secure.authority,
        identities: [identity],
        sessionMs: IAM_SESSION_MS,
      });
      const listeners = [...secure.listeners, ...secure.brokenListeners, iam.listener];
      const cluster = await startKafkaCluster({ name, listeners });
      clusters.push(cluster);
      await secure.createUsers(cluster);
      const servers = listeners.map((spec) => [spec.name, cluster.bootstrapServers(spec.name)] as const);
      return { cluster: { address: cluster.address, servers: Object.fromEntries(servers) }, iam };
    };
    const [source, target] = await settleBoth(boot('source'), boot('target'));
    project.provide('secureBed', {
      folder,
      source: source.cluster,
      target: target.cluster,
      iamEnvironment: source.iam.environment,
    });
  } catch (error) {
    await stop();
    throw error;
  }
  return async () => {
    await printMatrix(join(folder, 'matrix.jsonl'), (line) => project.vitest.logger.log(line));
    await stop();
  };
}
