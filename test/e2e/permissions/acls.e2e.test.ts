/** The ACLs that MM2 never copies: a check compares them, and fails alone while one is missing on the target. */
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { waitFor } from '../../../src/testbed/wait.ts';
import { type AclSpec, Witness } from '../../support/witness.ts';
import { type Judged, startJudgedMigration, type Verdicts, verdictsOf } from '../gate/judged-migration.ts';
import { aclsOf, resourceNames, signedIn, Users } from './rights.ts';
import { rightsOf, runUse, USES } from './uses.ts';

const bed = inject('securedBed');
const name = 'acl';
const COPIES = `${name}src.${name}-`;
const NAMES = resourceNames(name);
const CHECK = USES.find((use) => use.command === 'check') ?? { name: 'check', command: 'check', compares: true };
const users = new Users(bed, { from: 240, alias: `${name}src` });
const allowed = (side: 'source' | 'target') =>
  users.with(
    side,
    rightsOf(CHECK).flatMap((right) => (right.side === side ? aclsOf(NAMES[side], right.rows[0]) : [])),
  );
const [source, target] = [allowed('source'), allowed('target')];

let witness: Witness;
let judged: Judged;

beforeAll(async () => {
  witness = await Witness.start();
  judged = await startJudgedMigration(bed, name, [{ suffix: 'orders' }]);
  await users.grant(witness);
});
afterAll(async () => {
  await users.revoke();
  await witness?.close();
});

async function until(what: string, wanted: readonly string[]): Promise<Verdicts> {
  const clusters = { source: signedIn(bed, 'source', source), target: signedIn(bed, 'target', target) };
  const look = async () => {
    const verdicts = verdictsOf(await runUse(CHECK, { judged, lateGroup: '', rollbackFrom: '' }, clusters));
    const isWanted = verdicts.troubled.join() === wanted.join();
    return isWanted ? { done: verdicts } : { seen: verdicts.troubled.join(', ') };
  };
  return waitFor(what, look, { timeoutMs: 180_000 });
}

const onTopic = (topic: string): AclSpec => {
  return { principal: 'User:alice', resourceType: 'TOPIC', name: topic, operation: 'WRITE' };
};
const onGroups: AclSpec = {
  principal: 'User:bob',
  resourceType: 'GROUP',
  name: `${name}-`,
  patternType: 'PREFIXED',
  operation: 'READ',
};

it.each([
  ['WRITE on a topic', onTopic(`${name}-orders`), onTopic(`${COPIES}orders`)],
  ['READ on a prefix of groups', onGroups, onGroups],
])('fails alone while %s is missing on the target', async (_, onSource, onTarget) => {
  await witness.createAcls(bed.source, [onSource]);
  const { seen } = await until('the missing right to show', ['acls: fail']);
  expect(seen('acls')).toContain(`${onSource.principal} allow ${onSource.operation}`);
  await witness.createAcls(bed.target, [onTarget]);
  const { result } = await until('the right to be there', []);
  expect(result).toBe('ok');
});
