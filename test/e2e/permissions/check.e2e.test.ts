/** What `check` must be allowed to read, measured right by right; and the ACLs that MM2 never copies. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ClusterInputs } from '../../../src/inputs/typed-inputs.ts';
import { type Bed, startBed } from '../../../src/testbed/bed.ts';
import { saslPlainListener } from '../../../src/testbed/listeners.ts';
import { checkpointsTopic } from '../../../src/testbed/mm2.ts';
import { waitFor } from '../../../src/testbed/wait.ts';
import { run } from '../../support/run.ts';
import { type AclSpec, Witness } from '../../support/witness.ts';
import { checkInputs, type Judged, startJudgedMigration, type Verdicts, verdictsOf } from '../gate/judged-migration.ts';

const PASSWORD = 'pw-4711-never-shown';
const name = 'chk';
const SYNCS = 'mm2-offset-syncs.target.internal';
const CHECKPOINTS = checkpointsTopic({ sourceAlias: `${name}src` });
const HEARTBEATS = `${name}src.heartbeats`;
const COPIES = `${name}src.${name}-`;

type Right = Omit<AclSpec, 'principal'>;
const topic = (operation: string, literal: string): Right => ({ resourceType: 'TOPIC', name: literal, operation });
const topics = (operation: string, prefix: string): Right => ({ ...topic(operation, prefix), patternType: 'PREFIXED' });
const groups = (operation: string): Right => {
  return { resourceType: 'GROUP', name: `${name}-`, patternType: 'PREFIXED', operation };
};
const cluster = (operation: string): Right => ({ resourceType: 'CLUSTER', name: 'kafka-cluster', operation });

/** All that a check of everything needs; a user below lacks one of them. */
const NEEDED = {
  source: {
    'READ topics': topics('READ', `${name}-`),
    'DESCRIBE_CONFIGS topics': topics('DESCRIBE_CONFIGS', `${name}-`),
    'READ offset syncs': topic('READ', SYNCS),
    'DESCRIBE groups': groups('DESCRIBE'),
    'DESCRIBE cluster': cluster('DESCRIBE'),
  },
  target: {
    'READ topics': topics('READ', COPIES),
    'DESCRIBE_CONFIGS topics': topics('DESCRIBE_CONFIGS', COPIES),
    'READ checkpoints': topic('READ', CHECKPOINTS),
    'READ heartbeats': topic('READ', HEARTBEATS),
    'DESCRIBE groups': groups('DESCRIBE'),
    'DESCRIBE cluster': cluster('DESCRIBE'),
    'DESCRIBE_CONFIGS cluster': cluster('DESCRIBE_CONFIGS'),
  },
} as const;
type Side = keyof typeof NEEDED;

/** Each right, and what cannot be known without it; every other check passes. */
const WITHOUT: readonly (readonly [Side, string, readonly string[]])[] = [
  ['source', 'DESCRIBE_CONFIGS topics', ['topic-configs']],
  // Compared records do without offset syncs and checkpoints.
  ['source', 'READ offset syncs', []],
  ['source', 'DESCRIBE groups', ['no-skip', 'redelivered', 'coverage', 'checkpoint-age', 'activity']],
  ['source', 'DESCRIBE cluster', ['acls']],
  ['target', 'READ topics', ['no-skip', 'redelivered', 'coverage', 'activity', 'partitions', 'bounds']],
  ['target', 'DESCRIBE_CONFIGS topics', ['topic-configs']],
  ['target', 'READ checkpoints', ['checkpoint-age']],
  ['target', 'READ heartbeats', ['heartbeat']],
  ['target', 'DESCRIBE groups', ['no-skip', 'redelivered', 'coverage', 'activity', 'bounds']],
  ['target', 'DESCRIBE cluster', ['acls']],
  ['target', 'DESCRIBE_CONFIGS cluster', ['offsets-retention']],
];

let bed: Bed;
let witness: Witness;
let judged: Judged;

const rightsOf = (side: Side): [string, Right][] => Object.entries<Right>(NEEDED[side]);
const userWithout = (side: Side, right: string) => `${side}_without_${right.replaceAll(/\W/g, '_')}`;
const fullUser = (side: Side) => `${side}_full`;
const usersOf = (side: Side) => [fullUser(side), ...rightsOf(side).map(([right]) => userWithout(side, right))];

beforeAll(async () => {
  const secured = (side: Side) => ({
    listeners: [saslPlainListener(Object.fromEntries(usersOf(side).map((user) => [user, PASSWORD])))],
    properties: { 'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer' },
  });
  [witness, bed] = await Promise.all([
    Witness.start(),
    startBed({ source: secured('source'), target: secured('target') }),
  ]);
  const { connectUrl } = bed.addresses;
  if (connectUrl === null) throw new Error('The bed has no Connect worker.');
  judged = await startJudgedMigration({ ...bed.addresses, connectUrl }, name, [{ suffix: 'orders' }]);
  await Promise.all([grant('source'), grant('target')]);
});
afterAll(async () => {
  await witness?.close();
  await bed?.stop();
});

async function grant(side: Side): Promise<void> {
  const acls = usersOf(side).flatMap((user) => {
    const rights = rightsOf(side).filter(([right]) => userWithout(side, right) !== user);
    return rights.map(([, right]) => ({ ...right, principal: `User:${user}` }));
  });
  await witness.createAcls(bed[side].address, acls);
  // What the source allows is to be allowed on the target too.
  if (side === 'source') await witness.createAcls(bed.target.address, acls.map(renamed));
}

function renamed(acl: AclSpec): AclSpec {
  return acl.resourceType === 'TOPIC' ? { ...acl, name: `${name}src.${acl.name}` } : acl;
}

function login(side: Side, username: string): ClusterInputs {
  const { address } = bed[side];
  const sasl = { mechanism: 'plain' as const, username, password: PASSWORD };
  const bootstrapServers = bed[side].bootstrapServers('SASL').split(',');
  return { bootstrapServers, clusterId: address.clusterId, tls: null, sasl };
}

async function checkAs(sourceUser: string, targetUser: string): Promise<Verdicts> {
  const clusters = { source: login('source', sourceUser), target: login('target', targetUser) };
  return verdictsOf(await run(checkInputs(judged, ['orders'], clusters)));
}

function checkWithout(side: Side, right: string): Promise<Verdicts> {
  const user = userWithout(side, right);
  return side === 'source' ? checkAs(user, fullUser('target')) : checkAs(fullUser('source'), user);
}

describe('check', () => {
  it('needs these rights, and no right to write', async () => {
    const look = async () => {
      const verdicts = await checkAs(fullUser('source'), fullUser('target'));
      return verdicts.result === 'ok'
        ? { done: verdicts }
        : { seen: JSON.stringify(verdicts.finished.report.errors) + verdicts.troubled.join(', ') };
    };
    // The brokers learn of the rights a little later.
    const { troubled } = await waitFor('a check with all rights to pass', look, { timeoutMs: 60_000 });
    expect(troubled).toEqual([]);
  });

  it.each(WITHOUT)('%s: without %s does not know %j', async (side, right, unknown) => {
    const { troubled, finished } = await checkWithout(side, right);
    expect(troubled).toEqual(unknown.map((id) => `${id}: unknown`));
    expect(finished.report.errors).toEqual([]);
  });

  it('passes no check over a topic of the source that it may not see', async () => {
    const { troubled } = await checkWithout('source', 'READ topics');
    const blind = ['replication-lag', 'source-retention', 'appends', 'partitions', 'transactions'];
    expect(troubled).toEqual(expect.arrayContaining(blind.map((id) => `${id}: unknown`)));
  });

  it('shows no password', async () => {
    const { finished } = await checkWithout('target', 'READ topics');
    const shown = JSON.stringify([finished.report, finished.lines], (_, value) => {
      return typeof value === 'bigint' ? String(value) : value;
    });
    expect(shown).not.toContain(PASSWORD);
  });
});

describe('acls', () => {
  const rights = (operation: string, name: string): AclSpec => ({ ...topic(operation, name), principal: 'User:alice' });
  const asked = () => checkAs(fullUser('source'), fullUser('target'));

  it.each([
    ['WRITE on a topic', rights('WRITE', `${name}-orders`), rights('WRITE', `${COPIES}orders`)],
    [
      'READ on a prefix of groups',
      { ...groups('READ'), principal: 'User:bob' },
      { ...groups('READ'), principal: 'User:bob' },
    ],
  ])('fails alone while %s, which MM2 does not copy, is missing on the target', async (_, onSource, onTarget) => {
    await witness.createAcls(bed.source.address, [onSource]);
    const until = (what: string, wanted: readonly string[]) => {
      const look = async () => {
        const verdicts = await asked();
        const isWanted = verdicts.troubled.join() === wanted.join();
        return isWanted ? { done: verdicts } : { seen: verdicts.troubled.join(', ') };
      };
      return waitFor(what, look, { timeoutMs: 60_000 });
    };
    const { seen } = await until('the missing right to show', ['acls: fail']);
    expect(seen('acls')).toContain(`${onSource.principal} allow ${onSource.operation}`);
    await witness.createAcls(bed.target.address, [onTarget]);
    const { result } = await until('the right to be there', []);
    expect(result).toBe('ok');
  });
});
