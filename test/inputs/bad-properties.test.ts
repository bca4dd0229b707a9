// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references of Connect look like this
import { describe } from 'vitest';
import { CERTIFICATE, eachBadInput, KEY, type Raw, SYNC } from './reading.ts';

const IAM_HANDLER = 'software.amazon.msk.auth.iam.IAMOAuthBearerLoginCallbackHandler';

const props = (text: string): Raw => ({
  command: 'sync',
  'target-properties': `bootstrap.servers=new-1:9092\n${text}`,
});

describe('bad input: client properties', () => {
  eachBadInput({
    'a file that is not there': {
      given: { command: 'sync', 'target-properties': 'client.properties' },
      problem: {
        input: 'target-properties',
        expected: 'the path of a readable properties file',
        seen: '"client.properties" (no such file)',
        hint: 'Check the path; no default is used in its place.',
      },
    },
    'an empty file': {
      given: { command: 'sync', 'target-properties': 'client.properties' },
      files: { 'client.properties': '# nothing\n' },
      problem: {
        input: 'target-properties',
        expected: 'Java properties',
        seen: 'no key at all',
        hint: 'Check that the right file or secret is given.',
      },
    },
    'a reference that only a worker resolves, in the place of a password': {
      given: props(
        'security.protocol=SASL_SSL\nsasl.mechanism=PLAIN\nsasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required username="mm2" password="${env:PW}";',
      ),
      problem: {
        input: 'target-properties',
        expected: 'the value itself in sasl.jaas.config',
        seen: 'a reference ${env:…}, which only a Connect worker resolves',
        hint: 'Write the value, put in by a secret of the workflow, or leave the key out and give the inputs for it, e.g. username and password.',
      },
    },
    'a broken escape': {
      given: props('x=\\u00zz'),
      problem: {
        input: 'target-properties',
        expected: 'Java properties',
        seen: '\\u without four hexadecimal digits on line 2',
        hint: 'Java refuses this line too: write a backslash twice.',
      },
    },
    'no address': {
      given: { command: 'sync', 'target-properties': 'security.protocol=SSL' },
      problem: {
        input: 'target-bootstrap-servers',
        expected: 'the brokers of the target, since target-properties is given',
        seen: 'no bootstrap.servers in target-properties either',
        hint: 'Give host:port, or leave the target out altogether.',
      },
    },
    'a bad address': {
      given: { command: 'sync', 'target-properties': 'bootstrap.servers=new-1' },
      problem: {
        input: 'target-properties',
        expected: 'host:port, several separated by commas in bootstrap.servers',
        seen: '"new-1"',
        hint: 'Add the port, e.g. :9092 (Amazon MSK: 9094 for TLS, 9096 for SCRAM, 9098 for IAM).',
      },
    },
    'the address twice': {
      given: { ...SYNC, ...props('') },
      problem: {
        input: 'target-bootstrap-servers',
        expected: 'either target-bootstrap-servers or bootstrap.servers in target-properties',
        seen: 'both',
        hint: 'Keep one of the two, so that nobody has to know which wins.',
      },
    },
    'the protocol twice': {
      given: { ...props('security.protocol=SSL'), 'target-auth': 'tls' },
      problem: {
        input: 'target-auth',
        expected: 'either target-auth or security.protocol in target-properties',
        seen: 'both',
        hint: 'Keep one of the two, so that nobody has to know which wins.',
      },
    },
    'the password twice': {
      given: {
        ...props(
          'security.protocol=SASL_SSL\nsasl.mechanism=PLAIN\nsasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required username="u" password="hunter2hunter2";',
        ),
        'target-password': 'hunter2hunter2',
      },
      problem: {
        input: 'target-password',
        expected: 'either target-password or sasl.jaas.config in target-properties',
        seen: 'both',
        hint: 'Keep one of the two, so that nobody has to know which wins.',
      },
    },
    'an unknown protocol': {
      given: props('security.protocol=TLS'),
      problem: {
        input: 'target-properties',
        expected: 'PLAINTEXT, SSL, SASL_PLAINTEXT or SASL_SSL in security.protocol',
        seen: '"TLS"',
        hint: 'Copy it from the properties of a client that works.',
      },
    },
    'a store without a file': {
      given: props('security.protocol=SSL\nssl.truststore.type=PEM\nssl.truststore.location=/tmp/ca.pem'),
      problem: {
        input: 'target-properties',
        expected: 'the path of a readable store in ssl.truststore.location',
        seen: '"/tmp/ca.pem" (no such file)',
        hint: 'Check path and permissions.',
      },
    },
    'a PEM keystore without a key': {
      given: props('security.protocol=SSL\nssl.keystore.type=PEM\nssl.keystore.location=/k.pem'),
      files: { '/k.pem': CERTIFICATE },
      problem: {
        input: 'target-properties',
        expected: 'a certificate and its private key in ssl.keystore.location',
        seen: 'a PEM file without a private key',
        hint: 'Put the blocks one after the other into the one file.',
      },
    },
    'a truststore that holds a key': {
      given: props(
        `security.protocol=SSL\nssl.truststore.type=PEM\nssl.truststore.certificates=${KEY.replaceAll('\n', '\\n')}`,
      ),
      problem: {
        input: 'target-properties',
        expected: 'certificates in PEM (-----BEGIN CERTIFICATE-----) in ssl.truststore.certificates',
        seen: 'a private key (hidden)',
        hint: 'Give certificates only here; the key has its own input.',
      },
    },
    'a keystore certificate alone': {
      given: props(
        `security.protocol=SSL\nssl.keystore.type=PEM\nssl.keystore.certificate.chain=${CERTIFICATE.replaceAll('\n', ' ')}`,
      ),
      problem: {
        input: 'target-key',
        expected: 'a client key, since target-certificate is given',
        seen: 'nothing',
        hint: 'Give target-certificate and target-key together, or a keystore in target-properties.',
      },
    },
    'OAUTHBEARER of somebody else': {
      given: props(
        'security.protocol=SASL_SSL\nsasl.mechanism=OAUTHBEARER\nsasl.login.callback.handler.class=com.example.Handler\nsasl.jaas.config=org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required;',
      ),
      problem: {
        input: 'target-properties',
        expected: `${IAM_HANDLER} in sasl.login.callback.handler.class`,
        seen: 'OAUTHBEARER with "com.example.Handler"',
        hint: 'Of OAUTHBEARER only the sign-in by IAM can be spoken; no other source of tokens is asked.',
      },
    },
    'OAUTHBEARER without its handler': {
      given: props('security.protocol=SASL_SSL\nsasl.mechanism=OAUTHBEARER'),
      problem: {
        input: 'target-properties',
        expected: `${IAM_HANDLER} in sasl.login.callback.handler.class`,
        seen: 'OAUTHBEARER without that handler',
        hint: 'Of OAUTHBEARER only the sign-in by IAM can be spoken; no other source of tokens is asked.',
      },
    },
    Kerberos: {
      given: props('security.protocol=SASL_SSL\nsasl.mechanism=GSSAPI'),
      problem: {
        input: 'target-properties',
        expected: 'PLAIN, SCRAM-SHA-256, SCRAM-SHA-512 or AWS_MSK_IAM in sasl.mechanism',
        seen: '"GSSAPI"',
        hint: 'Kerberos cannot be spoken: give the properties of a listener with SCRAM, PLAIN, IAM or TLS.',
      },
    },
    'the login module of Kerberos': {
      given: props(
        'security.protocol=SASL_SSL\nsasl.mechanism=PLAIN\nsasl.jaas.config=com.sun.security.auth.module.Krb5LoginModule required;',
      ),
      problem: {
        input: 'target-properties',
        expected: 'PlainLoginModule, ScramLoginModule or IAMLoginModule in sasl.jaas.config',
        seen: 'login module "com.sun.security.auth.module.Krb5LoginModule"',
        hint: 'Kerberos cannot be spoken: give the properties of a listener with SCRAM, PLAIN, IAM or a client certificate.',
      },
    },
    'the IAM login module with another mechanism': {
      given: {
        ...props(
          'security.protocol=SASL_SSL\nsasl.mechanism=PLAIN\nsasl.jaas.config=software.amazon.msk.auth.iam.IAMLoginModule required;',
        ),
      },
      problem: {
        input: 'target-properties',
        expected: 'PlainLoginModule in sasl.jaas.config, for plain',
        seen: 'IAMLoginModule',
        hint: 'Mechanism and login module belong together.',
      },
    },
    'a role to be assumed': {
      given: {
        'aws-region': 'us-east-1',
        ...props(
          'security.protocol=SASL_SSL\nsasl.mechanism=AWS_MSK_IAM\nsasl.jaas.config=software.amazon.msk.auth.iam.IAMLoginModule required awsRoleArn="arn:aws:iam::123456789012:role/mm2" awsStsRegion="us-east-1";',
        ),
      },
      problem: {
        input: 'target-properties',
        expected: 'no awsRoleArn in sasl.jaas.config',
        seen: 'awsRoleArn',
        hint: 'Assume the role in a step before this one (aws-actions/configure-aws-credentials with role-to-assume), or give awsProfileName of a profile that assumes it.',
      },
    },
    'a misspelt mechanism': {
      given: props('security.protocol=SASL_SSL\nsasl.mechanism=SCRAM-512'),
      problem: {
        input: 'target-properties',
        expected: 'PLAIN, SCRAM-SHA-256, SCRAM-SHA-512 or AWS_MSK_IAM in sasl.mechanism',
        seen: '"SCRAM-512"',
        hint: 'Check the spelling.',
      },
    },
    'no mechanism': {
      given: props('security.protocol=SASL_SSL'),
      problem: {
        input: 'target-properties',
        expected: 'PLAIN, SCRAM-SHA-256, SCRAM-SHA-512 or AWS_MSK_IAM in sasl.mechanism',
        seen: 'nothing',
        hint: 'Without it Java takes GSSAPI (Kerberos), which cannot be spoken.',
      },
    },
    'a JAAS entry without SASL': {
      given: props(
        'sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required username="u" password="hunter2hunter2";',
      ),
      problem: {
        input: 'target-properties',
        expected: 'SASL_SSL or SASL_PLAINTEXT in security.protocol',
        seen: 'sasl.jaas.config without security.protocol',
        hint: 'Java ignores sasl.jaas.config then: correct the protocol, or remove sasl.jaas.config.',
      },
    },
    'a mechanism without SASL': {
      given: props('security.protocol=SSL\nsasl.mechanism=PLAIN'),
      problem: {
        input: 'target-properties',
        expected: 'SASL_SSL or SASL_PLAINTEXT in security.protocol',
        seen: 'sasl.mechanism with a protocol without SASL',
        hint: 'Java ignores sasl.mechanism then: correct the protocol, or remove sasl.mechanism.',
      },
    },
    'a JAAS entry without quotes': {
      given: props(
        'security.protocol=SASL_SSL\nsasl.mechanism=PLAIN\nsasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required username="u" password=2hunter2hunter;',
      ),
      problem: {
        input: 'target-properties',
        expected: 'a login module with its options, ended by a semicolon, in sasl.jaas.config',
        seen: 'an entry with an option value that needs quotes',
        hint: 'Java needs: …ScramLoginModule required username="…" password="…"; with quotes around both.',
      },
    },
    'a JAAS entry without a password': {
      given: props(
        'security.protocol=SASL_SSL\nsasl.mechanism=PLAIN\nsasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required username="u";',
      ),
      problem: {
        input: 'target-properties',
        expected: 'username and password in sasl.jaas.config',
        seen: 'an entry without password',
        hint: 'Write both into the entry, in quotes.',
      },
    },
    'a login module of another mechanism': {
      given: props(
        'security.protocol=SASL_SSL\nsasl.mechanism=SCRAM-SHA-512\nsasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required username="u" password="hunter2hunter2";',
      ),
      problem: {
        input: 'target-properties',
        expected: 'ScramLoginModule in sasl.jaas.config, for scram-sha-512',
        seen: 'PlainLoginModule',
        hint: 'Mechanism and login module belong together.',
      },
    },
    'no JAAS entry': {
      given: { ...props('security.protocol=SASL_SSL\nsasl.mechanism=PLAIN'), 'target-username': 'mm2' },
      problem: {
        input: 'target-password',
        expected: 'a password for SASL (plain)',
        seen: 'nothing',
        hint: 'Give target-username and target-password, or sasl.jaas.config in target-properties.',
      },
    },
    'another check of host names': {
      given: props('security.protocol=SSL\nssl.endpoint.identification.algorithm=LDAPS'),
      problem: {
        input: 'target-properties',
        expected: 'https, or nothing to turn the check off in ssl.endpoint.identification.algorithm',
        seen: '"LDAPS"',
        hint: 'Leave the key out to check.',
      },
    },
  });
});
