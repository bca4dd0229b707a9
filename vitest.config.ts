import { defineConfig } from 'vitest/config';

/** Real clusters are slow on a busy machine: waits poll with deadlines of their own, these are the last resort. */
const cluster = { testTimeout: 300_000, hookTimeout: 420_000, fileParallelism: false };

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/e2e/**', 'test/testbed/**'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'core',
          include: ['test/e2e/core/**/*.e2e.test.ts'],
          globalSetup: ['test/bed/core-bed.ts'],
          ...cluster,
        },
      },
    ],
  },
});
