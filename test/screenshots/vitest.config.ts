import { defineConfig } from 'vitest/config';

/** `npm run screenshots`: pictures of every form of a report, to be looked at, in build/screenshots. */
export default defineConfig({
  test: {
    include: ['test/screenshots/**/*.shots.ts'],
    testTimeout: 180_000,
    hookTimeout: 300_000,
    fileParallelism: false,
  },
});
