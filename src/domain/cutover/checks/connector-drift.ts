import { type Check, fail, noThreshold, type Opinion, ofWhole, pass, type Seen, unknown } from '../check.ts';
import type { ConnectorFacts } from '../facts.ts';
import { GIVE_CONNECT, ofConnector } from './connectors.ts';

export const connectorDrift: Check = {
  id: 'connector-drift',
  title: 'the connectors run with the configs of the repository',
  next: 'Run apply, or bring the files up to what runs.',
  threshold: noThreshold,
  judge({ facts: { connect } }): readonly Opinion[] {
    if (connect.kind === 'unknown')
      return [ofWhole(unknown(`the configs are not known: ${connect.why}`, GIVE_CONNECT))];
    const live = connect.value.connectors.filter((connector) => connector.live !== null);
    if (live.length === 0) return [ofWhole(unknown('no connector was seen', 'See the check connectors.'))];
    return live.map((connector) => ofConnector(connector, judgeOne(connector)));
  },
};

const MAX_KEYS = 8;

function judgeOne({ driftedKeys }: ConnectorFacts): Seen {
  if (driftedKeys.kind === 'unknown') {
    return unknown(`is compared with nothing: ${driftedKeys.why}`, 'Give its file in connectors.');
  }
  const keys = driftedKeys.value;
  if (keys.length === 0) return pass('is as its file says');
  const more = keys.length > MAX_KEYS ? ` and ${keys.length - MAX_KEYS} more` : '';
  return fail(`differs from its file in ${keys.slice(0, MAX_KEYS).join(', ')}${more}`);
}
