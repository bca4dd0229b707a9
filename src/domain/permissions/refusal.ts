/** What a broker refused. */
import { MigrationError } from '../../errors.ts';
import type { AclOperation, ResourceType, Side } from './permission.ts';

export interface Refusal {
  readonly side: Side;
  readonly operation: AclOperation;
  readonly type: ResourceType;
  /** Of the topic or group; empty for the cluster. */
  readonly name: string;
}

/** The run cannot go on without this right. The run itself knows who is refused, and how the right is granted. */
export class RefusedError extends MigrationError {
  readonly refusal: Refusal;
  /** What else may be wrong: who may not describe a topic is refused alike whether or not it is there. */
  readonly doubt: string | null;

  constructor(refusal: Refusal, message: string, doubt: string | null = null) {
    const { side, operation, type, name } = refusal;
    const grant = `Grant ${operation} on the ${type === 'cluster' ? type : `${type} ${name}`} to the principal of the ${side}.`;
    super('KAFKA_AUTHORIZATION', message, { hint: doubt === null ? grant : `${grant} ${doubt}` });
    this.refusal = refusal;
    this.doubt = doubt;
  }
}
