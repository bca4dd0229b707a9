/** The action's environment → raw inputs. The composite maps every input to `INPUT_` + upper case with underscores. */
export function readActionInputs(
  environment: Readonly<Record<string, string | undefined>>,
): ReadonlyMap<string, string> {
  throw new Error(`not built yet: ${Object.keys(environment).length}`);
}
