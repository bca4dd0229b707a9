import { execFile } from 'node:child_process';
import { env } from 'node:process';
import { bedError } from './errors.ts';
import { guardProcess, unguardProcess } from './watchdog.ts';

const OLDEST_JAVA = 17;

export interface CommandResult {
  /** Null when it was ended by a signal. */
  readonly exitCode: number | null;
  readonly output: string;
}

/**
 * Runs a command to its end, or to that of this process; stdout and stderr together. Throws a bed error with `missing`
 * if it is not on PATH.
 */
export function runCommand(
  command: string,
  args: readonly string[],
  options: { cwd?: string; missing: string; timeoutMs?: number; env?: NodeJS.ProcessEnv },
): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const { cwd, env, timeoutMs = 0 } = options;
    const settings = { cwd, env, maxBuffer: 64 * 1024 * 1024, timeout: timeoutMs };
    const child = execFile(command, [...args], settings, (error, stdout, stderr) => {
      if (child.pid !== undefined) unguardProcess(child.pid);
      if (error !== null && error.code === 'ENOENT') return reject(bedError(options.missing));
      const exitCode = error === null ? 0 : typeof error.code === 'number' ? error.code : null;
      resolve({ exitCode, output: stdout + stderr });
    });
    if (child.pid !== undefined) guardProcess(child.pid);
  });
}

let checked: Promise<void> | undefined;

/** Throws one clear line unless a Java of at least 17 is on PATH. Looked up once a process. */
export function requireJava(): Promise<void> {
  checked ??= checkJava().catch((error: unknown) => {
    checked = undefined;
    throw error;
  });
  return checked;
}

async function checkJava(): Promise<void> {
  const missing = `Java >= ${OLDEST_JAVA} was not found on PATH (no \`java\`). Install a JRE ${OLDEST_JAVA} or newer; Kafka runs on it.`;
  const { output } = await runCommand('java', ['-version'], { missing });
  const seen = /version "(\d+)[^"]*"/.exec(output);
  if (seen === null || Number(seen[1]) < OLDEST_JAVA) {
    const what = seen === null ? output.trim().split('\n')[0] : seen[0];
    throw bedError(
      `Java >= ${OLDEST_JAVA} was not found on PATH (seen: ${what}). Kafka runs on ${OLDEST_JAVA} or newer.`,
    );
  }
}

/** Java reads arguments and files, and prints, by the locale; names of groups are UTF-8 whatever that is here. */
export function javaEnvironment(): NodeJS.ProcessEnv {
  return { ...env, LC_ALL: 'C.UTF-8' };
}

/** Small and quick to start: many JVMs share two cores here. */
export const JVM_FLAGS: readonly string[] = [
  '-Xmx384m',
  '-XX:+UseSerialGC',
  '-XX:TieredStopAtLevel=1',
  '-Djava.awt.headless=true',
];

export interface JavaProgram {
  readonly classPath: string;
  readonly mainClass: string;
  readonly args: readonly string[];
  readonly log4jFile: string;
  readonly jvmFlags?: readonly string[] | undefined;
}

export function javaArguments(program: JavaProgram): readonly string[] {
  return [
    ...(program.jvmFlags ?? JVM_FLAGS),
    `-Dlog4j.configuration=file:${program.log4jFile}`,
    `-Dlog4j2.configurationFile=${program.log4jFile}`,
    '-cp',
    program.classPath,
    program.mainClass,
    ...program.args,
  ];
}

/** One console appender; the process's output is its log file. */
export function log4jProperties(log4j2: boolean): string {
  if (!log4j2) {
    return `log4j.rootLogger=INFO, out
log4j.appender.out=org.apache.log4j.ConsoleAppender
log4j.appender.out.layout=org.apache.log4j.PatternLayout
log4j.appender.out.layout.ConversionPattern=%d{ISO8601} %p %m (%c{1})%n
`;
  }
  return `rootLogger.level=INFO
rootLogger.appenderRef.out.ref=out
appender.out.type=Console
appender.out.name=out
appender.out.layout.type=PatternLayout
appender.out.layout.pattern=%d{ISO8601} %p %m (%c{1})%n
`;
}
