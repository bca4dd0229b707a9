import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { debianPrograms } from './debian-tool.ts';
import { PROMETHEUS_FOLDER } from './prometheus.ts';

/** Rejects with what it printed when promtool finds fault. */
async function promtool(...args: string[]): Promise<string> {
  const program = join(await debianPrograms('prometheus'), 'promtool');
  const { stdout, stderr } = await promisify(execFile)(program, args, { cwd: PROMETHEUS_FOLDER });
  return stdout + stderr;
}

describe('the files of Prometheus', () => {
  it('are a valid configuration with its rule files', async () => {
    const said = await promtool('check', 'config', '--lint=all', 'prometheus.yml');
    expect(said).toContain('SUCCESS: 2 rule files found');
  });

  it('name example targets that are valid', async () => {
    const examples = (await readdir(join(PROMETHEUS_FOLDER, 'targets'))).filter((file) => file.endsWith('.example'));
    expect(examples.sort()).toEqual(['action.yml.example', 'brokers.yml.example']);
    for (const file of examples) {
      const groups = parse(readFileSync(join(PROMETHEUS_FOLDER, 'targets', file), 'utf8')) as { targets: string[] }[];
      expect(groups.flatMap(({ targets }) => targets)).toContainEqual(expect.stringMatching(/^[a-z0-9.-]+:\d+$/));
    }
  });

  it('compute what their tests expect', async () => {
    const said = await promtool('test', 'rules', 'tests/recording.yml', 'tests/days.yml', 'tests/alerts.yml');
    expect(said.match(/SUCCESS/g)).toHaveLength(3);
  });
});
