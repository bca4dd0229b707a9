export const id = 420;
export const ids = [420];
export const modules = {

/***/ 97420:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  runDemo: () => (/* binding */ runDemo)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(48161);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
;// CONCATENATED MODULE: ./build/testbed/listeners.js
const PLAIN_LISTENER = { name: 'PLAINTEXT', protocol: 'PLAINTEXT' };
/** Added when the caller asks for no plaintext listener: the brokers talk over it, and so does the bed itself. */
const INTERNAL_LISTENER = { name: 'INTERNAL', protocol: 'PLAINTEXT' };
/** A SASL/PLAIN listener with these users (name to password). */
function saslPlainListener(users, options = {}) {
    const logins = Object.entries(users).map(([user, password]) => ` user_${user}="${password}"`);
    return {
        name: options.name ?? 'SASL',
        protocol: options.protocol ?? 'SASL_PLAINTEXT',
        properties: {
            ...options.properties,
            'sasl.enabled.mechanisms': 'PLAIN',
            'plain.sasl.jaas.config': `org.apache.kafka.common.security.plain.PlainLoginModule required${logins.join('')};`,
        },
    };
}
function listenerSet(specs = [PLAIN_LISTENER]) {
    const given = specs.length === 0 ? [PLAIN_LISTENER] : specs;
    const internal = given.find((spec) => spec.protocol === 'PLAINTEXT') ?? INTERNAL_LISTENER;
    const all = given.includes(internal) ? given : [...given, internal];
    return { all, first: all[0] ?? internal, internal };
}
/** `listener.name.<name>.<key>` for every listener's own properties. */
function listenerProperties(set) {
    const entries = set.all.flatMap((spec) => Object.entries(spec.properties ?? {}).map(([key, value]) => [
        `listener.name.${spec.name.toLowerCase()}.${key}`,
        value,
    ]));
    return Object.fromEntries(entries);
}

;// CONCATENATED MODULE: ./build/testbed/pom.js
/** Versions whose jars the bed knows how to run; others work where their main classes are the same. */
const KAFKA_VERSION = '4.3.1';
const DEPENDENCY_PLUGIN = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1';
/** `[4, 3]` for "4.3.1". */
function majorMinor(version) {
    const [major = '0', minor = '0'] = version.split('.');
    return [Number(major), Number(minor)];
}
/** Brokers before 3.3 have no production KRaft and get a ZooKeeper. */
function usesZooKeeper(version) {
    const [major, minor] = majorMinor(version);
    return major < 3 || (major === 3 && minor < 3);
}
/** Kafka 4 logs through log4j 2 and leaves the slf4j binding to its distribution; older ones bring log4j 1. */
function usesLog4j2(version) {
    return majorMinor(version)[0] >= 4;
}
/** The Maven project whose runtime dependencies are everything a broker, a Connect worker and MM2 need. */
function pomOf(version) {
    const kafka = (id) => ({ group: 'org.apache.kafka', id, version });
    const artifacts = ['kafka_2.13', 'kafka-tools', 'connect-runtime', 'connect-json', 'connect-mirror'].map(kafka);
    if (usesLog4j2(version))
        artifacts.push(log4jBinding(version));
    return `<?xml version="1.0" encoding="UTF-8"?>
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>bed</groupId>
  <artifactId>bed</artifactId>
  <version>${version}</version>
  <packaging>pom</packaging>
  <dependencies>
${artifacts.map(dependency).join('\n')}
  </dependencies>
</project>
`;
}
function log4jBinding(version) {
    const [major, minor] = majorMinor(version);
    const log4j = major === 4 && minor < 2 ? '2.24.3' : '2.25.4';
    return { group: 'org.apache.logging.log4j', id: 'log4j-slf4j-impl', version: log4j };
}
function dependency({ group, id, version }) {
    return `    <dependency><groupId>${group}</groupId><artifactId>${id}</artifactId><version>${version}</version></dependency>`;
}

;// CONCATENATED MODULE: ./build/testbed/broker-config.js


/** Everything in `server.properties` of one broker; the caller's properties win. */
function brokerProperties(plan, broker) {
    return {
        ...testDefaults(plan),
        ...(usesZooKeeper(plan.version) ? zooKeeperProperties(plan, broker) : kraftProperties(plan, broker)),
        ...listenerProperties(plan.listeners),
        ...superUser(plan),
        'log.dirs': broker.dataFolder,
        'inter.broker.listener.name': plan.listeners.internal.name,
        'advertised.listeners': listenerUrls(plan, broker, true).join(','),
        ...plan.properties,
    };
}
function propertiesText(properties) {
    const escaped = (value) => value.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
    const lines = Object.entries(properties).map(([key, value]) => `${key}=${escaped(value)}\n`);
    return lines.join('');
}
function testDefaults(plan) {
    const replicas = String(Math.min(3, plan.brokers.length));
    return {
        'auto.create.topics.enable': 'false',
        'default.replication.factor': replicas,
        'min.insync.replicas': '1',
        'num.partitions': '1',
        'offsets.topic.num.partitions': '5',
        'offsets.topic.replication.factor': replicas,
        'transaction.state.log.num.partitions': '3',
        'transaction.state.log.replication.factor': replicas,
        'transaction.state.log.min.isr': '1',
        'group.initial.rebalance.delay.ms': '0',
        // Tests call deleteRecords and look at log starts right after.
        'log.retention.check.interval.ms': '5000',
        ...shareGroupProperties(plan.version, replicas),
    };
}
function shareGroupProperties(version, replicas) {
    if (majorMinor(version)[0] < 4)
        return {};
    return {
        'share.coordinator.state.topic.num.partitions': '3',
        'share.coordinator.state.topic.replication.factor': replicas,
        'share.coordinator.state.topic.min.isr': '1',
    };
}
function kraftProperties(plan, broker) {
    const voters = plan.brokers.filter((one) => one.controllerPort !== undefined);
    const controller = broker.controllerPort;
    const own = controller === undefined ? [] : [`CONTROLLER://127.0.0.1:${controller}`];
    return {
        'node.id': String(broker.id),
        'process.roles': controller === undefined ? 'broker' : 'broker,controller',
        'controller.quorum.voters': voters.map((one) => `${one.id}@127.0.0.1:${one.controllerPort}`).join(','),
        'controller.listener.names': 'CONTROLLER',
        listeners: [...listenerUrls(plan, broker, false), ...own].join(','),
        'listener.security.protocol.map': protocolMap(plan, ['CONTROLLER:PLAINTEXT']),
    };
}
function zooKeeperProperties(plan, broker) {
    return {
        'broker.id': String(broker.id),
        'zookeeper.connect': `127.0.0.1:${plan.zooKeeperPort}`,
        listeners: listenerUrls(plan, broker, false).join(','),
        'listener.security.protocol.map': protocolMap(plan, []),
    };
}
function protocolMap(plan, more) {
    return [...plan.listeners.all.map((spec) => `${spec.name}:${spec.protocol}`), ...more].join(',');
}
function listenerUrls(plan, broker, advertised) {
    return plan.listeners.all.map((spec) => {
        const host = advertised ? (spec.advertisedHost ?? '127.0.0.1') : '127.0.0.1';
        return `${spec.name}://${host}:${broker.ports[spec.name]}`;
    });
}
// With an authorizer, the brokers among themselves and the bed (both without a login) must be allowed everything.
function superUser(plan) {
    return plan.properties['authorizer.class.name'] === undefined ? {} : { 'super.users': 'User:ANONYMOUS' };
}

// EXTERNAL MODULE: ./build/errors.js
var errors = __webpack_require__(19473);
;// CONCATENATED MODULE: ./build/testbed/errors.js

/** What the bed throws: one clear line, code `TESTBED`, never a secret. */
function bedError(message, options = {}) {
    return new errors/* MigrationError */.Py('TESTBED', message, options);
}
function messageOf(error) {
    return error instanceof Error ? error.message : String(error);
}

// EXTERNAL MODULE: external "node:child_process"
var external_node_child_process_ = __webpack_require__(31421);
;// CONCATENATED MODULE: ./build/testbed/java.js


const OLDEST_JAVA = 17;
/** Runs a command to its end; stdout and stderr together. Throws a bed error with `missing` if it is not on PATH. */
function runCommand(command, args, options) {
    return new Promise((resolve, reject) => {
        const { cwd, env, timeoutMs = 0 } = options;
        const settings = { cwd, env, maxBuffer: 64 * 1024 * 1024, timeout: timeoutMs };
        (0,external_node_child_process_.execFile)(command, [...args], settings, (error, stdout, stderr) => {
            if (error !== null && error.code === 'ENOENT')
                return reject(bedError(options.missing));
            const exitCode = error === null ? 0 : typeof error.code === 'number' ? error.code : null;
            resolve({ exitCode, output: stdout + stderr });
        });
    });
}
let checked;
/** Throws one clear line unless a Java of at least 17 is on PATH. Looked up once a process. */
function requireJava() {
    checked ??= checkJava().catch((error) => {
        checked = undefined;
        throw error;
    });
    return checked;
}
async function checkJava() {
    const missing = `Java >= ${OLDEST_JAVA} was not found on PATH (no \`java\`). Install a JRE ${OLDEST_JAVA} or newer; Kafka runs on it.`;
    const { output } = await runCommand('java', ['-version'], { missing });
    const seen = /version "(\d+)[^"]*"/.exec(output);
    if (seen === null || Number(seen[1]) < OLDEST_JAVA) {
        const what = seen === null ? output.trim().split('\n')[0] : seen[0];
        throw bedError(`Java >= ${OLDEST_JAVA} was not found on PATH (seen: ${what}). Kafka runs on ${OLDEST_JAVA} or newer.`);
    }
}
/** Small and quick to start: many JVMs share two cores here. */
const JVM_FLAGS = [
    '-Xmx384m',
    '-XX:+UseSerialGC',
    '-XX:TieredStopAtLevel=1',
    '-Djava.awt.headless=true',
];
function javaArguments(program) {
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
function log4jProperties(log4j2) {
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

;// CONCATENATED MODULE: ./build/testbed/jars.js






function defaultJarCache() {
    return (0,external_node_path_.join)((0,external_node_os_.homedir)(), '.cache', 'kafka-mm2-migration-action', 'jars');
}
/**
 * The jars of one Kafka version: from the cache, else through `mvn` on PATH. Two processes may do this at once: each
 * fills its own folder beside the cache and renames it into place; the later one throws its copy away.
 * Throws a bed error of one line when `java` (>= 17) or, with an empty cache, `mvn` is missing.
 */
async function resolveJars(options = {}) {
    await requireJava();
    const version = options.version ?? KAFKA_VERSION;
    const cache = options.cacheFolder ?? defaultJarCache();
    const folder = (0,external_node_path_.join)(cache, version);
    const pom = pomOf(version);
    if (!(await isFilled(folder, pom))) {
        // Clusters that start beside each other share one download.
        const filling = fillings.get(folder) ?? fill(cache, folder, version, pom, options.log);
        fillings.set(folder, filling);
        await filling.finally(() => fillings.delete(folder));
    }
    return { version, folder, classPath: (0,external_node_path_.join)(folder, '*') };
}
const fillings = new Map();
// A finished folder holds the pom it was filled from; another pom means that the bed's needs have changed since.
async function isFilled(folder, pom) {
    try {
        return (await (0,promises_.readFile)((0,external_node_path_.join)(folder, 'pom.xml'), 'utf8')) === pom;
    }
    catch {
        return false;
    }
}
async function fill(cache, folder, version, pom, log) {
    await (0,promises_.mkdir)(cache, { recursive: true });
    const fresh = await (0,promises_.mkdtemp)((0,external_node_path_.join)(cache, `.${version}-`));
    try {
        await (0,promises_.writeFile)((0,external_node_path_.join)(fresh, 'pom.xml'), pom);
        log?.(`Fetching the jars of Kafka ${version} with Maven (once; kept in ${folder})`);
        await runMaven(fresh, version);
        await moveIntoPlace(fresh, folder, pom);
    }
    finally {
        await (0,promises_.rm)(fresh, { recursive: true, force: true });
    }
}
async function runMaven(folder, version) {
    const goal = `${DEPENDENCY_PLUGIN}:copy-dependencies`;
    const args = ['-B', '-ntp', '-q', goal, '-DincludeScope=runtime', `-DoutputDirectory=${folder}`];
    const missing = `Maven was not found on PATH (no \`mvn\`) and the jars of Kafka ${version} are not cached. Install Maven 3.`;
    const { exitCode, output } = await runCommand('mvn', args, { cwd: folder, missing });
    if (exitCode === 0)
        return;
    const reason = output.split('\n').find((line) => line.includes('ERROR')) ?? output.trim().slice(-300);
    throw bedError(`Maven could not fetch the jars of Kafka ${version} (exit code ${exitCode}): ${reason.trim()}`);
}
async function moveIntoPlace(fresh, folder, pom) {
    try {
        await (0,promises_.rename)(fresh, folder);
    }
    catch (cause) {
        // Another process was quicker, or the folder there is from an older pom and gives way.
        if (await isFilled(folder, pom))
            return;
        const old = `${fresh}-old`;
        await (0,promises_.rename)(folder, old).catch(() => undefined);
        await (0,promises_.rename)(fresh, folder).catch(() => {
            throw bedError(`Cannot move the jars to ${folder}.`, { cause });
        });
        await (0,promises_.rm)(old, { recursive: true, force: true });
    }
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
;// CONCATENATED MODULE: ./build/testbed/watchdog.js

/**
 * A tiny shell that outlives us for a moment: it holds the read end of a pipe, and when this process ends for
 * whatever reason (exit, Ctrl-C, SIGKILL) the pipe closes, it kills the processes by id and removes the folders.
 * It runs in its own session, so that a Ctrl-C in the terminal does not reach it.
 */
const SCRIPT = `
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
while [ $tries -lt 50 ]; do
  left=
  for dir in $dirs; do rm -rf -- "$dir" 2>/dev/null; [ -e "$dir" ] && left=$dir; done
  [ -z "$left" ] && exit 0
  tries=$((tries + 1))
  sleep 0.1
done
`;
let watchdog;
function tell(line) {
    if (watchdog === undefined) {
        watchdog = (0,external_node_child_process_.spawn)('/bin/sh', ['-c', SCRIPT], { stdio: ['pipe', 'ignore', 'ignore'], detached: true, cwd: '/' });
        // Without /bin/sh the bed still works; only the clean-up after a crash is lost.
        watchdog.on('error', () => undefined);
        watchdog.stdin?.on('error', () => undefined);
        watchdog.unref();
        watchdog.stdin.unref();
    }
    watchdog.stdin?.write(`${line}\n`);
}
function guardProcess(pid) {
    tell(`+pid ${pid}`);
}
function unguardProcess(pid) {
    tell(`-pid ${pid}`);
}
/** The folder is removed when this process ends, however it ends. */
function guardFolder(path) {
    tell(`+dir ${path}`);
}
/** Lets every process and folder outlive this process (`demo --keep`). */
function releaseAll() {
    tell('forget');
}

;// CONCATENATED MODULE: ./build/testbed/processes.js







const STOP_GRACE_MS = 5_000;
/** Starts a process that never outlives this one (see watchdog.ts). Throws a bed error if it cannot be started. */
async function startProcess(spec) {
    const log = (0,external_node_fs_.openSync)(spec.logFile, 'a');
    const child = (0,external_node_child_process_.spawn)(spec.command, [...spec.args], { cwd: spec.cwd, stdio: ['ignore', log, log], detached: true });
    (0,external_node_fs_.closeSync)(log);
    await started(child, spec);
    const pid = child.pid ?? 0;
    guardProcess(pid);
    child.unref();
    let status = null;
    const gone = new Promise((resolve) => {
        child.once('exit', (code, signal) => {
            status = signal === null ? `exit code ${code}` : `signal ${signal}`;
            unguardProcess(pid);
            resolve();
        });
    });
    // The timer also keeps Node running until the child, which is unref'd, is gone.
    const end = async (signal, graceMs) => {
        if (status !== null)
            return;
        child.kill(signal);
        const timer = setInterval(() => child.kill('SIGKILL'), Math.max(graceMs, 100));
        await gone;
        clearInterval(timer);
    };
    return {
        name: spec.name,
        pid,
        logFile: spec.logFile,
        exitStatus: () => status,
        kill: () => end('SIGKILL', STOP_GRACE_MS),
        stop: (graceMs = STOP_GRACE_MS) => end('SIGTERM', graceMs),
        logTail: (lines = 25) => tailOf(spec.logFile, lines),
    };
}
function started(child, spec) {
    return new Promise((resolve, reject) => {
        child.once('spawn', resolve);
        child.once('error', (cause) => {
            reject(bedError(`${spec.name}: cannot start ${spec.command}: ${cause.message}.`, { cause }));
        });
    });
}
function tailOf(file, lines) {
    try {
        return (0,external_node_fs_.readFileSync)(file, 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
    }
    catch {
        return `(no log at ${file})`;
    }
}
/** A fresh temp folder that is removed when this process ends, however it ends. */
async function createWorkFolder(prefix) {
    const folder = await (0,promises_.mkdtemp)((0,external_node_path_.join)((0,external_node_os_.tmpdir)(), prefix));
    guardFolder(folder);
    return folder;
}
async function removeWorkFolder(folder) {
    await (0,promises_.rm)(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}

;// CONCATENATED MODULE: ./build/testbed/kafka-node.js






async function prepareNode(jars, workFolder, jvmFlags) {
    await (0,promises_.mkdir)(workFolder, { recursive: true });
    const log4jFile = (0,external_node_path_.join)(workFolder, 'log4j.properties');
    await (0,promises_.writeFile)(log4jFile, log4jProperties(usesLog4j2(jars.version)));
    return { jars, workFolder, log4jFile, jvmFlags };
}
/** Starts one JVM of Kafka's; its output goes to `<name>.log` in the work folder. */
function startNode(context, name, mainClass, args) {
    const { jars, workFolder, log4jFile, jvmFlags } = context;
    return startProcess({
        name,
        command: 'java',
        args: javaArguments({ classPath: jars.classPath, mainClass, args, log4jFile, jvmFlags }),
        cwd: workFolder,
        logFile: (0,external_node_path_.join)(workFolder, `${name}.log`),
    });
}
/** A cluster or directory id as Kafka writes them: 16 bytes in base64url, not starting with a dash. */
function newKafkaId() {
    const id = (0,external_node_crypto_.randomBytes)(16).toString('base64url');
    return id.startsWith('-') ? newKafkaId() : id;
}

// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __webpack_require__(77030);
// EXTERNAL MODULE: external "node:process"
var external_node_process_ = __webpack_require__(1708);
;// CONCATENATED MODULE: ./build/testbed/ports.js






// Below Linux's ephemeral range (32768 and up), so that no outgoing connection takes a port that a stopped broker
// will want again.
const FIRST_PORT = 18_000;
const LAST_PORT = 32_000;
const ATTEMPTS = 200;
/**
 * A free loopback port that no process using the bed has handed out: a broker binds its port only seconds after it
 * was chosen, and beds may start beside each other.
 */
async function freePort() {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
        const port = FIRST_PORT + Math.floor(Math.random() * (LAST_PORT - FIRST_PORT));
        if (reserve(port) && (await canListen(port)))
            return port;
    }
    throw bedError(`No free port on 127.0.0.1 between ${FIRST_PORT} and ${LAST_PORT} after ${ATTEMPTS} attempts.`);
}
// A file a port, naming the process that took it; it counts as long as that process lives.
function reserve(port) {
    const folder = (0,external_node_path_.join)((0,external_node_os_.tmpdir)(), 'kafka-mm2-bed-ports');
    const file = (0,external_node_path_.join)(folder, String(port));
    (0,external_node_fs_.mkdirSync)(folder, { recursive: true });
    try {
        (0,external_node_fs_.writeFileSync)(file, String(external_node_process_.pid), { flag: 'wx' });
        return true;
    }
    catch {
        if (isAlive(Number((0,external_node_fs_.readFileSync)(file, 'utf8'))))
            return false;
        (0,external_node_fs_.writeFileSync)(file, String(external_node_process_.pid));
        return true;
    }
}
function isAlive(owner) {
    try {
        (0,external_node_process_.kill)(owner, 0);
        return true;
    }
    catch {
        return false;
    }
}
function canListen(port) {
    return new Promise((resolve) => {
        const server = (0,external_node_net_.createServer)();
        server.once('error', () => resolve(false));
        server.listen({ port, host: '127.0.0.1' }, () => server.close(() => resolve(true)));
    });
}

;// CONCATENATED MODULE: ./build/testbed/wait.js

function pauseMs(durationMs) {
    return new Promise((resolve) => setTimeout(resolve, durationMs));
}
/**
 * Looks until a look is done. An error thrown by a look counts as "seen", except a bed error, which ends the wait.
 * Throws a bed error naming what was awaited and what was last seen when the deadline passes.
 */
async function waitFor(what, look, options) {
    const deadline = Date.now() + options.timeoutMs;
    for (;;) {
        const result = await lookOnce(look);
        if ('done' in result)
            return result.done;
        if (Date.now() > deadline) {
            const details = options.details === undefined ? '' : `\n${options.details()}`;
            throw bedError(`Waited ${options.timeoutMs} ms for ${what}; last seen: ${result.seen}.${details}`);
        }
        await pauseMs(options.intervalMs ?? 100);
    }
}
async function lookOnce(look) {
    try {
        return await look();
    }
    catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'TESTBED')
            throw error;
        return { seen: messageOf(error) };
    }
}

;// CONCATENATED MODULE: ./build/testbed/connect-worker.js










const START_TIMEOUT_MS = 120_000;
/** Boots a distributed Connect worker with MM2 on its class path and returns when it lists connectors. */
async function startConnectWorker(options) {
    const launched = await launchConnectWorker(options);
    return launched.ready();
}
/** Starts the process only, so that others can start beside it; the worker waits for its brokers. */
async function launchConnectWorker(options) {
    const version = options.version ?? KAFKA_VERSION;
    const cacheFolder = options.jarCacheFolder === undefined ? {} : { cacheFolder: options.jarCacheFolder };
    const jars = await resolveJars({ version, log: options.log, ...cacheFolder });
    const workFolder = options.workFolder ?? (await createWorkFolder('kafka-connect-'));
    const context = await prepareNode(jars, workFolder, options.jvmFlags);
    const port = await freePort();
    const groupId = options.groupId ?? 'connect';
    const configFile = (0,external_node_path_.join)(workFolder, `connect-${port}.properties`);
    await (0,promises_.writeFile)(configFile, propertiesText(workerProperties(options, groupId, port)), { mode: 0o600 });
    const main = 'org.apache.kafka.connect.cli.ConnectDistributed';
    const jvm = await startNode(context, `connect-${port}`, main, [configFile]);
    const stop = async () => {
        await jvm.stop();
        if (options.workFolder === undefined)
            await removeWorkFolder(workFolder);
    };
    const url = `http://127.0.0.1:${port}`;
    const worker = {
        url,
        pid: jvm.pid,
        version,
        groupId,
        logFile: jvm.logFile,
        stop,
        kill: () => jvm.kill(),
    };
    return {
        stop,
        async ready() {
            try {
                await waitUntilReady(url, jvm, options.startTimeoutMs ?? START_TIMEOUT_MS);
                return worker;
            }
            catch (error) {
                await stop();
                throw error;
            }
        },
    };
}
// Converters are those of a typical worker: connectors have to bring ByteArrayConverter themselves, as MM2 needs it.
function workerProperties(options, groupId, port) {
    const replicas = String(Math.min(3, options.cluster.brokerCount));
    const jsonConverter = 'org.apache.kafka.connect.json.JsonConverter';
    return {
        'bootstrap.servers': options.cluster.bootstrapServers,
        'group.id': groupId,
        'key.converter': jsonConverter,
        'value.converter': jsonConverter,
        'config.storage.topic': `${groupId}-configs`,
        'config.storage.replication.factor': replicas,
        'offset.storage.topic': `${groupId}-offsets`,
        'offset.storage.partitions': '3',
        'offset.storage.replication.factor': replicas,
        'status.storage.topic': `${groupId}-status`,
        'status.storage.partitions': '1',
        'status.storage.replication.factor': replicas,
        listeners: `http://127.0.0.1:${port}`,
        'rest.advertised.host.name': '127.0.0.1',
        // Everything is on the class path and declares its services; scanning for more costs seconds.
        'plugin.discovery': 'service_load',
        'connector.client.config.override.policy': 'All',
        'offset.flush.interval.ms': '1000',
        'scheduled.rebalance.max.delay.ms': '0',
        ...options.properties,
    };
}
async function waitUntilReady(url, jvm, timeoutMs) {
    const look = async () => {
        const status = jvm.exitStatus();
        if (status !== null)
            throw bedError(`Connect ended with ${status}.\n${jvm.logTail()}`);
        // Unlike `GET /`, this one is answered only after the worker has joined its group.
        const response = await fetch(`${url}/connectors`, { signal: AbortSignal.timeout(10_000) });
        const body = await response.text();
        return response.ok ? { done: undefined } : { seen: `HTTP ${response.status} ${body.slice(0, 200)}` };
    };
    const details = () => `--- ${jvm.logFile}\n${jvm.logTail()}`;
    await waitFor(`Connect at ${url} to list connectors`, look, { timeoutMs, details });
}

// EXTERNAL MODULE: ./node_modules/kafkajs/index.js
var kafkajs = __webpack_require__(77801);
;// CONCATENATED MODULE: ./build/testbed/client.js

/** A kafkajs client that keeps its log to itself. */
function kafkaClient(address, config = {}) {
    return new kafkajs.Kafka({
        clientId: 'bed',
        brokers: address.bootstrapServers.split(','),
        logLevel: kafkajs.logLevel.NOTHING,
        connectionTimeout: 5_000,
        ...config,
        // kafkajs keeps the first login it makes inside this object, so that a copy of it would log in with the old password.
        ...(config.sasl === undefined ? {} : { sasl: { ...config.sasl } }),
    });
}
/** Runs with a connected admin client and disconnects it in every case. */
async function withAdmin(address, run, config = {}) {
    const admin = kafkaClient(address, config).admin();
    try {
        await admin.connect();
        return await run(admin);
    }
    finally {
        await admin.disconnect();
    }
}

;// CONCATENATED MODULE: ./build/testbed/cluster-plan.js





// With two brokers only the first is a controller, so that the second may be killed; from three on there are three.
async function planCluster(options, workFolder) {
    const version = options.version ?? KAFKA_VERSION;
    const count = options.brokers ?? 1;
    const controllers = usesZooKeeper(version) ? 0 : count < 3 ? 1 : 3;
    const listeners = listenerSet(options.listeners);
    const brokers = [];
    for (let id = 1; id <= count; id += 1) {
        const ports = {};
        for (const spec of listeners.all)
            ports[spec.name] = await freePort();
        const controller = id <= controllers ? { controllerPort: await freePort() } : {};
        brokers.push({ id, ports, dataFolder: (0,external_node_path_.join)(workFolder, `data-${id}`), ...controller });
    }
    const zooKeeperPort = usesZooKeeper(version) ? await freePort() : null;
    return { version, brokers, listeners, properties: options.properties ?? {}, zooKeeperPort };
}
/** Throws a bed error for a listener that the cluster does not have. */
function bootstrapServersOf(plan, listener) {
    const spec = plan.listeners.all.find((one) => one.name === listener);
    if (spec === undefined) {
        const known = plan.listeners.all.map((one) => one.name).join(', ');
        throw bedError(`There is no listener ${listener}; the cluster has ${known}.`);
    }
    const host = spec.advertisedHost ?? '127.0.0.1';
    return plan.brokers.map((broker) => `${host}:${broker.ports[listener]}`).join(',');
}

;// CONCATENATED MODULE: ./build/testbed/kraft-storage.js







/**
 * Writes what `kafka-storage format` writes: meta.properties, and the bootstrap checkpoint that holds the feature
 * levels. The checkpoint is the same for every cluster of a version, so the tool (a JVM of over a second) runs once
 * and its checkpoint is kept beside the jars. Share groups are on where the version has them.
 */
async function formatStorage(context, spec) {
    const checkpoint = await bootstrapCheckpoint(context);
    await (0,promises_.mkdir)(spec.dataFolder, { recursive: true });
    const meta = {
        version: '1',
        'cluster.id': spec.clusterId,
        'node.id': String(spec.nodeId),
        'directory.id': newKafkaId(),
    };
    await (0,promises_.writeFile)((0,external_node_path_.join)(spec.dataFolder, 'meta.properties'), propertiesText(meta));
    await (0,promises_.copyFile)(checkpoint, (0,external_node_path_.join)(spec.dataFolder, CHECKPOINT));
}
const CHECKPOINT = 'bootstrap.checkpoint';
const making = new Map();
async function bootstrapCheckpoint(context) {
    const kept = (0,external_node_path_.join)(context.jars.folder, CHECKPOINT);
    const there = await (0,promises_.stat)(kept).then(() => true, () => false);
    if (!there) {
        const running = making.get(kept) ?? makeCheckpoint(context, kept);
        making.set(kept, running);
        await running.finally(() => making.delete(kept));
    }
    return kept;
}
// In a folder of its own and then renamed: another process may be doing the same.
async function makeCheckpoint(context, kept) {
    const folder = await (0,promises_.mkdtemp)((0,external_node_path_.join)(context.jars.folder, '.format-'));
    try {
        const data = (0,external_node_path_.join)(folder, 'data');
        const config = {
            'process.roles': 'broker,controller',
            'node.id': '1',
            'controller.quorum.voters': '1@127.0.0.1:9093',
            'controller.listener.names': 'CONTROLLER',
            listeners: 'PLAINTEXT://127.0.0.1:9092,CONTROLLER://127.0.0.1:9093',
            'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
            'log.dirs': data,
        };
        const configFile = (0,external_node_path_.join)(folder, 'server.properties');
        await (0,promises_.writeFile)(configFile, propertiesText(config));
        await runFormat(context, configFile);
        await (0,promises_.rename)((0,external_node_path_.join)(data, CHECKPOINT), kept);
    }
    finally {
        await (0,promises_.rm)(folder, { recursive: true, force: true });
    }
}
async function runFormat(context, configFile) {
    const { jars, workFolder, log4jFile } = context;
    const [major, minor] = majorMinor(jars.version);
    // Preview in 4.1; on by default from 4.2.
    const features = major === 4 && minor === 1 ? ['--feature', 'share.version=1'] : [];
    const args = ['format', '-t', newKafkaId(), '-c', configFile, ...features];
    const program = { classPath: jars.classPath, mainClass: 'kafka.tools.StorageTool', args, log4jFile };
    const settings = { cwd: workFolder, missing: 'Java was not found on PATH.' };
    const { exitCode, output } = await runCommand('java', javaArguments(program), settings);
    if (exitCode === 0)
        return;
    throw bedError(`kafka-storage format failed with exit code ${exitCode}:\n${output.slice(-2000)}`);
}

;// CONCATENATED MODULE: ./build/testbed/settle.js
/** Like Promise.all, but waits for every one before it throws the first error, so that nothing starts unseen. */
async function settleAll(promises) {
    await Promise.allSettled(promises);
    return Promise.all(promises);
}
async function settleBoth(first, second) {
    await Promise.allSettled([first, second]);
    return [await first, await second];
}

;// CONCATENATED MODULE: ./build/testbed/kafka-cluster.js












const kafka_cluster_START_TIMEOUT_MS = 90_000;
// A cluster that ends as a whole has nobody to hand partitions to, and a quorum that is gone never lets go.
const END_GRACE_MS = 2_000;
// A single broker hands its partitions over first.
const HAND_OVER_GRACE_MS = 30_000;
/** Boots real brokers and returns when a real client sees all of them. See KafkaClusterOptions for the defaults. */
async function startKafkaCluster(options) {
    const launched = await launchKafkaCluster(options);
    return launched.ready();
}
/** Starts the processes only, so that others can start beside them. */
async function launchKafkaCluster(options) {
    const jars = await resolveJars(jarOptions(options));
    const workFolder = options.workFolder ?? (await createWorkFolder(`kafka-${options.name}-`));
    const context = await prepareNode(jars, workFolder, options.jvmFlags);
    const plan = await planCluster(options, workFolder);
    const processes = new Map();
    const zooKeepers = [];
    const stop = async () => {
        await Promise.all([...processes.values()].map((one) => one.stop(END_GRACE_MS)));
        await Promise.all(zooKeepers.map((one) => one.stop(END_GRACE_MS)));
        if (options.workFolder === undefined)
            await removeWorkFolder(workFolder);
    };
    try {
        const clusterId = newKafkaId();
        if (plan.zooKeeperPort !== null)
            zooKeepers.push(await startZooKeeper(context, plan.zooKeeperPort));
        await settleAll(plan.brokers.map(async (broker) => {
            const configFile = (0,external_node_path_.join)(workFolder, `broker-${broker.id}.properties`);
            await (0,promises_.writeFile)(configFile, propertiesText(brokerProperties(plan, broker)), { mode: 0o600 });
            const { id: nodeId, dataFolder } = broker;
            if (plan.zooKeeperPort === null)
                await formatStorage(context, { clusterId, nodeId, dataFolder });
            processes.set(broker.id, await startBroker(context, broker));
        }));
        return { internalBootstrapServers: bootstrapServersOf(plan, plan.listeners.internal.name), ready, stop };
    }
    catch (error) {
        await stop();
        throw error;
    }
    async function ready() {
        try {
            const clusterId = await kafka_cluster_waitUntilReady(options, plan, processes);
            return runningCluster({ options, plan, context, processes, zooKeepers, clusterId, stop });
        }
        catch (error) {
            await stop();
            throw error;
        }
    }
}
function jarOptions(options) {
    return {
        ...(options.version === undefined ? {} : { version: options.version }),
        ...(options.jarCacheFolder === undefined ? {} : { cacheFolder: options.jarCacheFolder }),
        log: options.log,
    };
}
async function startZooKeeper(context, port) {
    const file = (0,external_node_path_.join)(context.workFolder, 'zookeeper.properties');
    const properties = {
        dataDir: (0,external_node_path_.join)(context.workFolder, 'zookeeper'),
        clientPort: String(port),
        clientPortAddress: '127.0.0.1',
        'admin.enableServer': 'false',
        maxClientCnxns: '0',
    };
    await (0,promises_.writeFile)(file, propertiesText(properties));
    return startNode(context, 'zookeeper', 'org.apache.zookeeper.server.quorum.QuorumPeerMain', [file]);
}
function startBroker(context, broker) {
    const configFile = (0,external_node_path_.join)(context.workFolder, `broker-${broker.id}.properties`);
    return startNode(context, `broker-${broker.id}`, 'kafka.Kafka', [configFile]);
}
/** Returns the cluster id once each running broker itself answers and sees all of them. */
async function kafka_cluster_waitUntilReady(options, plan, processes) {
    const all = [...processes.values()];
    const running = plan.brokers.filter((broker) => processes.has(broker.id));
    const tails = () => all.map((one) => `--- ${one.logFile}\n${one.logTail()}`).join('\n');
    const look = async () => {
        const dead = all.find((one) => one.exitStatus() !== null);
        if (dead !== undefined) {
            throw bedError(`${options.name}: ${dead.name} ended with ${dead.exitStatus()}.\n${dead.logTail()}`);
        }
        // Each of them: a broker is in the metadata shortly before it accepts connections.
        const views = await settleAll(running.map((broker) => viewOf(plan, broker)));
        const behind = views.find((view) => view.brokers.length !== all.length);
        if (behind !== undefined)
            return { seen: `${behind.brokers.length} of ${all.length} brokers` };
        return { done: views[0]?.clusterId ?? '' };
    };
    const timeoutMs = options.startTimeoutMs ?? kafka_cluster_START_TIMEOUT_MS;
    return waitFor(`${options.name} (Kafka ${plan.version}) to answer`, look, { timeoutMs, details: tails });
}
function viewOf(plan, broker) {
    const bootstrapServers = bootstrapServersOf({ ...plan, brokers: [broker] }, plan.listeners.internal.name);
    return withAdmin({ bootstrapServers }, (admin) => admin.describeCluster(), { retry: { retries: 0 } });
}
function runningCluster({ options, plan, context, processes, zooKeepers, clusterId, stop, }) {
    const { name } = options;
    const { version } = plan;
    const bootstrapServers = (listener = plan.listeners.first.name) => bootstrapServersOf(plan, listener);
    const brokerPlan = (id) => {
        const found = plan.brokers.find((broker) => broker.id === id);
        if (found === undefined)
            throw bedError(`${name} has no broker ${id}.`);
        return found;
    };
    const end = async (id, how) => {
        const running = processes.get(brokerPlan(id).id);
        if (running !== undefined)
            await how(running);
        processes.delete(id);
    };
    const stopBroker = (id) => end(id, (running) => running.stop(HAND_OVER_GRACE_MS));
    const internal = bootstrapServers(plan.listeners.internal.name);
    return {
        name,
        version,
        clusterId,
        address: { name, version, clusterId, bootstrapServers: internal, brokerCount: plan.brokers.length },
        bootstrapServers,
        brokers: () => [...processes].map(([id, { pid, logFile }]) => ({ id, pid, logFile, ...pick(brokerPlan(id)) })),
        pids: () => [...processes.values(), ...zooKeepers].filter((one) => one.exitStatus() === null).map((one) => one.pid),
        killBroker: (id) => end(id, (running) => running.kill()),
        stopBroker,
        async restartBroker(id) {
            await stopBroker(id);
            processes.set(id, await startBroker(context, brokerPlan(id)));
            await kafka_cluster_waitUntilReady(options, plan, processes);
        },
        stop,
    };
}
function pick({ dataFolder, ports }) {
    return { dataFolder, ports };
}

;// CONCATENATED MODULE: ./build/testbed/bed.js






/**
 * Boots source, target and Connect beside each other and returns when all of them answer a real client.
 * Whatever was started is ended again if anything fails, and when this process ends for whatever reason.
 */
async function startBed(options = {}) {
    const workFolder = await createWorkFolder('mm2-bed-');
    const started = { clusters: [], workers: [] };
    const stop = async () => {
        // Connect first: it would spend its grace on brokers that are gone.
        await settleAll(started.workers.map((one) => one.stop()));
        await settleAll(started.clusters.map((one) => one.stop()));
        await removeWorkFolder(workFolder);
    };
    try {
        const { source, target, connect } = await boot(options, workFolder, started);
        return {
            source,
            target,
            connect,
            addresses: { source: source.address, target: target.address, connectUrl: connect?.url ?? null },
            workFolder,
            pids: () => [...source.pids(), ...target.pids(), ...(connect === null ? [] : [connect.pid])],
            stop,
            release: releaseAll,
        };
    }
    catch (error) {
        await stop();
        throw error;
    }
}
async function boot(options, workFolder, started) {
    const startedAt = Date.now();
    const progress = (line) => options.onProgress?.(line);
    const common = {
        log: progress,
        ...(options.jarCacheFolder === undefined ? {} : { jarCacheFolder: options.jarCacheFolder }),
    };
    const launch = async (name) => {
        const launched = await launchKafkaCluster({
            ...options[name],
            ...common,
            name,
            workFolder: (0,external_node_path_.join)(workFolder, name),
        });
        started.clusters.push(launched);
        return launched;
    };
    const announced = async (ready, line) => {
        const up = await ready;
        progress(`${line(up)} (${((Date.now() - startedAt) / 1000).toFixed(1)} s)`);
        return up;
    };
    const clusterLine = (one) => `${one.name}: Kafka ${one.version} is up at ${one.bootstrapServers()}`;
    progress('Starting the source and the target cluster');
    const [source, target] = await settleBoth(launch('source'), launch('target'));
    const connect = await launchConnect(options, target.internalBootstrapServers, (0,external_node_path_.join)(workFolder, 'connect'), common);
    if (connect !== null)
        started.workers.push(connect);
    const [sourceUp, targetUp] = await settleBoth(announced(source.ready(), clusterLine), announced(target.ready(), clusterLine));
    const connectUp = connect === null ? null : await announced(connect.ready(), (one) => `Connect ${one.version} is up at ${one.url}`);
    return { source: sourceUp, target: targetUp, connect: connectUp };
}
async function launchConnect(options, bootstrapServers, workFolder, common) {
    if (options.connect === false)
        return null;
    const cluster = { bootstrapServers, brokerCount: options.target?.brokers ?? 1 };
    return launchConnectWorker({ ...options.connect, ...common, cluster, workFolder });
}

;// CONCATENATED MODULE: ./build/demo/demo.js




/** @returns the exit code of the sync that it shows. */
async function runDemo({ log }) {
    const folder = await (0,promises_.mkdtemp)((0,external_node_path_.join)((0,external_node_os_.tmpdir)(), 'kafka-mm2-demo-'));
    log.stage('Boot two Kafka clusters and Kafka Connect');
    const bed = await startBed({ onProgress: (line) => log.info(line) });
    try {
        log.info(`Reports: ${folder}`);
        return 0;
    }
    finally {
        await bed.stop();
    }
}


/***/ })

};
