/** The authorizer's rules, for checks that can do without them. */
import type { AclsReading } from '../../operations/gate/gate-ports.ts';
import type { BrokerConnections } from './broker-connections.ts';
import { describeAclsOfCluster, describeAclsRequest } from './protocol/describe-acls.ts';
import { UnsupportedVersionError } from './protocol/request.ts';

/** Asks for the ACLs of the cluster alone, which needs what makes ListGroups complete: DESCRIBE on the cluster. */
export async function mayDescribeCluster(connections: BrokerConnections): Promise<boolean> {
  try {
    const { error } = await connections.send('any', describeAclsOfCluster);
    return error === null || error === 'SECURITY_DISABLED';
  } catch (error) {
    // Brokers before 0.11 list all groups or refuse.
    if (error instanceof UnsupportedVersionError) return true;
    throw error;
  }
}

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
