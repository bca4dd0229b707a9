/** `generate ecs` of the command line: its own flags, none of which is a secret. */
import type { InputProblem } from '../errors.ts';
import { show } from './values/show.ts';

interface EcsFlag {
  readonly name: string;
  readonly form: RegExp;
  readonly expected: string;
  readonly hint: string;
  /** Parameter of the stack that it is passed on as. */
  readonly parameter?: string;
}

const IMAGE = {
  form: /^[\w.-]+(?::\d+)?(?:\/[\w.-]+)*(?::(?!latest$)[\w.-]+|(?::[\w.-]+)?@sha256:[0-9a-f]{64})$/,
  expected: 'an image with a tag or digest',
  hint: 'Name a tag that is never moved, or @sha256:…; latest would be another image tomorrow.',
};
const CLUSTER = {
  form: /^arn:aws[a-z-]*:kafka:[a-z0-9-]+:\d{12}:cluster\/[\w.-]+\/[\w*-]+$/,
  expected: 'the ARN of a cluster of Amazon MSK',
  hint: 'It reads arn:aws:kafka:REGION:ACCOUNT:cluster/NAME/UUID; * may stand for the UUID.',
};
const SECRET = {
  form: /^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:[\w/+=.@-]+$/,
  expected: 'the ARN of a secret',
  hint: 'It reads arn:aws:secretsmanager:REGION:ACCOUNT:secret:NAME-SUFFIX.',
};
const ROLE = {
  form: /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/,
  expected: 'the ARN of a role',
  hint: 'It reads arn:aws:iam::ACCOUNT:role/NAME.',
};
const GROUP = { form: /^sg-[0-9a-f]+$/, expected: 'a security group', hint: 'It reads sg-0123abcd.' };

const FLAGS: readonly EcsFlag[] = [
  { name: 'connect-image', ...IMAGE },
  { name: 'prometheus-image', ...IMAGE },
  { name: 'grafana-image', ...IMAGE },
  { name: 'pushgateway-image', ...IMAGE },
  {
    name: 'region',
    form: /^[a-z]{2,}(?:-[a-z]+)+-\d{1,2}$/,
    expected: 'an AWS region',
    hint: 'It reads eu-central-1.',
  },
  { name: 'source-cluster-arn', ...CLUSTER },
  { name: 'target-cluster-arn', ...CLUSTER },
  { name: 'secret-arn', ...SECRET },
  { name: 'execution-role-arn', ...ROLE },
  { name: 'task-role-arn', ...ROLE },
  { name: 'grafana-secret-arn', ...SECRET },
  { name: 'file-system-id', form: /^fs-[0-9a-f]+$/, expected: 'a file system of EFS', hint: 'It reads fs-0123abcd.' },
  { name: 'vpc-id', form: /^vpc-[0-9a-f]+$/, expected: 'a VPC', hint: 'It reads vpc-0123abcd.', parameter: 'VpcId' },
  {
    name: 'subnet-ids',
    form: /^subnet-[0-9a-f]+(?:,subnet-[0-9a-f]+)+$/,
    expected: 'two subnets or more, with commas',
    hint: 'Name private subnets in different zones.',
    parameter: 'SubnetIds',
  },
  { name: 'target-security-group-id', ...GROUP, parameter: 'TargetSecurityGroupId' },
  { name: 'source-security-group-id', ...GROUP, parameter: 'SourceSecurityGroupId' },
  { name: 'operator-security-group-id', ...GROUP, parameter: 'OperatorSecurityGroupId' },
  { name: 'push-security-group-id', ...GROUP, parameter: 'PushSecurityGroupId' },
  {
    name: 'source-cidr',
    form: /^\d{1,3}(?:\.\d{1,3}){3}\/\d{1,2}$/,
    expected: 'addresses as 10.0.0.0/16',
    hint: 'Name the network of the source’s brokers.',
    parameter: 'SourceCidr',
  },
];

/** By their names without hyphens before them. */
export type EcsValues = ReadonlyMap<string, string>;

export interface EcsFlags {
  readonly values: EcsValues;
  /** All other arguments. */
  readonly rest: readonly string[];
  readonly problems: readonly InputProblem[];
}

export function takeEcsFlags(tokens: readonly string[]): EcsFlags {
  const values = new Map<string, string>();
  const rest: string[] = [];
  const problems: InputProblem[] = [];
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index] ?? '';
    const [, name = '', attached] = /^--([a-z-]+)(?:=([\s\S]*))?$/.exec(token) ?? [];
    const flag = FLAGS.find((one) => one.name === name);
    if (flag === undefined) {
      rest.push(token);
      continue;
    }
    const value = attached ?? tokens[++index] ?? '';
    const problem = problemOf(flag, value, values.has(name));
    if (problem === null) values.set(name, value);
    else problems.push(problem);
  }
  return { values, rest, problems };
}

function problemOf({ name, form, expected, hint }: EcsFlag, value: string, isSecond: boolean): InputProblem | null {
  const input = `--${name}`;
  if (isSecond) return { input, expected: 'one value', seen: 'several', hint };
  return form.test(value) ? null : { input, expected, seen: value === '' ? 'nothing' : show(value), hint };
}

/** What is passed on to the stack as it is, by the parameter's name. */
export function networkParameters(values: EcsValues): ReadonlyMap<string, string> {
  const given = FLAGS.flatMap(({ name, parameter }): [string, string][] => {
    const value = values.get(name);
    return parameter === undefined || value === undefined ? [] : [[parameter, value]];
  });
  return new Map(given);
}
