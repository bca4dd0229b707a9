/** One cluster with an IAM listener, and our own client on it. */
import { iamTokens } from '../../../src/adapters/aws/iam-tokens.ts';
import { connectCluster } from '../../../src/adapters/kafka/cluster.ts';
import type { ClusterConnectionConfig } from '../../../src/adapters/kafka/connection-config.ts';
import { type IamListener, type IamListenerOptions, iamListener } from '../../../src/testbed/iam/iam-listener.ts';
import { type KafkaCluster, startKafkaCluster } from '../../../src/testbed/kafka-cluster.ts';
import type { ListenerSpec } from '../../../src/testbed/listeners.ts';
import { createWorkFolder, removeWorkFolder } from '../../../src/testbed/processes.ts';
import { makeAuthority } from '../../../src/testbed/security/authority.ts';
import { clusterOptions, connectionFailure, type SeenFailure, systemClock } from '../../adapters/kafka/probe.ts';

type Identity = Pick<IamListener['identity'], 'accessKeyId' | 'secretAccessKey' | 'sessionToken'>;

export interface SignIn {
  readonly side?: 'source' | 'target';
  readonly region?: string;
  readonly identity?: Partial<Identity>;
}

export interface IamBed {
  readonly kafka: KafkaCluster;
  /** One for each of the options, named as they say. */
  readonly listeners: readonly IamListener[];
  stop(): Promise<void>;
}

/** Boots it with these IAM listeners, which share one authority, and with the other listeners. */
export async function startIamBed(
  options: readonly Omit<IamListenerOptions, 'folder' | 'authority'>[],
  others: readonly ListenerSpec[] = [],
): Promise<IamBed> {
  const folder = await createWorkFolder('iam-bed-');
  const authority = await makeAuthority(folder);
  const listeners: IamListener[] = [];
  for (const one of options) listeners.push(await iamListener({ folder, authority, ...one }));
  const specs = [...listeners.map(({ listener }) => listener), ...others];
  const kafka = await startKafkaCluster({ name: 'target', listeners: specs });
  return {
    kafka,
    listeners,
    async stop() {
      await kafka.stop();
      await removeWorkFolder(folder);
    },
  };
}

/** As `open-clusters.ts` does it, with credentials that are given instead of found. */
export function iamConfig(kafka: KafkaCluster, iam: IamListener, signIn: SignIn = {}): ClusterConnectionConfig {
  const { side = 'target', region = iam.region } = signIn;
  const { accessKeyId, secretAccessKey, sessionToken } = { ...iam.identity, ...signIn.identity };
  const credentials = async () => ({
    accessKeyId,
    secretAccessKey,
    ...(sessionToken === null ? {} : { sessionToken }),
  });
  const tokens = iamTokens({ side, region, clock: systemClock, credentials });
  return {
    side,
    bootstrapServers: kafka.bootstrapServers(iam.listener.name).split(','),
    tls: { ca: iam.caPem, verifyHost: true },
    sasl: { mechanism: 'oauthbearer', ...tokens },
  };
}

export function openIam(kafka: KafkaCluster, iam: IamListener, signIn: SignIn = {}) {
  return connectCluster(iamConfig(kafka, iam, signIn), clusterOptions());
}

export function refusedIam(kafka: KafkaCluster, iam: IamListener, signIn: SignIn): Promise<SeenFailure> {
  return connectionFailure(iamConfig(kafka, iam, signIn));
}
