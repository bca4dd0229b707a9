import { CONNECTOR_STATES } from '../../domain/connectors/connector-state.ts';
import { isPlanHash } from '../../domain/connectors/plan-hash.ts';
import { splitList } from '../../domain/patterns.ts';
import type { InputReader } from '../input-reader.ts';
import { asCommaList, readBoolean, readChoice, readDuration } from '../read-values.ts';
import type { ApplyInputs } from '../typed-inputs.ts';
import { show } from '../values/show.ts';

export function readApply(reader: InputReader): ApplyInputs {
  const connectors = reader.given('connectors');
  if (connectors !== null && /^\s*[{[]\s*["'\n]/.test(connectors)) {
    const hint = 'Write the connector to a file of the repository and give its path; its content stays out of the log.';
    reader.problem('connectors', 'a path or glob of files', 'the content of a connector (hidden)', hint);
  } else if (connectors !== null && /^https?:\/\//i.test(connectors)) {
    const hint = 'Check the files out first; the address of the workers goes to connect-url.';
    reader.problem('connectors', 'a path or glob of files', 'a URL (hidden)', hint);
  } else if (connectors?.includes('\n')) {
    const hint = 'Write one glob, e.g. connectors/{source,checkpoint}.json.';
    reader.problem('connectors', 'one path or glob', show(connectors), hint);
  }
  return {
    connectors,
    applyTimeoutMs: readDuration(reader, 'apply-timeout', 1_000) ?? 0,
    state: reader.isGiven('connector-state') ? readChoice(reader, 'connector-state', CONNECTOR_STATES) : null,
    approvedPlan: readApprovedPlan(reader),
    removeConnectors: splitList(asCommaList(reader.given('remove-connectors') ?? '')),
    restoreOnFailure: readBoolean(reader, 'restore-on-failure') ?? false,
  };
}

/** The first step of the action has replaced `from-pr` by then. */
function readApprovedPlan(reader: InputReader): string | null {
  const given = reader.given('approved-plan');
  if (given === null || isPlanHash(given)) return given;
  const expected = 'a plan-hash, whole and as plan gave it';
  const hint =
    given === 'from-pr'
      ? 'from-pr works in a run of the action for apply and migrate; elsewhere give the hash itself.'
      : 'Copy it from the output plan-hash or from the summary of the plan.';
  reader.problem('approved-plan', expected, show(given), hint);
  return null;
}
