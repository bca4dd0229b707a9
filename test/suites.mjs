/**
 * The suites: their test files, and the minutes in which each should be done on an idle machine with two cores; at twice
 * as many it is ended, and has failed. The only source of both, for vitest.config.ts (a project a suite) and for
 * scripts/test-e2e.mjs.
 *
 * sharedBed: test/bed/core-bed.ts boots one bed for all files of the suite. Other files boot what they need.
 * bed: a globalSetup of its own instead.
 * alwaysRun: part of `npm test`, whose minutes are the sum of these (at most 12). All others are `npm run test:e2e`.
 */
export const suites = [
  {
    name: 'unit',
    include: ['test/**/*.test.ts'],
    exclude: ['test/e2e/**', 'test/testbed/**'],
    minutes: 7,
    alwaysRun: true,
  },
  { name: 'core', include: ['test/e2e/core/**/*.test.ts'], minutes: 5, sharedBed: true, alwaysRun: true },
  // Workflows under act, which its helper installs by `go install` where it is not found.
  { name: 'act', include: ['test/e2e/act/**/*.test.ts'], minutes: 5, sharedBed: true },
  // The page in a real Chromium, which its helper installs by apt-get where it is not found.
  { name: 'browser', include: ['test/e2e/browser/**/*.test.ts'], minutes: 3 },
  { name: 'versions', include: ['test/e2e/versions/**/*.test.ts'], minutes: 8 },
  { name: 'formats', include: ['test/e2e/formats/**/*.test.ts'], minutes: 5, sharedBed: true },
  {
    name: 'kafka',
    include: ['test/e2e/kafka/**/*.test.ts', 'test/e2e/log/**/*.test.ts', 'test/testbed/**/*.test.ts'],
    minutes: 8,
    sharedBed: true,
  },
  { name: 'apply', include: ['test/e2e/apply/**/*.test.ts'], minutes: 6, sharedBed: true },
  // Runs dist, so build it first; DIST_FOLDER names another build.
  { name: 'demo', include: ['test/e2e/demo/**/*.test.ts'], minutes: 5 },
  { name: 'exact', include: ['test/e2e/exact/**/*.test.ts'], minutes: 8, sharedBed: true },
  // Kills the bundle in the middle of a sync, so build dist first; DIST_FOLDER names another build.
  { name: 'rollback', include: ['test/e2e/rollback/**/*.test.ts'], minutes: 4, sharedBed: true },
  { name: 'auth', include: ['test/e2e/auth/**/*.test.ts'], minutes: 12, bed: 'test/bed/secure-bed.ts' },
  { name: 'flows', include: ['test/e2e/flows/**/*.test.ts'], minutes: 8, bed: 'test/bed/flows-bed.ts' },
  // The workflows of examples/ under act: run dist, so build it first; DIST_FOLDER names another build.
  { name: 'recipes', include: ['test/e2e/recipes/**/*.test.ts'], minutes: 8, bed: 'test/bed/recipes-bed.ts' },
  // Installs what it needs (Prometheus, checkers of templates) into a cache outside of git.
  { name: 'deploy', include: ['test/e2e/deploy/**/*.test.ts'], minutes: 8, sharedBed: true },
  { name: 'gate', include: ['test/e2e/gate/**/*.test.ts'], minutes: 6, sharedBed: true },
  {
    name: 'permissions',
    // secrets/ runs the bundle, so build dist first; DIST_FOLDER names another build.
    include: ['test/e2e/permissions/**/*.test.ts', 'test/e2e/secrets/**/*.test.ts'],
    minutes: 6,
    bed: 'test/bed/secured-bed.ts',
  },
];
