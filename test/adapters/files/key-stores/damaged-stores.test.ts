import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readStore } from '../../../../src/adapters/files/key-stores/key-store.ts';
import { addKey, STORE_PASSWORD, storeFolder } from './keytool.ts';

/** JCEKS takes 200,000 by default, a fifth of a second for each reading; damaged, its three bytes may say millions. */
const FEW_ROUNDS = ['-J-Djdk.jceks.iterationCount=10000'];

test.each(['JKS', 'JCEKS', 'PKCS12'] as const)('%s: whatever is damaged in it, it is read or a fault', async (type) => {
  const folder = await storeFolder();
  const path = join(folder, 'store');
  await addKey(path, { type, algorithm: 'EC', java: FEW_ROUNDS });
  const whole = await readFile(path);
  const place = fc.integer({ min: 0, max: whole.length - 1 });
  const damage = fc.record({ place, byte: fc.integer({ min: 0, max: 255 }), end: fc.option(place) });
  await fc.assert(
    fc.asyncProperty(damage, fc.constantFrom(STORE_PASSWORD, null), async (at, password) => {
      const bytes = Buffer.from(whole);
      bytes[at.place] = at.byte;
      await writeFile(path, bytes.subarray(0, at.end ?? bytes.length));
      for (const holds of ['key', 'trusted'] as const) {
        const reading = readStore(path, { holds, type: null, password, keyPassword: STORE_PASSWORD });
        expect(reading.kind).toMatch(/^(?:store|fault)$/);
        if (reading.kind === 'fault') expect(JSON.stringify(reading.fault)).not.toContain(STORE_PASSWORD);
      }
    }),
    { numRuns: 100 },
  );
});
