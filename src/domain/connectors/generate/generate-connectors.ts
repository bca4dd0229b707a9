/** Facts of a migration → MM2's three connectors, in the order in which they are applied. */
import { type ConnectorConfig, GENERATED } from '../connector-config.ts';
import type { Mm2Connector } from '../keys/key-fate.ts';
import { clientSettings, overridingSettings, type Settings, withPrefix } from './client-settings.ts';
import { propertiesFor } from './connector-properties.ts';
import type { GenerationFacts } from './generation.ts';
import { converterSettings, identitySettings, policySettings, selectionSettings } from './naming.ts';
import { tuningSettings } from './tuning.ts';

const CONNECTORS: readonly Mm2Connector[] = ['source', 'checkpoint', 'heartbeat'];

/** Each holds references in place of secrets; keys come in the order in which a person reads them. */
export function generateConnectors(facts: GenerationFacts): readonly ConnectorConfig[] {
  return CONNECTORS.map((connector) => {
    const settings = new Map([
      ...identitySettings(facts, connector),
      ...connectionSettings(facts, connector),
      ...policySettings(facts, connector),
      ...selectionSettings(facts, connector),
      ...converterSettings(),
      ...tuningSettings(facts, connector),
      ...propertiesFor(connector, facts.properties),
    ]);
    const config = Object.fromEntries(settings);
    return {
      name: settings.get('name') ?? '',
      class: settings.get('connector.class') ?? '',
      config,
      file: GENERATED,
      lines: new Map(),
    };
  });
}

/**
 * Connect writes what a connector produces to the worker's own cluster, with the worker's credentials. The overrides say
 * which cluster is meant, so that neither depends on the worker. The heartbeat connector creates and writes its topic
 * on the source, where the source connector finds it: only so `<source>.heartbeats` appears on the target.
 */
function connectionSettings(facts: GenerationFacts, connector: Mm2Connector): Settings {
  const source = clientSettings(facts, 'source');
  if (connector === 'heartbeat') return written(source);
  return new Map([...withPrefix('source.cluster.', source), ...written(clientSettings(facts, 'target'))]);
}

function written(cluster: Settings): Settings {
  return new Map([
    ...withPrefix('target.cluster.', cluster),
    ...withPrefix('producer.override.', overridingSettings(cluster)),
  ]);
}
