import type { TestProject } from 'vitest/node';
import { type BedAddresses, startBed } from '../../src/testbed/bed.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The bed that the core suite shares: 4.3.1 twice, one broker each, and Connect. */
    bed: BedAddresses & { readonly connectUrl: string };
  }
}

/** The log cleaner looks every 15 s by default. */
const COMPACTS_SOON = { 'log.cleaner.backoff.ms': '500' };
/** Bounds of what a test may ask for a group of its own, 60 s by default. */
const LETS_GROUPS_WAIT = {
  'group.consumer.max.session.timeout.ms': '1800000',
  'group.share.max.session.timeout.ms': '1800000',
  'group.share.max.record.lock.duration.ms': '1800000',
};

/**
 * vitest's globalSetup of the core suite: one boot for all files. Test files get the addresses by `inject('bed')` and
 * use names of their own (topics, groups, aliases, connectors), since they share the clusters.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const cluster = { properties: { ...COMPACTS_SOON, ...LETS_GROUPS_WAIT } };
  const onProgress = (line: string) => project.vitest.logger.log(`bed: ${line}`);
  const bed = await startBed({ source: cluster, target: cluster, onProgress });
  const { connectUrl } = bed.addresses;
  if (connectUrl === null) throw new Error('The shared bed has no Connect worker.');
  project.provide('bed', { ...bed.addresses, connectUrl });
  return () => bed.stop();
}
