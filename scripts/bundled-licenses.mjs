// The licences of the packages in a bundle, as their terms ask for. Read from webpack's account of the build, since
// ncc's own --license keeps only those of the chunk that is written last.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Throws for a package without a licence text: it must not be shipped unnoticed. */
export function bundledLicenses(stats) {
  const roots = new Set([...moduleFiles(stats.modules)].flatMap((file) => packageRoot(file) ?? []));
  const packages = [...roots].map(readPackage).sort((a, b) => (a.title < b.title ? -1 : 1));
  // Amazon's SDK is forty packages with one text.
  const titlesOf = new Map();
  for (const { title, text } of packages) titlesOf.set(text, [...(titlesOf.get(text) ?? []), title]);
  return [...titlesOf]
    .map(([text, titles]) => `${titles.join('\n')}\n\n${text.trim()}\n`)
    .join(`\n${'-'.repeat(80)}\n\n`);
}

function* moduleFiles(modules = []) {
  for (const module of modules) {
    if (module.nameForCondition) yield module.nameForCondition;
    yield* moduleFiles(module.modules);
  }
}

function packageRoot(file) {
  return /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file.replaceAll('\\', '/'))?.[0];
}

// Some packages of Amazon's SDK leave out the licence of the repository that they all come from.
const SIBLING_WITH_TEXT = { '@aws-sdk': 'core' };

function readPackage(root) {
  const { name, version, license } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const sibling = SIBLING_WITH_TEXT[name.split('/')[0]];
  const text = textIn(root, 'licen[cs]e') ?? (sibling && textIn(join(root, '..', sibling), 'licen[cs]e'));
  if (text === undefined) throw new Error(`${name} has no licence text in ${root}`);
  // Apache's licence asks for the notices to be passed on too.
  return { title: `${name} ${version} (${license})`, text: `${text}\n${textIn(root, 'notice') ?? ''}` };
}

function textIn(root, name) {
  const file = readdirSync(root).find((entry) => new RegExp(`^${name}(\\.|$)`, 'i').test(entry));
  return file === undefined ? undefined : readFileSync(join(root, file), 'utf8').replaceAll('\r\n', '\n');
}
