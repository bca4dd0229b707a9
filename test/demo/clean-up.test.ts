import { expect, it } from 'vitest';
import { CleanUp } from '../../src/demo/clean-up.ts';
import type { Log } from '../../src/operations/ports.ts';

const LOG: Log = { stage() {}, info() {}, warn() {}, debug() {} };

function withBed(signal: AbortSignal) {
  const seen: string[] = [];
  const ending = (what: string) => async () => void seen.push(what);
  const bed = { stop: ending('bed stopped'), release: () => void seen.push('bed released') };
  const cleanUp = new CleanUp(bed, LOG, signal);
  cleanUp.add({ stop: ending('consumer stopped') });
  return { cleanUp, seen };
}

it('ends the consumer, then the clusters, once', async () => {
  const { cleanUp, seen } = withBed(new AbortController().signal);
  await cleanUp.run();
  await cleanUp.run();
  expect(seen).toEqual(['consumer stopped', 'bed stopped']);
});

it('lets go of what is to be kept', async () => {
  const { cleanUp, seen } = withBed(new AbortController().signal);
  cleanUp.keep();
  await cleanUp.run();
  expect(seen).toEqual(['bed released']);
});

it('waits for nothing after a cancel: the watchdog ends it all with this process', async () => {
  const { cleanUp, seen } = withBed(AbortSignal.abort());
  await cleanUp.run();
  expect(seen).toEqual([]);
});
