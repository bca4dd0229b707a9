/** The schema as documents show it: action.yml's `inputs:`, the composite's environment, and the README tables. */
import { environmentName } from './action-inputs.ts';
import { INPUT_GROUPS, type InputSpec } from './schema/input-spec.ts';
import { GROUP_TITLES, INPUTS } from './schema/schema.ts';

/**
 * The entries under `inputs:` of action.yml, indented by two. No `default:` but GitHub's own two, on purpose: an empty
 * input means "not given", so that the config file is not overruled by defaults.
 */
export function renderActionInputs(): string {
  return INPUTS.map(({ name, description, actionDefault }) => {
    const byDefault = actionDefault === undefined ? '' : `    default: \${{ ${actionDefault} }}\n`;
    return `  ${name}:\n    description: ${yamlText(description)}\n${byDefault}`;
  }).join('');
}

/** The `env:` entries that hand every input but GitHub's own to the run step, indented by eight. */
export function renderActionEnvironment(): string {
  const handed = INPUTS.filter(({ ofGitHub }) => ofGitHub !== true);
  return handed.map(({ name }) => `        ${environmentName(name)}: \${{ ${valueForRun(name)} }}\n`).join('');
}

/** The first step turns `from-pr` into the hash that it found. */
function valueForRun(name: string): string {
  return name === 'approved-plan' ? `steps.prepare.outputs.${name} || inputs.${name}` : `inputs.${name}`;
}

/** The dozen inputs that most people need. */
export function renderFirstInputs(): string {
  return renderTable(INPUTS.filter(({ importance }) => importance === 'first'));
}

/** All inputs, one folded table a group. */
export function renderAllInputs(): string {
  return INPUT_GROUPS.map((group) => {
    const table = renderTable(INPUTS.filter((spec) => spec.group === group));
    return `<details>\n<summary>${GROUP_TITLES[group]}</summary>\n\n${table}\n</details>\n`;
  }).join('\n');
}

/**
 * Replaces the lines between the marker lines of `section`; `# inputs:start` … `# inputs:end` in YAML,
 * `<!-- inputs:start -->` … in Markdown. null: the markers are not there.
 */
export function replaceSection(text: string, section: string, body: string): string | null {
  const lines = text.split('\n');
  const start = lines.findIndex((line) => isMarker(line, `${section}:start`));
  const end = lines.findIndex((line) => isMarker(line, `${section}:end`));
  if (start < 0 || end < start) return null;
  return [...lines.slice(0, start + 1), ...body.replace(/\n$/, '').split('\n'), ...lines.slice(end)].join('\n');
}

function isMarker(line: string, marker: string): boolean {
  const trimmed = line.trim();
  return trimmed === `# ${marker}` || trimmed === `<!-- ${marker} -->`;
}

function renderTable(specs: readonly InputSpec[]): string {
  const rows = specs.map((spec) => `| \`${spec.name}\` | ${describe(spec)} | ${renderDefault(spec)} |\n`);
  return `| Input | What it says | Default |\n| --- | --- | --- |\n${rows.join('')}`;
}

function describe(spec: InputSpec): string {
  const choices =
    spec.choices === undefined ? '' : ` One of ${spec.choices.map((choice) => `\`${choice}\``).join(', ')}.`;
  const commands = spec.commands === undefined ? '' : ` For ${spec.commands.map((name) => `\`${name}\``).join(', ')}.`;
  const secret = spec.secret ? ' **Secret.**' : '';
  return `${cell(spec.description)}${choices}${commands}${secret}`;
}

function renderDefault(spec: InputSpec): string {
  return spec.default === undefined ? '' : `\`${cell(spec.default)}\``;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}

/** A YAML double-quoted scalar, which JSON's string is. */
function yamlText(text: string): string {
  return JSON.stringify(text);
}
