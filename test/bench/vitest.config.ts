import { defineConfig } from 'vitest/config';

/** `npm run bench`: figures against a peer in the same run; never a timed test. */
export default defineConfig({
  test: {
    include: ['test/bench/**/*.bench.ts'],
    testTimeout: 1_200_000,
    hookTimeout: 300_000,
    fileParallelism: false,
  },
});
