// As actions/download-artifact does it: a name goes right into the path; a pattern, or nothing, makes a folder for each
// artifact unless merge-multiple is set; another run needs a token; a name that is not there is an error.
import { appendFileSync, cpSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

const { NAME, PATTERN, TO, MERGE, RUN, TOKEN, RECIPE_ARTIFACTS, GITHUB_RUN_ID, GITHUB_OUTPUT } = process.env;
const fail = (message) => {
  console.log(`::error::${message}`);
  process.exit(1);
};
if (RUN !== GITHUB_RUN_ID && TOKEN === '') fail('Unable to download artifacts of another run without github-token');
const from = join(RECIPE_ARTIFACTS, RUN);
const to = resolve(TO === '' ? '.' : TO);
const there = existsSync(from) ? readdirSync(from) : [];
const matches = (name) =>
  new RegExp(`^${PATTERN.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`).test(name);
mkdirSync(to, { recursive: true });
if (NAME !== '') {
  if (!there.includes(NAME)) fail(`Unable to download artifact(s): Artifact not found for name: ${NAME}`);
  cpSync(join(from, NAME), to, { recursive: true });
} else {
  const found = there.filter((one) => PATTERN === '' || matches(one));
  // Since v5 a single one goes right into the path, even if it was found by a pattern.
  const flat = MERGE === 'true' || found.length === 1;
  for (const name of found) cpSync(join(from, name), flat ? to : join(to, name), { recursive: true });
}
appendFileSync(GITHUB_OUTPUT, `download-path=${to}\n`);
