/** The typed form of all inputs: what the rest of the program sees. Built by `parse-inputs.ts` only. */
import type { CommentMode, CommentWhen } from '../domain/comment-choice.ts';
import type { ConnectorState } from '../domain/connectors/connector-state.ts';
import type { ConnectorSecrets } from '../domain/connectors/generate/generation.ts';
import type { LintIgnore } from '../domain/connectors/lint/lint.ts';
import type { Phase } from '../domain/cutover/facts.ts';
import type { GateRules } from '../domain/cutover/gate-rules.ts';
import type { PatternList } from '../domain/patterns.ts';
import type { Command } from '../domain/verdicts.ts';

export interface TlsInputs {
  /** PEM text; null means the system's authorities. */
  readonly ca: string | null;
  readonly certificate: string | null;
  readonly key: string | null;
  /** null: the key is not encrypted. Empty where the work needs no secrets and none was given. */
  readonly keyPassword: string | null;
  readonly verifyHost: boolean;
}

export interface PasswordSaslInputs {
  readonly mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512';
  /** As `password`. */
  readonly username: string;
  /** Empty where the work needs no secrets (`InputContext.secretsNeeded`) and none was given. */
  readonly password: string;
}

/** Amazon MSK's IAM sign-in, spoken as OAUTHBEARER; credentials come from the standard AWS chain. */
export interface IamSaslInputs {
  readonly mechanism: 'iam';
  /** Empty where the work needs no secrets and nothing tells it. */
  readonly region: string;
  /** Name of an AWS profile (`awsProfileName` of a client's JAAS entry); without it the standard chain decides. */
  readonly profile?: string;
}

export type SaslInputs = PasswordSaslInputs | IamSaslInputs;

export interface ClusterInputs {
  readonly bootstrapServers: readonly string[];
  /** Pin: the run refuses any other cluster. null when not given. */
  readonly clusterId: string | null;
  readonly tls: TlsInputs | null;
  readonly sasl: SaslInputs | null;
}

export interface ConnectInputs {
  /** Without a trailing slash and without credentials. */
  readonly url: string;
  readonly username: string | null;
  readonly password: string | null;
  readonly token: string | null;
  readonly ca: string | null;
  readonly certificate: string | null;
  readonly key: string | null;
}

export type ReplicationPolicyKind = 'default' | 'identity' | 'custom';

export interface ReplicationInputs {
  readonly sourceAlias: string;
  readonly targetAlias: string;
  readonly policy: ReplicationPolicyKind;
  /** Class name as given, for messages; null when a short name was given. */
  readonly policyClass: string | null;
  readonly separator: string;
  readonly internalTopicSeparatorEnabled: boolean;
  readonly offsetSyncsTopicLocation: 'source' | 'target';
}

export interface SelectionInputs {
  readonly topics: PatternList;
  readonly topicsExclude: PatternList;
  readonly groups: PatternList;
  readonly groupsExclude: PatternList;
}

/** How an offset is translated. */
export interface TranslationInputs {
  /** `exact` needs a source; without one it is `checkpoint`. */
  readonly mode: 'exact' | 'checkpoint';
  /** Records of one partition, on each side, that may be read to translate one offset. */
  readonly maxScan: number;
  /** Bytes a second that the comparison may read from each cluster. */
  readonly scanBytesPerSecond: number;
}

export interface SyncInputs {
  /** 0 = one pass. */
  readonly runForMs: number;
  readonly intervalMs: number;
  /** True by default for `rollback`. */
  readonly dryRun: boolean;
  /** Literal group ids that may be moved back. */
  readonly allowRewind: ReadonlySet<string>;
  /** Groups whose target offsets somebody else wrote and that may be overwritten (forward only). */
  readonly overwriteGroups: PatternList;
  readonly refresh: boolean;
  /** One-based index; null = all groups. */
  readonly shard: { readonly index: number; readonly count: number } | null;
  /** Path of an offsets export; null when not given. */
  readonly rollbackFrom: string | null;
}

export interface ApplyInputs {
  /** Glob of connector files; null when not given: then they are generated. */
  readonly connectors: string | null;
  readonly applyTimeoutMs: number;
  /** null: not asked for. New connectors then start, and those that are there keep the state they have. */
  readonly state: ConnectorState | null;
  /** `plan-hash` of the plan that was reviewed; null when not asked for. `from-pr` is resolved before. */
  readonly approvedPlan: string | null;
  /** Names of connectors that `apply` deletes. */
  readonly removeConnectors: readonly string[];
  /** Puts the configs from before back if one connector fails. */
  readonly restoreOnFailure: boolean;
}

/** What generated connectors need beyond clusters, policy and selection. */
export interface GenerationInputs {
  readonly tasksMax: number;
  /** null: the brokers' default. */
  readonly replicationFactor: number | null;
  /** Merged last, over what is generated. */
  readonly properties: ReadonlyMap<string, string>;
  readonly secrets: ConnectorSecrets;
}

export interface GateInputs {
  readonly phase: Phase;
  readonly rules: GateRules;
}

export interface ReportInputs {
  /** Glob of the reports to merge; null when not given. */
  readonly reports: string | null;
  /** Folder for report.json, the files beside it, and the offsets export. */
  readonly reportDir: string;
  readonly label: string;
  /** Where the metrics of the run go; null when nobody asked for them. */
  readonly metricsFile: string | null;
  /** Without a slash at its end; null as above. */
  readonly metricsPushgateway: string | null;
  readonly comment: CommentWhen;
  readonly commentMode: CommentMode;
  readonly failOn: 'not-ready' | 'error' | 'never';
}

export interface Inputs {
  readonly command: Command;
  readonly timeoutMs: number;
  /** null = target-only mode. */
  readonly source: ClusterInputs | null;
  /** null only for `apply` and `plan` without any Kafka work. */
  readonly target: ClusterInputs | null;
  readonly connect: ConnectInputs | null;
  /** Why this run has no secrets; then source, target and connect are null, and only files are looked at. */
  readonly withoutSecrets: string | null;
  readonly replication: ReplicationInputs;
  readonly selection: SelectionInputs;
  readonly apply: ApplyInputs;
  readonly generation: GenerationInputs;
  readonly lintIgnore: readonly LintIgnore[];
  /** Names of the inputs that were given, directly or by the config file: what connector files may not contradict. */
  readonly given: ReadonlySet<string>;
  readonly translation: TranslationInputs;
  readonly sync: SyncInputs;
  readonly gate: GateInputs;
  readonly report: ReportInputs;
  /** Every secret value in these inputs, each line of a PEM body and each derived form: to be masked before first use. */
  readonly secrets: readonly string[];
  /** Said to the person before the run: seed defaults used, plaintext SASL … Free of secrets. */
  readonly notices: readonly string[];
}
