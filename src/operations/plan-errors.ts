import type { ConnectorProblem } from '../domain/connectors/config-problems.ts';
import type { FindingPlace } from '../domain/finding.ts';
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
  return [...refused, ...lintErrors(lint)];
}

const MOST_PLACES = 10;

/** One error for everything that the lint calls wrong and nobody has silenced: then nothing may be written. */
export function lintErrors(lint: readonly Finding[]): readonly ErrorReport[] {
  const wrong = lint.filter(({ severity, silenced }) => severity === 'error' && silenced === undefined);
  if (wrong.length === 0) return [];
  const places = [...new Set(wrong.map(({ at, where, rule }) => `${placeOf(at) ?? where} (${rule})`))];
  const shown = places.slice(0, MOST_PLACES).join(', ');
  const more = places.length > MOST_PLACES ? ` and ${places.length - MOST_PLACES} more` : '';
  const hint =
    'Correct what the findings say, or silence a rule with its reason under "lint: ignore:" of the config file.';
  return [{ code: 'CONNECT_LINT', message: `The connector configs are wrong: ${shown}${more}.`, hint }];
}

function placeOf(at: FindingPlace | undefined): string | null {
  if (at === undefined) return null;
  return at.line === null ? at.file : `${at.file}:${at.line}`;
}
