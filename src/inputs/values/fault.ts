/** What is wrong with a text, before it is known which input holds it. `seen` is free of secrets. */
export interface Fault {
  readonly expected: string;
  readonly seen: string;
  readonly hint: string;
}
