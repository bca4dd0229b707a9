/** Files that claim the same connector: which of them is meant, nobody can tell. */
import type { LintView } from '../lint-view.ts';
import { type Hit, hit, type Rule, rule } from '../rule.ts';

export const DUPLICATE_RULES: readonly Rule[] = [
  rule({
    id: 'name-duplicate',
    severity: 'error',
    title: 'Two files name the same connector',
    effect: 'Only one config can be stored under a name: nothing is compared or applied until one of them is renamed.',
    hint: 'Rename one of them, or narrow `connectors` to the files of one worker.',
    test: duplicates,
  }),
];

function duplicates({ connectors, quote }: LintView): readonly Hit[] {
  const fileOfName = new Map<string, string>();
  return connectors.flatMap((connector) => {
    const { name } = connector;
    const first = fileOfName.get(name);
    if (first !== undefined) return [hit(connector, 'name', `The name ${quote('name', name)} is also in ${first}.`)];
    fileOfName.set(name, connector.connector.file);
    return [];
  });
}
