/** The rights of the role that deploys, against what CloudFormation says that it calls for each type of resource. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { awsTools } from '../../support/aws/aws-tools.ts';
import { rowsAfter } from '../../support/aws/iam-tables.ts';
import { readTemplate } from '../../support/aws/migration-stack.ts';

/** cfn-lint has the schemas of all types, with the calls of their handlers; parliament the names of all actions. */
const SCRIPT = `
import glob, json, os, sys, cfnlint, parliament
asked = set(json.loads(sys.argv[1]))
calls = {}
for path in glob.glob(os.path.join(os.path.dirname(cfnlint.__file__), 'data/schemas/resources/*.json')):
    schema = json.load(open(path))
    if schema.get('typeName') in asked:
        handlers = {k: v for k, v in schema.get('handlers', {}).items() if k != 'list'}
        calls.setdefault(schema['typeName'], set()).update(p for h in handlers.values() for p in h['permissions'])
names = [s['prefix'] + ':' + p['privilege'] for s in parliament.iam_definition for p in s['privileges']]
print(json.dumps({'calls': {k: sorted(v) for k, v in calls.items()}, 'names': names}))
`;

/** Calls for properties that the template does not use, or for resources of another kind. */
const NOT_CALLED = [
  /^(lambda|firehose|s3):/,
  /:(Put|Delete)ScheduledAction$/,
  /:PutAccountSetting(Default)?$|:PutClusterCapacityProviders$|:UpdateClusterSettings$/,
  /^elasticfilesystem:(Create|Delete)ReplicationConfiguration$|^elasticfilesystem:DeleteTags$/,
  /^iam:(Attach|Detach)RolePolicy$|^iam:DeleteRolePermissionsBoundary$/,
  /^logs:(Associate|Disassociate)KmsKey$|^logs:(Put|Delete)(DataProtection|Index|Resource)Policy$/,
  /^logs:(CreateLogDelivery|PutBearerTokenAuthentication|PutLogGroupDeletionProtection)$/,
  /^secretsmanager:(ReplicateSecretToRegions|RemoveRegionsFromReplication)$/,
];

const listed = rowsAfter('## The role that deploys').flatMap(({ actions }) => actions);

test('has every right that a resource of the template takes, and each is a right that AWS knows', async () => {
  const types = [...new Set(Object.values(readTemplate().Resources).map(({ Type }) => Type))];
  const { stdout } = await promisify(execFile)('python3', ['-c', SCRIPT, JSON.stringify(types)], {
    env: { ...process.env, PYTHONPATH: await awsTools() },
    maxBuffer: 64 * 1024 * 1024,
  });
  const { calls, names } = JSON.parse(stdout) as { calls: Record<string, string[]>; names: string[] };
  expect(Object.keys(calls).sort()).toEqual([...types].sort());
  const needed = new Set(Object.values(calls).flat());
  const missing = [...needed].filter(
    (action) => !listed.includes(action) && !NOT_CALLED.some((pattern) => pattern.test(action)),
  );
  expect(missing).toEqual([]);
  expect(listed.filter((action) => !names.includes(action) && !needed.has(action))).toEqual([]);
});
