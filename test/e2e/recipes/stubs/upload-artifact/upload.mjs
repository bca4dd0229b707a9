// As actions/upload-artifact does it: paths and globs, one a line; what lies below their common folder keeps its path;
// a name is taken once in a run.
import { appendFileSync, cpSync, existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const { NAME, PATHS, IF_NONE, OVERWRITE, RECIPE_ARTIFACTS, GITHUB_RUN_ID, GITHUB_OUTPUT } = process.env;
const fail = (message) => {
  console.log(`::error::${message}`);
  process.exit(1);
};
if (/["<>|*?\r\n\\/:]/.test(NAME)) fail(`The artifact name is not valid: ${NAME}`);
// A service that is down, for a test of what is then not done.
if (NAME === process.env.RECIPE_LOST_ARTIFACT) fail(`Failed to CreateArtifact: the service did not take ${NAME}`);

const below = (path) =>
  statSync(path).isDirectory() ? readdirSync(path).flatMap((entry) => below(join(path, entry))) : [path];
// `*` within a folder, `**` over folders, enough for the recipes.
const expression = (glob) =>
  new RegExp(
    `^${glob
      .split(/(\*\*\/|\*\*|\*)/)
      .map(
        (part) => ({ '**/': '(?:.*/)?', '**': '.*', '*': '[^/]*' })[part] ?? part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'),
      )
      .join('')}$`,
  );
const rootOf = (glob) => (glob.includes('*') ? dirname(glob.slice(0, glob.indexOf('*') + 1)) : glob);
const roots = [];
const files = [];
for (const line of PATHS.split('\n')
  .map((one) => one.trim())
  .filter(Boolean)) {
  const glob = resolve(line);
  const root = rootOf(glob);
  if (!existsSync(root)) continue;
  roots.push(root);
  const found = glob.includes('*') ? below(root).filter((path) => expression(glob).test(path)) : below(root);
  // Hidden files stay behind, as since v4.4.
  files.push(
    ...found.filter(
      (path) =>
        !relative(root, path)
          .split('/')
          .some((part) => part.startsWith('.')),
    ),
  );
}
if (files.length === 0) {
  const message = `No files were found with the provided path: ${PATHS}. No artifacts will be uploaded.`;
  if (IF_NONE === 'error') fail(message);
  if (IF_NONE === 'warn') console.log(`::warning::${message}`);
  process.exit(0);
}
const folder = join(RECIPE_ARTIFACTS, GITHUB_RUN_ID, NAME);
if (existsSync(folder)) {
  if (OVERWRITE !== 'true') fail(`An artifact with this name already exists on the workflow run: ${NAME}`);
  rmSync(folder, { recursive: true });
}
const isFolder = (path) => statSync(path).isDirectory();
const common = roots
  .map((root) => (isFolder(root) ? root : dirname(root)))
  .reduce((a, b) => {
    let shared = a;
    while (!`${b}/`.startsWith(`${shared === '/' ? '' : shared}/`)) shared = dirname(shared);
    return shared;
  });
for (const file of files) {
  const to = join(folder, relative(common, file));
  mkdirSync(dirname(to), { recursive: true });
  cpSync(file, to);
}
appendFileSync(GITHUB_OUTPUT, `artifact-id=1\nartifact-url=https://github.test/artifacts/${NAME}\n`);
console.log(`Uploaded ${files.length} files as ${NAME}`);
