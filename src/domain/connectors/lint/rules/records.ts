/** Which records are read, and what becomes of them on the way. */
import type { LintView } from '../lint-view.ts';
import type { LintedConnector } from '../linted-connector.ts';
import { type Hit, hit, type Rule, rule } from '../rule.ts';

/** The later one wins in MM2. */
const ISOLATION = ['consumer.isolation.level', 'source.consumer.isolation.level'];
const RESET = ['consumer.auto.offset.reset', 'source.consumer.auto.offset.reset'];
const READ_COMMITTED = 'Set source.consumer.isolation.level to read_committed.';

export const RECORD_RULES: readonly Rule[] = [
  rule({
    id: 'reads-uncommitted',
    severity: 'notice',
    title: 'Records of aborted transactions are copied',
    effect: 'Where producers of the source use transactions, consumers of the target see what was taken back.',
    hint: READ_COMMITTED,
    test: (view) =>
      view
        .of('source')
        .filter((connector) => effective(connector, ISOLATION) !== 'read_committed')
        .map((connector) => {
          const key = ISOLATION.findLast((name) => connector.has(name)) ?? 'source.consumer.isolation.level';
          const seen = connector.has(key) ? view.quote(key, connector.value(key) ?? '') : 'not set';
          return hit(connector, key, `${key} is ${seen}, and MM2 reads uncommitted records by default.`);
        }),
  }),
  rule({
    id: 'exactly-once-uncommitted',
    severity: 'error',
    title: 'Exactly once without `read_committed`',
    effect: 'MM2 refuses the config: what is copied exactly once must be committed.',
    hint: `${READ_COMMITTED} The worker needs exactly.once.source.support=enabled as well.`,
    test: (view) =>
      view
        .of('source')
        .filter(
          (connector) =>
            connector.value('exactly.once.support')?.toLowerCase() === 'required' &&
            effective(connector, ISOLATION) !== 'read_committed',
        )
        .map((connector) =>
          hit(
            connector,
            'exactly.once.support',
            'exactly.once.support is required, and the records are read uncommitted.',
          ),
        ),
  }),
  rule({
    id: 'starts-at-the-end',
    severity: 'warning',
    title: 'Copying starts at the end of the topics',
    effect:
      "Records from before the connector's first start are not copied (MM2 3.7 and later; earlier ones ignore it).",
    hint: 'Remove it: MM2 starts at the beginning.',
    test: (view) =>
      view.of('source').flatMap((connector) => {
        const key = RESET.findLast((name) => connector.has(name));
        return key !== undefined && connector.value(key)?.toLowerCase() === 'latest'
          ? [hit(connector, key, `${key} is latest.`)]
          : [];
      }),
  }),
  rule({
    id: 'errors-tolerated',
    severity: 'warning',
    title: 'Records with errors are left out',
    effect: 'A record that a converter or transform fails at is lost without a word.',
    hint: 'Remove errors.tolerance: a task that fails is seen and loses nothing.',
    test: (view) =>
      view
        .of('source')
        .filter((connector) => connector.value('errors.tolerance')?.toLowerCase() === 'all')
        .map((connector) => hit(connector, 'errors.tolerance', 'errors.tolerance is all.')),
  }),
  rule({
    id: 'transforms',
    severity: 'notice',
    title: 'Transforms on a connector of MM2',
    effect:
      'A transform that renames topics works against the replication policy, one that filters leaves gaps in the offset syncs, and one that changes records makes their comparison fail.',
    hint: 'Copy records as they are, and transform them elsewhere.',
    test: (view) =>
      view
        .of('source', 'checkpoint', 'heartbeat')
        .filter((connector) => (connector.value('transforms') ?? '') !== '')
        .map((connector) => hit(connector, 'transforms', 'transforms is given.')),
  }),
  rule({
    id: 'acl-sync-by-default',
    severity: 'notice',
    title: 'ACLs are copied because nothing is said of them',
    effect:
      'MM2 adds ALLOW ACLs of literal topics on the target, WRITE left out: it needs ALTER on the cluster, fails without an authorizer, and works against ACLs that are kept elsewhere.',
    hint: 'Set sync.topic.acls.enabled, to false where ACLs of the target are kept by other means.',
    test: (view) => aclSync(view),
  }),
];

function effective(connector: LintedConnector, keys: readonly string[]): string | null {
  const key = keys.findLast((name) => connector.has(name));
  return key === undefined ? null : (connector.value(key)?.toLowerCase() ?? null);
}

function aclSync(view: LintView): readonly Hit[] {
  const key = 'sync.topic.acls.enabled';
  return view
    .of('source')
    .filter((connector) => !connector.has(key))
    .map((connector) => hit(connector, key, `${key} is not set, which means true.`));
}
