/**
 * Which MM2 runtimes translate offsets safely. Before 3.4.1 the translation extrapolates and may skip records
 * (KAFKA-12468 and its family); before 3.7.1 it is safe, but imprecise after a restart and on quiet topics
 * (KAFKA-15905, KAFKA-15906). The version is the Connect worker's, not the brokers'.
 */
import type { Finding } from '../finding.ts';

export interface RuntimeJudgement {
  /** Why no checkpoint of this runtime may serve; null when it may. */
  readonly distrust: string | null;
  readonly findings: readonly Finding[];
}

export function judgeRuntime(version: string, where: string): RuntimeJudgement {
  const kafka = kafkaVersion(version);
  if (kafka === null) return { distrust: null, findings: [unreadable(version, where)] };
  if (before(kafka, [3, 4, 1])) return refused(version, where);
  if (before(kafka, [3, 7, 1])) return { distrust: null, findings: [imprecise(version, where)] };
  return { distrust: null, findings: [] };
}

export type KafkaVersion = readonly [major: number, minor: number, patch: number];

/** False where the version cannot be read. */
export function isBefore(version: string, floor: KafkaVersion): boolean {
  const kafka = kafkaVersion(version);
  return kafka !== null && before(kafka, floor);
}

/** Confluent Platform counts its own majors: 7.x is Kafka 3.x, 8.x is Kafka 4.x; 6.x is below every floor here. */
export function kafkaVersion(text: string): KafkaVersion | null {
  const match = /^(\d+)\.(\d+)(?:\.(\d+))?/.exec(text);
  if (match === null) return null;
  const [major, minor, patch] = [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)];
  return [major >= 6 ? major - 4 : major, minor, patch];
}

export function before(version: KafkaVersion, floor: KafkaVersion): boolean {
  for (let i = 0; i < floor.length; i++) {
    const difference = (version[i] ?? 0) - (floor[i] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

function refused(version: string, where: string): RuntimeJudgement {
  const distrust = `MM2 ${version} extrapolates offsets and may skip records (KAFKA-12468); 3.4.1 is the first safe one`;
  const finding: Finding = {
    rule: 'mm2-runtime-unsafe',
    severity: 'error',
    where,
    message: `${distrust}. Its checkpoints are not used.`,
    hint: 'Run the connectors on Kafka Connect 3.7.1 or later; brokers may stay as they are.',
  };
  return { distrust, findings: [finding] };
}

function imprecise(version: string, where: string): Finding {
  return {
    rule: 'mm2-runtime-imprecise',
    severity: 'warning',
    where,
    message: `MM2 ${version} translates safely, but quiet topics and restarts leave groups far behind (KAFKA-15905, 15906).`,
    hint: 'Kafka Connect 3.7.1 or later re-reads less.',
  };
}

function unreadable(version: string, where: string): Finding {
  return {
    rule: 'mm2-runtime-unknown',
    severity: 'warning',
    where,
    message: `The worker's version ${version} is not one that can be judged.`,
    hint: 'Make sure that MM2 is 3.4.1 or later: earlier ones may skip records.',
  };
}
