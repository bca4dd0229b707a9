/** A report in which everything that others named has one and the same name. */
import type { CheckId } from '../../src/domain/cutover/check.ts';
import type { ReportModel } from '../../src/report/report-model.ts';
import { goodFacts, group as groupFacts, notKnown, topic, topicPartition } from '../support/cutover-facts.ts';
import { connector, group, partition, pass, report } from './build-report.ts';
import { gateReport } from './gate-report.ts';

/** Every kind of trouble that a name could make; the property adds any others. */
export const HOSTILE_NAMES: readonly string[] = [
  'a|b',
  '`|`',
  '```\n```diff\n+ x',
  'a\n\nb\r\nc',
  '</details></summary></code></pre><b>',
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<!-- kafka-mm2-migration label="default" command="plan" plan-hash="abc" -->',
  '@everyone @acme/admins',
  '#1 GH-1 acme/x#1 fixes #7',
  'ops@example.org https://example.org www.example.org',
  ':tada: :+1:',
  '::error::injected',
  '::set-output name=ready::true',
  '##[error]injected',
  '##vso[task.setvariable variable=PATH]/tmp/injected',
  "##teamcity[buildStop comment='injected']",
  'section_start:0:injected\r\u001b[0Kinjected',
  'travis_fold:start:injected',
  '+++ injected',
  'orders\n::stop-commands::injected\n##[error]injected\n--- injected',
  '\u202egnp.exe',
  '\u200b\u200f\ufeff',
  '\u001b[31mred\u001b]0;title\u0007',
  '\u0000\u0008\u007f\u0085',
  '\ud800lone\udc00',
  '\ufffd\ufffd',
  '=1+1 +1 -1 @SUM(A1)',
  ' leading and trailing ',
  ']]>&amp;&lt;',
  '# heading\n- list\n1. item\n> quote\n---',
  '$x^2$ $$y$$ *b* _i_ ~~s~~ [l](javascript:alert(1)) ![i](http://x.test/y)',
  'constructor',
  '__proto__',
  'o'.repeat(249),
  '界'.repeat(249),
];

export function hostileSync(name: string): ReportModel {
  const named = partition({ topic: name, sourceTopic: name, verdict: 'skipped', reason: 'taken-over', detail: name });
  const one = { name, class: name, state: name, trace: name.replaceAll(/[\r\n]/g, ' '), changedKeys: [name] };
  return report({
    result: 'failed',
    interrupted: name,
    source: { alias: name, clusterId: name },
    target: { alias: name, clusterId: name },
    passes: [pass({ offsetDelta: 9n }), pass({ number: 2 })],
    groups: [group({ groupId: name, sourceState: name, targetState: name, type: name, partitions: [named] })],
    connectors: [
      connector({
        ...one,
        change: 'update',
        tasks: [{ id: 0, state: name }],
        keys: [{ key: name, before: name, after: name, secret: false }],
      }),
    ],
    findings: [
      { rule: name, severity: 'error', where: name, message: name, hint: name, at: { file: name, line: 1 } },
      { rule: name, severity: 'warning', where: name, message: name, hint: name, silenced: name },
      { rule: 'no-secrets', severity: 'warning', where: name, message: name, hint: name },
    ],
    errors: [{ code: 'INTERNAL', message: name, hint: name }],
  });
}

export function hostileGate(name: string): ReportModel {
  const facts = goodFacts('rehearse', {
    groups: [groupFacts({ groupId: name }), groupFacts({ groupId: `${name}2`, hiddenFromMm2: name })],
    topics: [topic({ sourceTopic: name, topic: name, partitions: [topicPartition({ lagRecords: notKnown(name) })] })],
    unseenGroups: [name],
    connect: notKnown(name),
    rollback: notKnown(name),
    acls: notKnown(name),
  });
  return gateReport(facts, { skipChecks: new Set<CheckId>(['identity']) }, { groups: [group({ groupId: name })] });
}
