import { defineConfig } from 'vitest/config';
import { suites } from './test/suites.mjs';

/** Real clusters are slow on a busy machine: waits poll with deadlines of their own, these are the last resort. */
const cluster = { testTimeout: 480_000, hookTimeout: 600_000, fileParallelism: false };
const noCluster = { testTimeout: 180_000, hookTimeout: 300_000 };
/** Of `expect.poll`; its own second is nothing on a busy machine. */
const poll = { timeout: 120_000 };

export default defineConfig({
  test: {
    // A bed that ends is given its time.
    teardownTimeout: 120_000,
    projects: suites.map(({ name, include, exclude = [], sharedBed = false, bed = null }) => ({
      test: {
        name,
        include,
        exclude,
        expect: { poll },
        globalSetup: bed !== null ? [bed] : sharedBed ? ['test/bed/core-bed.ts'] : [],
        ...(name === 'unit' ? noCluster : cluster),
      },
    })),
  },
});
