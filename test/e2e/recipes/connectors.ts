/** The connectors of the bed as the worker has them, and files of connectors with other settings. */
import { readConnect } from '../../../src/testbed/connect-rest.ts';
import { putConnectors } from '../../../src/testbed/mm2.ts';
import { putExampleConnectors } from '../../bed/recipes-bed.ts';
import { bed } from './recipe.ts';

type Config = Readonly<Record<string, string>>;

export async function connectorConfig(name: string): Promise<Config> {
  const call = { authorization: bed.connectAuthorization };
  return (await readConnect(bed.plainConnectUrl, `/connectors/${name}/config`, call)) as Config;
}

/** As somebody does by hand, past the repository. */
export async function changeByHand(name: string, changes: Config): Promise<void> {
  const config = { ...(await connectorConfig(name)), ...changes };
  await putConnectors(bed.plainConnectUrl, [config], bed.connectAuthorization);
}

export function restoreConnectors(): Promise<void> {
  return putExampleConnectors(bed);
}

/** The text of a file of a connector with these settings changed, in the same lines. Throws where one is not there. */
export function edited(text: string, changes: Config): string {
  return Object.entries(changes).reduce((sofar, [key, value]) => {
    const line = new RegExp(`("${key.replaceAll('.', '\\.')}": )"[^"]*"`);
    if (!line.test(sofar)) throw new Error(`the file has no ${key}`);
    return sofar.replace(line, (_all, before: string) => `${before}${JSON.stringify(value)}`);
  }, text);
}
