// Fetches what tests would fetch by themselves, so that a slow registry takes none of their minutes and one that drops
// a connection is asked again. Loads TypeScript, so it needs Node.js 24: node_modules/node/bin/node scripts/fetch-for-tests.mjs
import { resolveJars } from '../src/testbed/jars.ts';
import { launchChromium } from '../test/e2e/browser/chromium.ts';
import { mermaidScript } from '../test/e2e/browser/mermaid-script.ts';
import { debianPrograms } from '../test/e2e/deploy/debian-tool.ts';
import { awsTools } from '../test/support/aws/aws-tools.ts';

/** Versions of Kafka that a suite boots. */
const KAFKA = ['4.3.1', '4.1.1', '3.9.2', '2.8.2'];
const ATTEMPTS = 3;
const PAUSE_MS = 10_000;

const wanted = [
  ...KAFKA.map((version) => [`jars of Kafka ${version}`, () => resolveJars({ version })]),
  ['tools of AWS', awsTools],
  ['Prometheus', () => debianPrograms('prometheus')],
  ['Pushgateway', () => debianPrograms('prometheus-pushgateway')],
  ['Mermaid', mermaidScript],
  ['Chromium', async () => (await launchChromium()).close()],
];
for (const [what, fetch] of wanted) {
  const startedAt = Date.now();
  const problem = await patiently(fetch);
  const took = `${Math.round((Date.now() - startedAt) / 1000)} s`;
  console.log(problem === null ? `${what}: there, in ${took}` : `${what}: not there after ${took}: ${problem}`);
  if (problem !== null) process.exitCode = 1;
}

/** null, or what was wrong with the last attempt. */
async function patiently(fetch) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await fetch();
      return null;
    } catch (error) {
      if (attempt === ATTEMPTS) return error.message;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }
}
