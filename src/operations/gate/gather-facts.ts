/**
 * All that the gate judges, in the order of its reads: the connectors, a first look, which is a dry pass of the sync,
 * what stands still, the rest of the activity window, the second look, and last how far MM2 has copied. Reads only.
 */
import type { ConfigMap } from '../../domain/connectors/connector-config.ts';
import { judgeRuntime, type RuntimeJudgement } from '../../domain/connectors/mm2-runtime.ts';
import type { CutoverFacts, Known } from '../../domain/cutover/facts.ts';
import type { Finding } from '../../domain/finding.ts';
import type { PassOutcome } from '../sync-pass.ts';
import type { CopiedOffsets } from './copied-offsets.ts';
import type { GatePorts, GateRequest } from './gate-request.ts';
import { groupFacts } from './group-facts.ts';
import { excludedConfigs, hiddenFrom } from './hidden-groups.ts';
import { known } from './known.ts';
import type { LogReading } from './log-facts.ts';
import { dryPass, type Ends, readEnds, readStanding, type SecondLook, type Standing, secondLook } from './looks.ts';
import { findMigratedTopics, type MigratedTopic } from './migrated-topics.ts';
import { readOtherShards } from './other-shards.ts';
import { askCopied, askWorker, readReplication } from './replication.ts';
import { topicFacts } from './topic-facts.ts';
import { unseenGroups } from './unseen-groups.ts';
import type { WorkerReading } from './worker-facts.ts';

export interface GatheredFacts {
  readonly facts: CutoverFacts;
  readonly pass: PassOutcome;
  readonly passMs: number;
  readonly findings: readonly Finding[];
}

interface Gathered {
  readonly topics: readonly MigratedTopic[];
  readonly worker: Known<WorkerReading>;
  readonly copiedBefore: Known<CopiedOffsets>;
  readonly firstEnds: Ends;
  readonly pass: PassOutcome;
  readonly standing: Standing;
  readonly second: SecondLook;
  readonly logs: LogReading;
  readonly windowMs: number;
  readonly nowMs: number;
}

/** null when it was cancelled. Errors: a MigrationError where a cluster cannot be observed at all. */
export async function gatherFacts(request: GateRequest, ports: GatePorts): Promise<GatheredFacts | null> {
  const { source, target, separator, pass: told } = request;
  const { clock, log, signal } = ports;
  const worker = await askWorker(request, ports);
  if (worker.kind === 'unknown') log.warn(`What Connect knows is unknown to this check: ${worker.why}.`);
  const runtime = runtimeOf(worker);
  const { policy, rules } = told;
  const topics = await findMigratedTopics({ source, target, policy, separator, selection: rules.selection });
  log.info(`First look: ${topics.length} topics, and what a sync would commit now for each group`);
  const copiedBefore = await askCopied(request, ports, worker);
  const firstEnds = await readEnds(request, topics);
  const startedAtMs = clock.now();
  const pass = await dryPass(request, ports, runtime.distrust);
  if (pass === null) return null;
  const firstLookAtMs = clock.now();
  const standing = await readStanding(request, topics);
  const secondLookAtMs = firstLookAtMs + request.activityWindowMs;
  log.info(
    `${pass.groups.length} groups seen; the second look comes in ${Math.max(0, secondLookAtMs - clock.now())} ms`,
  );
  log.progress?.({ doing: 'waiting for the second look', endsAtMs: secondLookAtMs });
  await sleepUntil(secondLookAtMs, ports);
  if (signal.aborted) return null;
  const windowMs = clock.now() - firstLookAtMs;
  const second = await secondLook(request, pass, topics);
  const nowMs = clock.now();
  log.info('Second look: what has moved, and how far MirrorMaker 2 has copied');
  const logs = await readReplication({ request, ports, topics, worker, firstEnds, second, standing });
  if (signal.aborted) return null;
  const own = factsOf(request, {
    topics,
    worker,
    copiedBefore,
    firstEnds,
    pass,
    standing,
    second,
    logs,
    windowMs,
    nowMs,
  });
  const facts = { ...own, otherShards: await readOtherShards(request, pass.view, own) };
  const findings = [...runtime.findings, ...logs.findings];
  return { facts, pass, passMs: firstLookAtMs - startedAtMs, findings };
}

/** A timer may fire a little early, and a window that is cut short proves nothing. */
async function sleepUntil(atMs: number, { clock, signal }: GatePorts): Promise<void> {
  while (clock.now() < atMs && !signal.aborted) await clock.sleep(atMs - clock.now(), signal);
}

function runtimeOf(worker: Known<WorkerReading>): RuntimeJudgement {
  if (worker.kind === 'unknown') return { distrust: null, findings: [] };
  return judgeRuntime(worker.value.worker.version, worker.value.facts.url);
}

function factsOf(request: GateRequest, gathered: Gathered): CutoverFacts {
  const { topics, worker, copiedBefore, firstEnds, pass, standing, second, logs, windowMs, nowMs } = gathered;
  const looks = {
    source: { first: firstEnds.source, second: second.ends.source },
    target: { first: firstEnds.target, second: second.ends.target },
    logs,
    copiedBefore,
    ...standing,
  };
  return {
    phase: request.phase,
    windowMs,
    nowMs,
    groups: groupFacts({
      pass,
      source: second.source,
      target: second.target,
      checkpoints: second.checkpoints,
      topics,
      ranges: second.ends.source,
      hidden: hiddenFrom(configsOf(worker, 'checkpoints'), request.slowRegex),
    }),
    otherShards: null,
    unseenGroups: unseenGroups(pass, second, standing.hidingGroups, request.pass.rules.selection),
    topics: topics.map((topic) => topicFacts(topic, looks)),
    connect: worker.kind === 'known' ? known(worker.value.facts) : worker,
    heartbeat: second.heartbeat,
    identity: {
      ...request.identity,
      connectClusterId: worker.kind === 'known' ? known(worker.value.worker.kafkaClusterId) : worker,
    },
    configsExcluded: excludedConfigs(configsOf(worker, 'sources')[0], request.slowRegex),
    acls: standing.acls,
    targetOffsetsRetentionMinutes: standing.retention,
    rollback: request.rollback,
  };
}

function configsOf(worker: Known<WorkerReading>, which: 'sources' | 'checkpoints'): readonly ConfigMap[] {
  return worker.kind === 'known' ? [...worker.value[which].values()] : [];
}
