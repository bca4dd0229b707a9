import { COMMENT_MODES, COMMENT_WHEN } from '../../domain/comment-choice.ts';
import { FAIL_ON } from '../../domain/fail-on.ts';
import type { InputReader } from '../input-reader.ts';
import { readChoice, readMatching } from '../read-values.ts';
import type { ReportInputs } from '../typed-inputs.ts';
import { parseHttpUrl } from '../values/http-url.ts';
import { LABEL_PATTERN } from '../values/label.ts';

const LABEL = {
  pattern: LABEL_PATTERN,
  expected: 'up to 64 letters, digits, spaces, dots, slashes, underscores or hyphens',
  hint: 'It becomes part of titles and markers: choose a plain name such as orders-eu.',
};

export function readReport(reader: InputReader): ReportInputs {
  return {
    reports: reader.given('reports'),
    reportDir: reader.text('report-dir') ?? '',
    label: readMatching(reader, 'label', LABEL) ?? '',
    metricsFile: reader.text('metrics-file'),
    metricsPushgateway: readPushgateway(reader),
    comment: readChoice(reader, 'comment', COMMENT_WHEN) ?? 'auto',
    commentMode: readChoice(reader, 'comment-mode', COMMENT_MODES) ?? 'update',
    failOn: readChoice(reader, 'fail-on', FAIL_ON) ?? 'not-ready',
  };
}

function readPushgateway(reader: InputReader): string | null {
  const text = reader.given('metrics-pushgateway');
  if (text === null) return null;
  const result = parseHttpUrl(text);
  if ('url' in result) return result.url;
  const { expected, seen } = result.fault;
  const hint = 'Give its base URL without credentials, such as http://prometheus.migration:9091.';
  reader.problem('metrics-pushgateway', expected, seen, hint);
  return null;
}
