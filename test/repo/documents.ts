/** What the documents and examples print, found in their text. */
import { parse } from 'yaml';

export interface Use {
  /** `with:` of a step that uses this action. */
  readonly inputs: Readonly<Record<string, unknown>>;
}

interface Step {
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Workflow {
  readonly jobs?: Readonly<Record<string, { readonly steps?: readonly Step[] }>>;
  readonly steps?: readonly Step[];
}

/** How the documents name this action: one placeholder everywhere. */
export const USES = 'OWNER/kafka-mm2-migration-action@v1';

/** The uses of this action in a workflow, in a part of one, or in a list of steps. */
export function usesIn(yaml: string): readonly Use[] {
  const content = parse(yaml) as Workflow | readonly Step[] | null;
  const jobs = isList(content) ? [] : Object.values(content?.jobs ?? {});
  const steps = isList(content) ? content : [...(content?.steps ?? []), ...jobs.flatMap((job) => job.steps ?? [])];
  return steps.filter((step) => step.uses?.includes('kafka-mm2-migration-action')).map((step) => useOf(step));
}

function useOf(step: Step): Use {
  if (step.uses !== USES) throw new Error(`${step.uses} is not ${USES}`);
  return { inputs: step.with ?? {} };
}

function isList(content: Workflow | readonly Step[] | null): content is readonly Step[] {
  return Array.isArray(content);
}

/** The fenced blocks of a language. */
export function codeBlocks(markdown: string, language: string): readonly string[] {
  return [...markdown.matchAll(/^( *)```(\w+)\n([\s\S]*?)^ *```$/gm)]
    .filter(([, , name]) => name === language)
    .map(([, indent = '', , body = '']) => body.replaceAll(new RegExp(`^${indent}`, 'gm'), ''));
}

/** Commands of the shell blocks, with lines that a backslash continues joined, and without comments. */
export function commandsIn(markdown: string): readonly string[] {
  return codeBlocks(markdown, 'sh').flatMap((block) =>
    block
      .replaceAll(/\\\n\s*/g, ' ')
      .split('\n')
      .map((line) => line.replace(/(?:^|\s)#.*$/, '').trim())
      .filter((line) => line !== ''),
  );
}

/** Words of a command as a shell splits them: single and double quotes, no expansion. */
export function wordsOf(command: string): readonly string[] {
  const words = command.match(/(?:'[^']*'|"[^"]*"|[^\s'"]+)+/g) ?? [];
  return words.map((word) => word.replaceAll(/'([^']*)'|"([^"]*)"/g, '$1$2'));
}

/** Targets of the links that stay in the repository, without their anchors. */
export function relativeLinks(markdown: string): readonly string[] {
  const targets = [...markdown.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
  return targets.filter((target) => !/^(?:[a-z]+:|#)/.test(target)).map((target) => target.replace(/#.*$/, ''));
}
