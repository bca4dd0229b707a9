/** What the files for Amazon ECS are made from: plain data, without any secret. */
import type { ReplicationPolicy } from '../checkpoints/replication-policy.ts';
import type { GenerationFacts } from '../connectors/generate/generation.ts';
import type { AuthScheme } from './auth-scheme.ts';

export interface EcsFacts {
  readonly connectors: GenerationFacts;
  readonly policy: ReplicationPolicy;
  readonly auth: AuthScheme;
  readonly region: string;
  readonly images: {
    readonly connect: string;
    readonly prometheus: string;
    readonly grafana: string;
    readonly pushgateway: string;
  };
  /** ARN of a cluster of Amazon MSK; null where that side does not sign in by IAM. */
  readonly sourceClusterArn: string | null;
  readonly targetClusterArn: string | null;
  /** Secret that holds what the workers need, by the names of their variables; null where they need none. */
  readonly secretArn: string | null;
  /** What `register-task-definition` needs and the stack makes by itself; null: no task definitions. */
  readonly roles: TaskRoles | null;
  /** Parameters of the stack that are passed on as they are given, e.g. VpcId. */
  readonly network: ReadonlyMap<string, string>;
}

export interface TaskRoles {
  readonly executionRoleArn: string;
  /** Of Connect. */
  readonly taskRoleArn: string;
  /** Holds GF_SECURITY_ADMIN_PASSWORD. */
  readonly grafanaSecretArn: string;
  /** Of EFS, with folders /prometheus and /grafana; null: what they know goes with their task. */
  readonly fileSystemId: string | null;
}
