/** Whether the connectors of a flow are there, each once, and switched on. */
import type { Mm2Connector } from '../../keys/key-fate.ts';
import { allOf, type Certainty } from '../certainty.ts';
import { aliasesOf, type Flow, flowName } from '../flows.ts';
import type { LintView } from '../lint-view.ts';
import { type LintedConnector, ofPlan } from '../linted-connector.ts';
import { namesAlike } from '../naming.ts';
import { normalList } from '../pattern-lists.ts';
import { type Hit, hit, hitBeside, type Rule, rule } from '../rule.ts';
import { againOnWorker, copiedOnWorker, sameCheckpoints, TWICE_IF_SO } from './rivals.ts';

const NO_RECORDS = 'Without a source connector no records are copied.';
const NO_CHECKPOINTS = 'Without a checkpoint connector there are no checkpoints, and MM2 moves no group.';

export const FLOW_PART_RULES: readonly Rule[] = [
  rule({
    id: 'connector-missing',
    severity: 'warning',
    title: 'A flow without source or checkpoint connector',
    effect: `${NO_RECORDS} ${NO_CHECKPOINTS}`,
    hint: 'Add its file, or widen `connectors` so that all files of the flow are read.',
    test: (view) => view.flows.flatMap((flow) => missingParts(view, flow)),
  }),
  rule({
    id: 'heartbeat-connector-missing',
    severity: 'notice',
    title: 'A flow without heartbeat connector',
    effect: 'Nothing shows from end to end that the flow works; the gate cannot pass its check `heartbeat`.',
    hint: 'Add a MirrorHeartbeatConnector with the same aliases, which writes to the source.',
    test: (view) =>
      view.flows
        .filter(({ sources, heartbeats }) => sources.length > 0 && heartbeats.length === 0)
        .filter(() => !isUnplaced(view, 'heartbeat'))
        .flatMap((flow) => atFirst(flow.sources, `No heartbeat connector has the aliases ${flowName(flow)}.`)),
  }),
  rule({
    id: 'records-copied-twice',
    severity: 'error',
    needs: ['live', 'names'],
    title: 'Two source connectors copy the same topics',
    effect: 'Every record is on the target twice.',
    hint: 'Give each its own topics, or keep one of them.',
    test: (view) => [...view.flows.flatMap(({ sources }) => doubles(view, sources)), ...copiedOnWorker(view)],
  }),
  rule({
    id: 'connector-twice',
    severity: 'warning',
    needs: ['live', 'names'],
    title: 'Two checkpoint or heartbeat connectors for one flow',
    effect: 'Both write the same topic, and groups that both see get two checkpoints that contradict each other.',
    hint: 'Remove one.',
    test: (view) => [
      ...view.flows.flatMap(({ checkpoints, heartbeats }) => [...sameGroups(view, checkpoints), ...again(heartbeats)]),
      ...againOnWorker(view),
    ],
  }),
  rule({
    id: 'checkpoint-topics-differ',
    severity: 'warning',
    needs: ['live'],
    title: 'The checkpoint connector looks at other topics than the source connector copies',
    effect:
      'Groups of copied topics may get no checkpoints, and groups of other topics get some for topics that are not on the target.',
    hint: 'Give the checkpoint connector the same topics and topics.exclude.',
    test: (view) => view.flows.flatMap((flow) => otherTopics(view, flow)),
  }),
  rule({
    id: 'connector-disabled',
    severity: 'warning',
    title: '`enabled` is false',
    effect: 'The connector is RUNNING with no tasks, and does nothing.',
    hint: 'Remove enabled; connector-state: paused or stopped says it in a way that shows.',
    test: (view) => switchedOff(view.of('source', 'checkpoint', 'heartbeat'), 'enabled'),
  }),
  rule({
    id: 'checkpoints-disabled',
    severity: 'error',
    title: '`emit.checkpoints.enabled` is false',
    effect:
      'The checkpoint connector has nothing to do: newer versions refuse the config, older ones run without tasks.',
    hint: 'Remove emit.checkpoints.enabled, or the connector.',
    test: (view) => switchedOff(view.of('checkpoint'), 'emit.checkpoints.enabled'),
  }),
  rule({
    id: 'offset-syncs-disabled',
    severity: 'error',
    title: '`emit.offset-syncs.enabled` is false',
    effect: 'No offset can be translated: neither MM2 nor this action can place any group.',
    hint: 'Remove emit.offset-syncs.enabled.',
    test: (view) => switchedOff(view.of('source', 'checkpoint'), 'emit.offset-syncs.enabled'),
  }),
  rule({
    id: 'heartbeats-disabled',
    severity: 'warning',
    title: 'Heartbeats are switched off',
    effect: 'No heartbeat reaches the target; the gate cannot pass its check `heartbeat`.',
    hint: 'Remove the key.',
    test: (view) => [
      ...switchedOff(view.of('heartbeat'), 'emit.heartbeats.enabled'),
      ...switchedOff(view.of('source'), 'heartbeats.replication.enabled'),
    ],
  }),
  rule({
    id: 'heartbeats-stay-on-target',
    severity: 'warning',
    title: 'The heartbeat connector writes to the target only',
    effect:
      'Its heartbeats do not travel with the records: `<source>.heartbeats` never appears on the target, and they prove nothing.',
    hint: 'Set producer.override.bootstrap.servers, target.cluster.bootstrap.servers and their security settings to those of the source.',
    test: (view) =>
      view.flows.flatMap(({ sources, heartbeats }) =>
        heartbeats.flatMap((heartbeat) => staysOnTarget(sources, heartbeat)),
      ),
  }),
];

function missingParts(view: LintView, flow: Flow): readonly Hit[] {
  const { sources, checkpoints, heartbeats } = flow;
  const lacks = (noun: string) => `No ${noun} connector has the aliases ${flowName(flow)}.`;
  if (sources.length === 0) {
    if (isUnplaced(view, 'source')) return [];
    const hits = atFirst(ofPlan([...checkpoints, ...heartbeats]), lacks('source'));
    return hits.map((one) => ({ ...one, effect: NO_RECORDS }));
  }
  if (checkpoints.length > 0 || isUnplaced(view, 'checkpoint')) return [];
  return atFirst(sources, lacks('checkpoint')).map((one) => ({ ...one, effect: NO_CHECKPOINTS }));
}

/** One of them has no alias of its source, so that it may belong to any flow; a rule of its own tells of that. */
function isUnplaced(view: LintView, role: Mm2Connector): boolean {
  return view.of(role).some((connector) => aliasesOf(connector)[0] === '');
}

function atFirst([first]: readonly LintedConnector[], found: string): readonly Hit[] {
  return first === undefined ? [] : [hit(first, null, found)];
}

function doubles(view: LintView, sources: readonly LintedConnector[]): readonly Hit[] {
  return ofPlan(sources).flatMap((connector, index, all) => {
    const before = all.slice(0, index);
    const twin = (sure: Certainty) =>
      before.find((other) => allOf(namesAlike(connector, other), view.overlap(connector, other, 'topics')) === sure);
    const [same, maybe] = [twin('yes'), twin('maybe')];
    if (same !== undefined) return [hit(connector, 'topics', `${same.name} copies the same topics.`)];
    if (maybe === undefined) return [];
    const found = `${maybe.name} may copy the same topics: their patterns or policies leave it open.`;
    return [{ ...hit(connector, 'topics', found), isUnsure: true, effect: TWICE_IF_SO }];
  });
}

function sameGroups(view: LintView, checkpoints: readonly LintedConnector[]): readonly Hit[] {
  return again(checkpoints, (one, other) => sameCheckpoints(view, one, other) !== 'no');
}

function again(
  connectors: readonly LintedConnector[],
  isSame = (_one: LintedConnector, _other: LintedConnector) => true,
): readonly Hit[] {
  return ofPlan(connectors).flatMap((connector, index, all) => {
    const twin = all.slice(0, index).find((other) => isSame(connector, other));
    return twin === undefined ? [] : [hit(connector, null, `${twin.name} does the same.`)];
  });
}

function otherTopics(view: LintView, { sources, checkpoints }: Flow): readonly Hit[] {
  const [source, second] = sources;
  // Several source connectors share their topics out; which of them the checkpoints are for nobody can tell.
  if (source === undefined || second !== undefined) return [];
  return checkpoints.flatMap((checkpoint) =>
    ['topics', 'topics.exclude'].flatMap((key) => {
      const [mine, theirs] = [checkpoint.value(key), source.value(key)];
      if (normalList(mine) === normalList(theirs)) return [];
      const seen = checkpoint.has(key) ? view.quote(key, mine ?? '') : 'not set';
      const wanted = source.has(key) ? view.quote(key, theirs ?? '') : 'not set';
      const found = `${key} is ${seen}, and in ${source.name} ${wanted}.`;
      return [hitBeside(checkpoint, key, found, source)];
    }),
  );
}

function switchedOff(connectors: readonly LintedConnector[], key: string): readonly Hit[] {
  return connectors
    .filter((connector) => connector.given(key)?.trim().toLowerCase() === 'false')
    .map((connector) => hit(connector, key, `${key} is false.`));
}

function staysOnTarget(sources: readonly LintedConnector[], heartbeat: LintedConnector): readonly Hit[] {
  if (heartbeat.has('producer.override.bootstrap.servers')) return [];
  const key = 'target.cluster.bootstrap.servers';
  const reference = sources[0] ?? heartbeat;
  const writesTo = heartbeat.value(key) ?? '';
  if (writesTo === '' || writesTo !== (reference.value(key) ?? '')) return [];
  return [hit(heartbeat, 'producer.override.bootstrap.servers', 'producer.override.bootstrap.servers is not set.')];
}
