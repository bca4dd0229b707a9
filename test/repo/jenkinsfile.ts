/** As much of a declarative pipeline as our example needs: what its shell steps say, and whether it is put together well. */

export interface Stage {
  readonly name: string;
  /** Commands of its `sh` steps, as the shell gets them. */
  readonly steps: readonly string[];
  /** Variables of the pipeline that are plain texts. */
  readonly environment: Readonly<Record<string, string>>;
}

export function shellStages(text: string): readonly Stage[] {
  const code = withoutComments(text);
  const environment: Record<string, string> = {};
  for (const [, name = '', value = ''] of (section(code, 'environment') ?? '').matchAll(/^\s*(\w+) = '([^'\n]*)'$/gm)) {
    environment[name] = value;
  }
  const parts = code.split(/\bstage\('([^']+)'\) \{/).slice(1);
  const stages: Stage[] = [];
  for (let index = 0; index < parts.length; index += 2) {
    const body = (parts[index + 1] ?? '').split(/^ {2}post \{/m)[0] ?? '';
    const steps = [...body.matchAll(/\bsh (?:'''([\s\S]*?)'''|'([^'\n]*)')/g)].map(
      ([, long, short]) => long ?? short ?? '',
    );
    stages.push({ name: parts[index] ?? '', steps, environment });
  }
  return stages;
}

/** Body of a section of the pipeline itself; null where there is none. */
export function section(code: string, name: string): string | null {
  return new RegExp(`^ {2}${name} \\{\\n([\\s\\S]*?)^ {2}\\}$`, 'm').exec(code)?.[1] ?? null;
}

/** Lines of comments, which stand by themselves. */
export function withoutComments(text: string): string {
  return text.replaceAll(/^\s*\/\/.*\n/gm, '');
}

/** Brackets and quotes that are not closed, by line; a lint for want of a Jenkins. */
export function openEnds(text: string): readonly string[] {
  const pairs: Readonly<Record<string, string>> = { '}': '{', ')': '(', ']': '[' };
  const open: { readonly char: string; readonly line: number }[] = [];
  const problems: string[] = [];
  const code = withoutComments(text).replaceAll(/'''[\s\S]*?'''/g, (quoted) => quoted.replaceAll(/[^\n]/g, ' '));
  for (const [index, line] of code.split('\n').entries()) {
    const bare = line.replaceAll(/'[^']*'/g, '');
    if (bare.includes("'")) problems.push(`line ${index + 1}: a quote is not closed`);
    for (const char of bare) {
      if ('{(['.includes(char)) open.push({ char, line: index + 1 });
      else if (char in pairs && open.pop()?.char !== pairs[char])
        problems.push(`line ${index + 1}: ${char} closes nothing`);
    }
  }
  return [...problems, ...open.map(({ char, line }) => `line ${line}: ${char} is not closed`)];
}
