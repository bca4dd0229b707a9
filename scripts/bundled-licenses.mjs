// The licences of the packages in a bundle, as their terms ask for. Read from webpack's account of the build, since
// ncc's own --license keeps only those of the chunk that is written last.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Throws for a package without a licence text: it must not be shipped unnoticed. */
export function bundledLicenses(stats) {
  const roots = new Set([...moduleFiles(stats.modules)].flatMap((file) => packageRoot(file) ?? []));
  const packages = [...roots].map(readPackage).sort((a, b) => (a.title < b.title ? -1 : 1));
  return packages.map(({ title, text }) => `${title}\n\n${text.trim()}\n`).join(`\n${'-'.repeat(80)}\n\n`);
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

function readPackage(root) {
  const { name, version, license } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const file = readdirSync(root).find((entry) => /^licen[cs]e(\.|$)/i.test(entry));
  if (file === undefined) throw new Error(`${name} has no licence text in ${root}`);
  const text = readFileSync(join(root, file), 'utf8').replaceAll('\r\n', '\n');
  return { title: `${name} ${version} (${license})`, text };
}
