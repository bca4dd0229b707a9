// Builds dist/ from nothing: TypeScript → build/ → one bundle. `npm run build`.
// With --check (`npm run check-dist`) it fails if the result is not what is committed.
// Another folder may be named, to try a bundle before it is committed (DIST_FOLDER of test/action).
// ncc runs on tsc's output: its own TypeScript loader does not rewrite imports that end in .ts.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundledLicenses } from './bundled-licenses.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const require = createRequire(import.meta.url);
const isCheck = process.argv[2] === '--check';
const dist = resolve(root, isCheck ? 'dist' : (process.argv[2] ?? 'dist'));

for (const folder of [join(root, 'build'), dist]) rmSync(folder, { recursive: true, force: true });
mkdirSync(dist, { recursive: true });

run('typescript/package.json', 'bin/tsc', ['-p', 'tsconfig.build.json']);
const stats = join(root, 'build/webpack-stats.json');
const ncc = ['build', 'build/main.js', '--no-cache', '--out', dist, '--stats-out', stats];
run('@vercel/ncc/package.json', 'dist/ncc/cli.js', ncc);
writeFileSync(join(dist, 'licenses.txt'), bundledLicenses(JSON.parse(readFileSync(stats, 'utf8'))));
// A second entry would overwrite the chunks of the first, so the command line is the same bundle.
writeFileSync(join(dist, 'cli.js'), "#!/usr/bin/env node\nimport './index.js';\n", { mode: 0o755 });
if (isCheck) checkCommitted();

function checkCommitted() {
  const { stdout, status } = spawnSync('git', ['status', '--porcelain', '--', 'dist'], { cwd: root, encoding: 'utf8' });
  if (status === 0 && stdout === '') return console.log('dist is what a fresh build gives');
  console.error(`dist differs from a fresh build; run npm run build and commit it:\n${stdout}`);
  process.exitCode = 1;
}

function run(manifest, script, args) {
  const path = join(dirname(require.resolve(manifest)), script);
  const { status, error } = spawnSync(process.execPath, [path, ...args], { cwd: root, stdio: 'inherit' });
  if (error !== undefined) throw error;
  if (status !== 0) process.exit(status ?? 1);
}
