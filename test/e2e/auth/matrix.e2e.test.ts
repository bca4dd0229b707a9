/** Every way to sign in, on each side, on real listeners: connect, read, commit, and be refused. */
import { beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '../../../src/adapters/clock.ts';
import { closeClusters, openClusters } from '../../../src/run/open-clusters.ts';
import { describeGroupOffsets } from '../../../src/testbed/consumer-group-command.ts';
import { clientProperties } from '../../../src/testbed/security/client-properties.ts';
import { ownName } from '../../support/names.ts';
import { rowOf } from '../../support/run.ts';
import { type Column, inCell, type Side } from './matrix-table.ts';
import { type ReplicatedOrders, writeReplicatedOrders } from './replicated-orders.ts';
import {
  accessOf,
  authority,
  errorsOf,
  matrixFile,
  parsed,
  type RawInputs,
  runWith,
  SCHEMES,
  type Scheme,
  secureBed,
  sideInputs,
  withEnvironment,
} from './secure-run.ts';

const SIDES: readonly Side[] = ['source', 'target'];
const ROWS = SCHEMES.flatMap((scheme) => SIDES.map((side) => ({ scheme, side })));
type Row = (typeof ROWS)[number];

const name = ownName('matrix');
const groupOf = ({ scheme, side }: Row) => `${name}-${scheme}-${side}`;
const committedBy = (row: Row) => BigInt(5 + ROWS.findIndex((one) => groupOf(one) === groupOf(row)));
const silent = { stage() {}, info() {}, warn() {}, debug() {} };
const otherSide = (side: Side): Side => (side === 'source' ? 'target' : 'source');

let orders: ReplicatedOrders;
beforeAll(async () => {
  orders = await writeReplicatedOrders(name, new Map(ROWS.map((row) => [groupOf(row), committedBy(row)])));
});

/** The row's side as the scheme wants it; the other one in plain text. */
function bothSides({ scheme, side }: Row): RawInputs {
  return { ...sideInputs(otherSide(side), 'none'), ...sideInputs(side, scheme) };
}

function cell(row: Row, column: Column, assertions: () => Promise<void>): Promise<void> {
  const environment = row.scheme === 'iam' ? secureBed.iamEnvironment : {};
  return inCell(matrixFile, { ...row, column }, () => withEnvironment(environment, assertions));
}

describe.each(ROWS)('$scheme on the $side', (row) => {
  const { scheme, side } = row;
  const groupId = groupOf(row);

  test('connects', () =>
    cell(row, 'connect', async () => {
      const clusters = await openClusters(parsed({ command: 'sync', ...bothSides(row) }), {
        log: silent,
        clock: systemClock,
      });
      try {
        const seen = await clusters[side]?.describeCluster();
        expect(seen?.clusterId).toBe(secureBed[side].address.clusterId);
      } finally {
        await closeClusters(clusters);
      }
    }));

  test('reads what the translation needs of this side', () =>
    cell(row, 'checkpoints', async () => {
      // Checkpoints alone on the target; the commits and offset syncs of the source, with records compared.
      const sides = side === 'target' ? sideInputs('target', scheme) : bothSides(row);
      const ran = await runWith({ command: 'sync', 'dry-run': 'true', ...sides, ...orders.inputs(groupId) });
      expect(errorsOf(ran)).toEqual([]);
      const warned = ran.lines.filter((line) => line.startsWith(`${side}: SASL over plaintext`));
      expect(warned).toHaveLength(scheme.endsWith('-open') ? 1 : 0);
      const at = committedBy(row);
      const read =
        side === 'target'
          ? { checkpointUpstream: at, checkpointDownstream: at, translation: 'checkpoint' }
          : { sourceCommitted: at, translated: at, translation: 'exact' };
      expect(rowOf(ran.report, groupId, orders.copy)).toMatchObject({ ...read, verdict: 'planned' });
    }));

  test('commits, as Java shows', () =>
    cell(row, 'commit', async () => {
      const ran = await runWith({ command: 'sync', ...bothSides(row), ...orders.inputs(groupId) });
      expect(errorsOf(ran)).toEqual([]);
      expect(rowOf(ran.report, groupId, orders.copy)).toMatchObject({ verdict: 'committed', translation: 'exact' });
      // Java at IAM's listener is the business of iam-listener.e2e.test.ts.
      const asWhom = accessOf(side === 'target' && scheme !== 'iam' ? scheme : 'none');
      const servers = secureBed.target.servers[asWhom.listener] ?? '';
      const seen = await describeGroupOffsets(servers, [groupId], { clientProperties: clientProperties(asWhom) });
      expect(seen).toMatchObject([{ groupId, topic: orders.copy, currentOffset: committedBy(row) }]);
    }));

  test('is refused with a wrong credential', () =>
    cell(row, 'wrong credential', async () => {
      const { inputs = {}, environment = {}, message } = wrongCredential(row);
      const raw = { command: 'sync', ...bothSides(row), ...inputs, ...orders.inputs(groupId) };
      const ran = await withEnvironment(environment, () => runWith(raw));
      expect(ran.report.result).toBe('failed');
      expect(errorsOf(ran)).toEqual([expect.stringMatching(message)]);
      expect(errorsOf(ran)[0]).toMatch(new RegExp(`^${side}-bootstrap-servers `));
    }));
});

interface WrongCredential {
  readonly inputs?: RawInputs;
  readonly environment?: RawInputs;
  readonly message: RegExp;
}

function wrongCredential({ scheme, side }: Row): WrongCredential {
  const stranger = authority.certificate('unknown-ca-client');
  const kind: Partial<Record<Scheme, WrongCredential>> = {
    none: { inputs: atListener(side, 'tls', 'NONE'), message: /expected a listener that speaks TLS/ },
    tls: {
      inputs: { [`${side}-ca`]: authority.caPem('unknown-ca') },
      message: /signed by an authority that \w+-ca \(.*\) names, seen another one/,
    },
    mtls: {
      inputs: { [`${side}-certificate`]: stranger.certificatePem, [`${side}-key`]: stranger.keyPem },
      message: /client certificate CN=stranger/,
    },
    iam: {
      environment: { AWS_SECRET_ACCESS_KEY: 'not-the-secret' },
      message: /accept the AWS identity .* seen it refused/,
    },
  };
  const wrongPassword = {
    inputs: { [`${side}-password`]: 'not the password' },
    message: /expected SASL .* to accept the user migrator, seen it refused/,
  };
  return kind[scheme] ?? wrongPassword;
}

function atListener(side: Side, scheme: Scheme, listener: string): RawInputs {
  return { ...sideInputs(side, scheme), [`${side}-bootstrap-servers`]: secureBed[side].servers[listener] ?? '' };
}
