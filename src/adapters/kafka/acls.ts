/** The authorizer's rules, for checks that can do without them. */
import type { AclsReading } from '../../operations/gate/gate-ports.ts';
import type { BrokerConnections } from './broker-connections.ts';
import { describeAclsRequest } from './protocol/describe-acls.ts';
import { UnsupportedVersionError } from './protocol/request.ts';

/** Needs DESCRIBE on the cluster. Connection errors are thrown. */
export async function readAcls(connections: BrokerConnections): Promise<AclsReading> {
  try {
    const { error, acls } = await connections.send('any', describeAclsRequest);
    if (error === null) return { kind: 'acls', acls };
    return error === 'SECURITY_DISABLED' ? { kind: 'no-authorizer' } : { kind: 'unreadable', error };
  } catch (error) {
    if (error instanceof UnsupportedVersionError) return { kind: 'unreadable', error: 'UNSUPPORTED_VERSION' };
    throw error;
  }
}
