import type { ConnectorProblem } from '../domain/connectors/config-problems.ts';
import type { ErrorReport, Finding } from '../report/report-model.ts';

/** One error for each connector that the worker refuses, and one for the lint; the findings say what and where. */
export function planErrors(lint: readonly Finding[], problems: readonly ConnectorProblem[]): readonly ErrorReport[] {
  const refused = [...new Set(problems.map(({ connector }) => connector))].map((connector): ErrorReport => {
    const own = problems.filter((problem) => problem.connector === connector);
    const keys = [...new Set(own.map(({ key }) => key ?? 'the config as a whole'))];
    return {
      code: 'CONNECT_INVALID_CONFIG',
      message: `Connector ${connector.name} (${connector.file}): the worker objects to ${keys.join(', ')}.`,
      hint: 'The findings say why; nothing was changed.',
    };
  });
  const wrong = lint.filter(({ severity, silenced }) => severity === 'error' && silenced === undefined);
  if (wrong.length === 0) return refused;
  const rules = [...new Set(wrong.map(({ rule }) => rule))].sort().join(', ');
  const hint =
    'Correct what the findings say, or silence a rule with its reason under "lint: ignore:" of the config file.';
  return [...refused, { code: 'CONNECT_LINT', message: `The connector configs are wrong: ${rules}.`, hint }];
}
