import { iamTokens } from '../adapters/aws/iam-tokens.ts';
import { type ConnectedCluster, connectCluster, type SaslConfig, type TlsConfig } from '../adapters/kafka/cluster.ts';
import type { ClusterInputs, Inputs, SaslInputs, TlsInputs } from '../inputs/typed-inputs.ts';
import type { Clock, ClusterReader, Log } from '../operations/ports.ts';
import type { ExpectedCluster } from '../operations/preflight.ts';

export interface OpenClusters {
  readonly source: ConnectedCluster | null;
  readonly target: ConnectedCluster | null;
}

/** Both sides at once; when both fail, an AggregateError holds both reasons. */
export async function openClusters(
  inputs: Inputs,
  deps: { readonly log: Log; readonly clock: Clock },
): Promise<OpenClusters> {
  const open = async (side: 'source' | 'target', cluster: ClusterInputs | null) => {
    if (cluster === null) return null;
    const { bootstrapServers, tls, sasl } = cluster;
    const { scanBytesPerSecond } = inputs.translation;
    const signIn = await saslConfig(side, sasl, deps.clock);
    const config = { side, bootstrapServers, tls: tls === null ? null : tlsConfig(tls), sasl: signIn };
    return connectCluster(config, { ...deps, scanBytesPerSecond });
  };
  const [source, target] = await Promise.allSettled([open('source', inputs.source), open('target', inputs.target)]);
  const reasons = [source, target].flatMap((side) => (side.status === 'rejected' ? [side.reason as unknown] : []));
  const opened = { source: fulfilledOrNull(source), target: fulfilledOrNull(target) };
  if (reasons.length === 0) return opened;
  await closeClusters(opened);
  throw reasons.length === 1 ? reasons[0] : new AggregateError(reasons);
}

export async function closeClusters({ source, target }: OpenClusters): Promise<void> {
  await Promise.all([source?.close(), target?.close()]);
}

export function pinnedCluster(reader: ClusterReader | null, cluster: ClusterInputs | null): ExpectedCluster | null {
  return reader === null || cluster === null ? null : { reader, pinnedId: cluster.clusterId };
}

export function unpinnedCluster(reader: ClusterReader | null): ExpectedCluster | null {
  return reader === null ? null : { reader, pinnedId: null };
}

function tlsConfig({ ca, certificate, key, keyPassword, verifyHost }: TlsInputs): TlsConfig {
  return {
    verifyHost,
    ...(ca === null ? {} : { ca }),
    ...(certificate === null ? {} : { certificate }),
    ...(key === null ? {} : { key }),
    ...(keyPassword === null ? {} : { keyPassphrase: keyPassword }),
  };
}

async function saslConfig(
  side: 'source' | 'target',
  sasl: SaslInputs | null,
  clock: Clock,
): Promise<SaslConfig | null> {
  if (sasl?.mechanism !== 'iam') return sasl;
  const tokens = iamTokens({ side, region: sasl.region, profile: sasl.profile, clock });
  // Missing credentials are told before any broker is asked.
  await tokens.token();
  return { mechanism: 'oauthbearer', ...tokens };
}

function fulfilledOrNull<T>(settled: PromiseSettledResult<T>): T | null {
  return settled.status === 'fulfilled' ? settled.value : null;
}
