/** Who finds and reaches whom, by what deploy/ecs/migration.yaml and deploy/prometheus say. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { ResolvedTemplate } from '../support/aws/cfn-template.ts';
import { readTemplate } from '../support/aws/migration-stack.ts';

const deploy = (path: string) => readFileSync(new URL(`../../deploy/${path}`, import.meta.url), 'utf8');

const template = readTemplate();
const MADE = Object.fromEntries(
  Object.keys(template.Resources).map((name) => [name, { ref: name, attributes: { Arn: name, Name: name } }]),
);
const GIVEN = {
  'AWS::Region': 'eu-west-1',
  ConnectImage: 'connect:1',
  PrometheusImage: 'prometheus:1',
  GrafanaImage: 'grafana:1',
  VpcId: 'vpc-1',
  TargetSecurityGroupId: 'sg-target',
  Brokers: 'b-1:9098',
  Auth: 'iam',
  SourceAuth: 'no-auth',
  SourcePort: '9094',
};

function stack(parameters: Readonly<Record<string, string>> = {}): ResolvedTemplate {
  return new ResolvedTemplate(template, { ...GIVEN, ...parameters }, MADE);
}

interface ScrapeJob {
  readonly job_name: string;
  readonly dns_sd_configs?: readonly {
    readonly names: readonly string[];
    readonly type: string;
    readonly port: number;
  }[];
  readonly static_configs?: readonly { readonly targets: readonly string[] }[];
}

const { scrape_configs: jobs } = parse(deploy('prometheus/prometheus.yml')) as { scrape_configs: ScrapeJob[] };
const job = (name: string) => jobs.find(({ job_name: is }) => is === name);

interface Container {
  readonly Name: string;
  readonly PortMappings: readonly { readonly ContainerPort: number }[];
}

function portsOf(task: string, container: string): readonly number[] {
  const containers: readonly Container[] = stack().properties(task).ContainerDefinitions;
  return containers.find(({ Name }) => Name === container)?.PortMappings.map((one) => one.ContainerPort) ?? [];
}

describe('Prometheus finds', () => {
  test('the workers by the name and the kind of record that Cloud Map keeps, at the port of their metrics', () => {
    const discovery = stack().properties('ConnectDiscovery');
    const [asked] = job('kafka-connect')?.dns_sd_configs ?? [];
    expect(asked?.names).toEqual([`${discovery.Name}.${stack().properties('Namespace').Name}`]);
    expect(discovery.DnsConfig.DnsRecords.map(({ Type }: { Type: string }) => Type)).toEqual([asked?.type]);
    const [, ofTheImage] = /-javaagent:\S+=\$\{METRICS_PORT:-(\d+)\}:/.exec(deploy('connect/bin/connect')) ?? [];
    expect(asked?.port).toBe(Number(ofTheImage));
    expect(portsOf('ConnectTask', 'kafka-connect')).toContain(asked?.port);
    expect(stack().properties('PrometheusToConnect')).toMatchObject({ FromPort: asked?.port, ToPort: asked?.port });
  });

  test('the worker of compose.yaml by the same name', () => {
    const { services } = parse(deploy('compose.yaml'), { merge: true }) as {
      services: { connect: { networks: { default: { aliases: string[] } } } };
    };
    const [asked] = job('kafka-connect')?.dns_sd_configs ?? [];
    expect(services.connect.networks.default.aliases).toEqual(asked?.names);
  });

  test('the Pushgateway of its own task', () => {
    const [port] = portsOf('PrometheusTask', 'pushgateway');
    expect(job('action')?.static_configs).toEqual([{ targets: [`localhost:${port}`] }]);
  });
});

describe('the Pushgateway', () => {
  test('is found by runners under the name that the documents give', () => {
    const { Name } = stack().properties('PrometheusDiscovery');
    const [port] = portsOf('PrometheusTask', 'pushgateway');
    const address = `http://${Name}.${stack().properties('Namespace').Name}:${port}`;
    const pages = ['grafana/README.md', 'ecs/README.md', '../action.yml', '../README.md'].map(deploy);
    expect(pages.filter((page) => !page.includes(address))).toEqual([]);
    expect(pages.filter((page) => page.includes('pushgateway.migration'))).toEqual([]);
  });

  test('is beside Prometheus in compose.yaml too, and published to this machine', () => {
    const { services } = parse(deploy('compose.yaml'), { merge: true }) as {
      services: Record<string, { image: string; network_mode?: string; ports?: string[] }>;
    };
    expect(services['pushgateway']).toMatchObject({
      network_mode: 'service:prometheus',
      image: template.Parameters['PushgatewayImage']?.Default,
    });
    expect(services['prometheus']?.ports).toContain('127.0.0.1:9091:9091');
  });

  test('is pinned by a digest', () => {
    expect(template.Parameters['PushgatewayImage']?.Default).toMatch(/^prom\/pushgateway:v[\d.]+@sha256:[0-9a-f]{64}$/);
  });

  test('takes metrics from the group that may push, and from nobody where none is given', () => {
    expect(stack().resources()).not.toContain('PusherToPushgateway');
    const opened = stack({ PushSecurityGroupId: 'sg-0a' });
    expect(opened.resources()).toContain('PusherToPushgateway');
    expect(opened.properties('PusherToPushgateway')).toMatchObject({
      GroupId: 'PrometheusSecurityGroup',
      FromPort: 9091,
      ToPort: 9091,
      SourceSecurityGroupId: 'sg-0a',
    });
  });
});

describe('the source is reached', () => {
  interface Rule {
    readonly Description: string;
  }
  const outOf = (parameters: Readonly<Record<string, string>>) =>
    stack(parameters)
      .properties('ConnectSecurityGroup')
      .SecurityGroupEgress.filter(({ Description }: Rule) => Description === 'source');
  const source = { Description: 'source', IpProtocol: 'tcp', FromPort: '9094', ToPort: '9094' };

  test('by its security group, which lets Connect in', () => {
    const parameters = { SourceSecurityGroupId: 'sg-0b' };
    expect(outOf(parameters)).toEqual([{ ...source, DestinationSecurityGroupId: 'sg-0b' }]);
    expect(stack(parameters).resources()).toContain('ConnectToSource');
    expect(stack(parameters).properties('ConnectToSource')).toMatchObject({
      GroupId: 'sg-0b',
      FromPort: '9094',
      ToPort: '9094',
      SourceSecurityGroupId: 'ConnectSecurityGroup',
    });
  });

  test('by its addresses, where no group is to be changed', () => {
    const parameters = { SourceCidr: '10.1.0.0/16' };
    expect(outOf(parameters)).toEqual([{ ...source, CidrIp: '10.1.0.0/16' }]);
    expect(stack(parameters).resources()).not.toContain('ConnectToSource');
  });
});

test('a shell is opened in Connect alone, and only where it is asked for', () => {
  const shells = (parameters: Readonly<Record<string, string>>) =>
    ['Connect', 'Prometheus', 'Grafana'].map((name) => {
      const service = template.Resources[`${name}Service`]?.Properties?.['EnableExecuteCommand'] ?? null;
      return String(stack(parameters).resolve(service));
    });
  expect(shells({})).toEqual(['false', 'false', 'false']);
  expect(shells({ ExecuteCommand: 'true' })).toEqual(['true', 'false', 'false']);
});

test('the runbook freezes scaling before the cutover, by a parameter of the stack', () => {
  const runbook = deploy('../docs/cutover-runbook.md');
  const [, cutOver = ''] = /\n## 4\. Cut over\n([\s\S]*?)\n## /.exec(runbook) ?? [];
  const [, name = '', value] = /`(\w+)=(true)`/.exec(cutOver) ?? [];
  expect(Object.keys(template.Parameters)).toContain(name);
  const { SuspendedState } = stack({ [name]: value ?? '' }).properties('ConnectScaling');
  expect(new Set(Object.values(SuspendedState))).toEqual(new Set([true]));
});
