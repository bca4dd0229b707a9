// As aws-actions/configure-aws-credentials does it with a role: a token of GitHub for this job, which STS takes for a
// session; its variables are for the steps that follow, the secret ones masked.
import { appendFileSync } from 'node:fs';

const { ROLE, REGION, ACCOUNTS, DURATION, AUDIENCE, RECIPE_AWS_URL, GITHUB_JOB, GITHUB_ENV } = process.env;
const fail = (message) => {
  console.log(`::error::${message}`);
  process.exit(1);
};
const asked = await fetch(`${RECIPE_AWS_URL}/token?${new URLSearchParams({ job: GITHUB_JOB, audience: AUDIENCE })}`);
if (!asked.ok) {
  console.log('Did you mean to set the `id-token` permission?');
  fail(
    'Credentials could not be loaded, please check your action inputs: Could not load credentials from any providers',
  );
}
const { value } = await asked.json();
const body = JSON.stringify({ role: ROLE, token: value, durationSeconds: Number(DURATION) });
const answer = await fetch(`${RECIPE_AWS_URL}/sts`, { method: 'POST', body });
if (!answer.ok) fail(`Could not assume role with OIDC: ${await answer.text()}`);
if (ACCOUNTS !== '' && !ACCOUNTS.split(',').includes(ROLE.split(':')[4])) fail('The account ID is not allowed');
for (const [name, text] of Object.entries({
  ...(await answer.json()),
  AWS_REGION: REGION,
  AWS_DEFAULT_REGION: REGION,
})) {
  if (!name.endsWith('REGION')) console.log(`::add-mask::${text}`);
  appendFileSync(GITHUB_ENV, `${name}=${text}\n`);
}
