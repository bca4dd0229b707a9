import { type ChildProcess, spawn } from 'node:child_process';

/**
 * A tiny shell that outlives us for a moment: it holds the read end of a pipe, and when this process ends for
 * whatever reason (exit, Ctrl-C, SIGKILL) the pipe closes, it kills the processes by id and removes the folders.
 * It runs in its own session, so that a Ctrl-C in the terminal does not reach it.
 */
const SCRIPT = `
PATH=$PATH:/usr/bin:/bin
pids=
dirs=
nl='
'
while read -r op arg; do
  case $op in
    +pid) pids="$pids $arg" ;;
    -pid) kept=; for pid in $pids; do [ "$pid" = "$arg" ] || kept="$kept $pid"; done; pids=$kept ;;
    +dir) dirs="$dirs$arg$nl" ;;
    forget) pids=; dirs= ;;
  esac
done
[ -n "$pids" ] && kill -KILL $pids 2>/dev/null
IFS=$nl
set -f
tries=0
while [ $tries -lt 600 ]; do
  left=
  for dir in $dirs; do rm -rf -- "$dir" 2>/dev/null; [ -e "$dir" ] && left=$dir; done
  [ -z "$left" ] && exit 0
  tries=$((tries + 1))
  sleep 0.1
done
`;

let watchdog: ChildProcess | undefined;

function tell(line: string): void {
  if (watchdog === undefined) {
    watchdog = spawn('/bin/sh', ['-c', SCRIPT], { stdio: ['pipe', 'ignore', 'ignore'], detached: true, cwd: '/' });
    // Without /bin/sh the bed still works; only the clean-up after a crash is lost.
    watchdog.on('error', () => undefined);
    watchdog.stdin?.on('error', () => undefined);
    watchdog.unref();
    (watchdog.stdin as unknown as { unref(): void }).unref();
  }
  watchdog.stdin?.write(`${line}\n`);
}

export function guardProcess(pid: number): void {
  tell(`+pid ${pid}`);
}

export function unguardProcess(pid: number): void {
  tell(`-pid ${pid}`);
}

/** The folder is removed when this process ends, however it ends. */
export function guardFolder(path: string): void {
  tell(`+dir ${path}`);
}

/** Lets every process and folder outlive this process (`demo --keep`). */
export function releaseAll(): void {
  tell('forget');
}
