import { judgeRuntime } from '../../connectors/mm2-runtime.ts';
import { type Check, fail, ofWhole, pass, unknown } from '../check.ts';
import { GIVE_CONNECT } from './connectors.ts';

export const mm2Version: Check = {
  id: 'mm2-version',
  title: 'MM2 is a version that translates safely',
  next: 'Run the connectors on Kafka Connect 3.7.1 or later; brokers may stay as they are.',
  threshold: () => '3.4.1 or later',
  judge({ facts: { connect } }) {
    if (connect.kind === 'unknown') return [ofWhole(unknown(`the version is not known: ${connect.why}`, GIVE_CONNECT))];
    const { version, url } = connect.value;
    const { distrust, findings } = judgeRuntime(version, url);
    if (distrust !== null) return [ofWhole(fail(distrust))];
    const [finding] = findings;
    if (finding?.rule === 'mm2-runtime-unknown') return [ofWhole(unknown(finding.message, finding.hint))];
    return [ofWhole(pass(`MM2 ${version}`, finding?.message))];
  },
};
