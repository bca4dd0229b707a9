import { readFileSync } from 'node:fs';

export interface GoldenCase<Answer> {
  readonly text: string;
  /** null: Java refuses the text. */
  readonly java: Answer | null;
}

/** Cases with the answers that Java gave (Golden.java). */
export function readGolden<Answer>(name: 'properties' | 'jaas' | 'patterns'): readonly GoldenCase<Answer>[] {
  const lines = (file: string): readonly string[] =>
    readFileSync(new URL(`./${name}-${file}.jsonl`, import.meta.url), 'utf8')
      .trimEnd()
      .split('\n');
  const answers = lines('golden');
  return lines('cases').map((line, index) => ({
    text: JSON.parse(line) as string,
    java: JSON.parse(answers[index] ?? 'null') as Answer | null,
  }));
}
