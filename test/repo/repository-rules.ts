/** What must not be in a repository that everybody may read and clone. */

/** Folders of one machine; `/tmp` and `~` are everybody's. */
const MACHINE_PATH = /(?<![\w.~-])\/(?:root|work|home\/\w+|Users\/\w+)\/[\w.-]+/;

/** @param hosts names that only the machine at hand knows, e.g. that of its package registry. */
export function machineViolations(files: ReadonlyMap<string, string>, hosts: readonly string[]): readonly string[] {
  return [...files].flatMap(([path, text]) =>
    text.split('\n').flatMap((line, index) => {
      const found = [...hosts.filter((host) => line.includes(host)), ...(MACHINE_PATH.exec(line) ?? [])];
      return found.map((what) => `${path}:${index + 1}: ${what}`);
    }),
  );
}

interface Lock {
  readonly packages: Readonly<Record<string, { readonly resolved?: string; readonly integrity?: string }>>;
}

/** `resolved` names the registry of whoever wrote the lock; integrity alone pins the bytes. */
export function lockViolations(text: string): readonly string[] {
  const packages = Object.entries((JSON.parse(text) as Lock).packages).filter(([path]) => path !== '');
  return packages.flatMap(([path, { resolved, integrity }]) => [
    ...(resolved === undefined ? [] : [`${path}: resolved ${new URL(resolved).host}`]),
    ...(integrity === undefined ? [`${path}: no integrity`] : []),
  ]);
}
