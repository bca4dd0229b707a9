// A reporter of vitest that writes what failed to the file of FAILURES_FILE, as a JSON list of texts: tests, and the
// hooks and files around them, which the JSON reporter leaves out.
import { writeFileSync } from 'node:fs';

const MAX_CHARS = 4_000;

export default class FailuresReporter {
  onTestRunEnd(modules, unhandledErrors) {
    const failures = modules.flatMap((module) => failuresOf(module, [module.relativeModuleId]));
    const texts = [...failures, ...unhandledErrors.map((error) => words('outside of any test', [error]))];
    writeFileSync(process.env.FAILURES_FILE, JSON.stringify(texts));
  }
}

function failuresOf(task, path) {
  const own = task.type === 'test' ? (task.result().errors ?? []) : task.errors();
  const said = own.length === 0 ? [] : [words(path.join(' > '), own)];
  if (task.type === 'test') return said;
  return [...said, ...[...task.children].flatMap((child) => failuresOf(child, [...path, child.name]))];
}

function words(where, errors) {
  const texts = errors.map(({ message, stack }) => (stack?.includes(message) ? stack : `${message}\n${stack ?? ''}`));
  return `${where}\n${texts.join('\n')}`.slice(0, MAX_CHARS);
}
