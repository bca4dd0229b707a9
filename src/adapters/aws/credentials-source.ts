import type { AwsCredentials } from './credentials.ts';

/** Amazon's marks of the links that gave the credentials → our words. The last link of a role is named first. */
const SOURCES: readonly (readonly [string, string])[] = [
  ['CREDENTIALS_ENV_VARS_STS_WEB_ID_TOKEN', 'a role by web identity (AWS_WEB_IDENTITY_TOKEN_FILE)'],
  ['CREDENTIALS_STS_ASSUME_ROLE_WEB_ID', 'a role by web identity'],
  ['CREDENTIALS_STS_ASSUME_ROLE', 'an assumed role'],
  ['CREDENTIALS_PROFILE_SSO', 'a profile of IAM Identity Center'],
  ['CREDENTIALS_PROFILE_PROCESS', 'the credential process of a profile'],
  ['CREDENTIALS_PROFILE', 'a profile'],
  ['CREDENTIALS_PROCESS', 'a credential process'],
  ['CREDENTIALS_HTTP', 'the container'],
  ['CREDENTIALS_IMDS', 'the instance'],
  ['CREDENTIALS_ENV_VARS', 'the environment (AWS_ACCESS_KEY_ID)'],
];

/** For example `credentials from the environment (AWS_ACCESS_KEY_ID)`. */
export function sourceOf({ $source = {} }: AwsCredentials): string {
  const found = SOURCES.find(([mark]) => mark in $source);
  return found === undefined ? 'credentials of the AWS chain' : `credentials from ${found[1]}`;
}
