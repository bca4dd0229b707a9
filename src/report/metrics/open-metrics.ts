/** The text format of OpenMetrics, as far as gauges need it: no units and no timestamps, so that both formats agree. */

export type Labels = Readonly<Record<string, string>>;

export interface Sample {
  /** Values are untrusted; an empty one is left out. */
  readonly labels: Labels;
  readonly value: bigint | number;
}

export interface Gauge {
  readonly name: string;
  readonly help: string;
  readonly samples: readonly Sample[];
}

/** Gauges without a sample are left out. Ends with the line that tells a reader that nothing is missing. */
export function* openMetricsLines(gauges: readonly Gauge[]): Generator<string> {
  for (const { name, help, samples } of gauges) {
    if (samples.length === 0) continue;
    yield `# HELP ${name} ${help}\n# TYPE ${name} gauge\n`;
    for (const { labels, value } of samples) yield `${name}${labelText(labels)} ${value}\n`;
  }
  yield '# EOF\n';
}

function labelText(labels: Labels): string {
  const parts = Object.entries(labels)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}="${escaped(value)}"`);
  return parts.length === 0 ? '' : `{${parts.join(',')}}`;
}

function escaped(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
