/** What MM2's connectors and their worker are generated from: plain data, without any secret. */

/** Where the worker finds the secrets that generated configs refer to (Connect's config providers). */
export type ConnectorSecrets =
  | { readonly provider: 'env' }
  /** Path of a properties file on the worker. */
  | { readonly provider: 'file'; readonly path: string }
  /** Name of a secret in AWS Secrets Manager. */
  | { readonly provider: 'secretsmanager'; readonly name: string };

/** How a client of one cluster signs in; what is secret is named by its presence alone. */
export interface ClientSecurity {
  readonly bootstrapServers: readonly string[];
  readonly tls: {
    /** Certificates of the authorities, PEM; null: the system's. */
    readonly ca: string | null;
    /** Chain of the client certificate, PEM; null without mTLS. */
    readonly certificate: string | null;
    readonly keyIsEncrypted: boolean;
    readonly verifyHost: boolean;
  } | null;
  readonly sasl:
    | { readonly mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512'; readonly username: string }
    | { readonly mechanism: 'iam' }
    | null;
}

export interface GenerationFacts {
  readonly source: ClientSecurity;
  readonly target: ClientSecurity;
  readonly sourceAlias: string;
  readonly targetAlias: string;
  /** Full class name. */
  readonly policyClass: string;
  readonly separator: string;
  readonly internalTopicSeparatorEnabled: boolean;
  readonly offsetSyncsTopicLocation: 'source' | 'target';
  /** Pattern lists as MM2 reads them. */
  readonly topics: string;
  readonly topicsExclude: string;
  readonly groups: string;
  readonly groupsExclude: string;
  readonly tasksMax: number;
  /** null: the brokers' default, -1. */
  readonly replicationFactor: number | null;
  readonly secrets: ConnectorSecrets;
  /** Merged last. */
  readonly properties: ReadonlyMap<string, string>;
}
