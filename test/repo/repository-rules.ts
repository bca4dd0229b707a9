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

interface LockedPackage {
  readonly resolved?: string;
  readonly integrity?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/**
 * `resolved` names the registry of whoever wrote the lock; integrity alone pins the bytes. `npm ci` refuses a lock
 * without an entry for each optional dependency, those of other platforms included.
 */
export function lockViolations(text: string): readonly string[] {
  const { packages } = JSON.parse(text) as { readonly packages: Readonly<Record<string, LockedPackage>> };
  const locked = new Set(Object.keys(packages).map((path) => path.replace(/^.*node_modules\//, '')));
  return Object.entries(packages).flatMap(([path, { resolved, integrity, dependencies, optionalDependencies }]) => {
    const wanted = Object.keys({ ...dependencies, ...optionalDependencies });
    return [
      ...(resolved === undefined ? [] : [`${path}: resolved ${new URL(resolved).host}`]),
      ...(integrity === undefined && path !== '' ? [`${path}: no integrity`] : []),
      ...wanted.filter((name) => !locked.has(name)).map((name) => `${path}: ${name} is not locked`),
    ];
  });
}
