export const id = 360;
export const ids = [360];
export const modules = {

/***/ 3360:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  runDemo: () => (/* binding */ runDemo)
});

// NAMESPACE OBJECT: ./build/demo/cast.js
var cast_namespaceObject = {};
__webpack_require__.r(cast_namespaceObject);
__webpack_require__.d(cast_namespaceObject, {
  Bn: () => (ACTIVE_GROUP),
  Xi: () => (ACTIVE_GROUP_TOPIC),
  RX: () => (ACTORS),
  Pi: () => (HALFWAY),
  e1: () => (OPERATORS_GROUP),
  ds: () => (OPERATORS_OFFSETS),
  ES: () => (OPERATORS_TOPIC),
  S1: () => (PARTITIONS),
  ft: () => (RECORDS),
  BV: () => (SOURCE_ALIAS),
  Bx: () => (TARGET_ALIAS),
  pO: () => (TOPICS),
  AB: () => (committedAt)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(48161);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./build/domain/figures.js
var figures = __webpack_require__(60004);
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
/** A properties file as Java reads it: Latin-1, with escapes. */
function propertiesText(properties) {
    const lines = Object.entries(properties).map(([key, value]) => `${key}=${escapedValue(value)}\n`);
    return lines.join('');
}
function escapedValue(value) {
    const code = (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
    return value
        .replaceAll('\\', '\\\\')
        .replaceAll('\n', '\\n')
        .replace(/^ /, '\\ ')
        .replace(/[^\x20-\x7e]/g, code);
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
        // For the log of groups to take a commit; 5 s by default, and then it is refused.
        'offsets.commit.timeout.ms': '60000',
        ...shareGroupProperties(plan.version, replicas),
        ...aloneProperties(plan),
    };
}
/**
 * A broker that stood still for 9 s (18 s with ZooKeeper) would be taken for gone, and its partitions would lose their
 * leader until it is back. Where others take over, a test waits for just that.
 */
function aloneProperties(plan) {
    if (plan.brokers.length > 1)
        return {};
    const key = usesZooKeeper(plan.version) ? 'zookeeper.session.timeout.ms' : 'broker.session.timeout.ms';
    return { [key]: '60000' };
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
function errors_bedError(message, options = {}) {
    return new errors/* MigrationError */.Py('TESTBED', message, options);
}
function messageOf(error) {
    return error instanceof Error ? error.message : String(error);
}

// EXTERNAL MODULE: external "node:child_process"
var external_node_child_process_ = __webpack_require__(31421);
// EXTERNAL MODULE: external "node:process"
var external_node_process_ = __webpack_require__(1708);
;// CONCATENATED MODULE: ./build/testbed/watchdog.js

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

;// CONCATENATED MODULE: ./build/testbed/java.js




const OLDEST_JAVA = 17;
/**
 * Runs a command to its end, or to that of this process; stdout and stderr together. Throws a bed error with `missing`
 * if it is not on PATH.
 */
function runCommand(command, args, options) {
    return new Promise((resolve, reject) => {
        const { cwd, env, timeoutMs = 0 } = options;
        const settings = { cwd, env, maxBuffer: 64 * 1024 * 1024, timeout: timeoutMs };
        const child = (0,external_node_child_process_.execFile)(command, [...args], settings, (error, stdout, stderr) => {
            if (child.pid !== undefined)
                unguardProcess(child.pid);
            if (error !== null && error.code === 'ENOENT')
                return reject(errors_bedError(options.missing));
            const exitCode = error === null ? 0 : typeof error.code === 'number' ? error.code : null;
            resolve({ exitCode, output: stdout + stderr });
        });
        if (child.pid !== undefined)
            guardProcess(child.pid);
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
        throw errors_bedError(`Java >= ${OLDEST_JAVA} was not found on PATH (seen: ${what}). Kafka runs on ${OLDEST_JAVA} or newer.`);
    }
}
/** Java reads arguments and files, and prints, by the locale; names of groups are UTF-8 whatever that is here. */
function javaEnvironment() {
    return { ...external_node_process_.env, LC_ALL: 'C.UTF-8' };
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
    return { version, ...(await resolvePom({ name: version, what: `Kafka ${version}`, text: pomOf(version) }, options)) };
}
/** The runtime dependencies of a Maven project, kept and shared as `resolveJars` says. */
async function resolvePom(pom, options = {}) {
    const cache = options.cacheFolder ?? defaultJarCache();
    const folder = (0,external_node_path_.join)(cache, pom.name);
    if (!(await isFilled(folder, pom.text))) {
        // Clusters that start beside each other share one download.
        const filling = fillings.get(folder) ?? afterOthers(() => fill(cache, folder, pom, options.log));
        fillings.set(folder, filling);
        await filling.finally(() => fillings.delete(folder));
    }
    return { folder, classPath: (0,external_node_path_.join)(folder, '*') };
}
const fillings = new Map();
let lastFilling = Promise.resolve();
/** One Maven at a time: Maven 3 does not lock its local repository, and two that fetch the same jar may break it. */
function afterOthers(filling) {
    const mine = lastFilling.then(filling);
    lastFilling = mine.catch(() => undefined);
    return mine;
}
// A finished folder holds the pom it was filled from; another pom means that the bed's needs have changed since.
async function isFilled(folder, pom) {
    try {
        return (await (0,promises_.readFile)((0,external_node_path_.join)(folder, 'pom.xml'), 'utf8')) === pom;
    }
    catch {
        return false;
    }
}
async function fill(cache, folder, { name, what, text }, log) {
    const missing = `Maven was not found on PATH (no \`mvn\`) and the jars of ${what} are not cached. Install Maven 3.`;
    // Asked before anything is said or made, so that a missing Maven is one line.
    await runCommand('mvn', ['--version'], { missing });
    await (0,promises_.mkdir)(cache, { recursive: true });
    const fresh = await (0,promises_.mkdtemp)((0,external_node_path_.join)(cache, `.${name}-`));
    guardFolder(fresh);
    try {
        await (0,promises_.writeFile)((0,external_node_path_.join)(fresh, 'pom.xml'), text);
        log?.(`Fetching the jars of ${what} with Maven (once; kept in ${folder})`);
        await runMaven(fresh, what, missing);
        await moveIntoPlace(fresh, folder, text);
    }
    finally {
        await (0,promises_.rm)(fresh, { recursive: true, force: true });
    }
}
const MAVEN_TRIES = 3;
// Of both transports that Maven 3 may use: a registry that drops one connection of hundreds, or says nothing more on it
// (30 min by default), is no reason to end.
const PATIENCE = [
    '-Dmaven.wagon.http.retryHandler.count=5',
    '-Dmaven.wagon.rto=60000',
    '-Daether.connector.http.retryHandler.count=5',
    '-Daether.connector.requestTimeout=60000',
];
async function runMaven(folder, what, missing) {
    const goal = `${DEPENDENCY_PLUGIN}:copy-dependencies`;
    const args = ['-B', '-ntp', '-q', ...PATIENCE, goal, '-DincludeScope=runtime', `-DoutputDirectory=${folder}`];
    for (let tries = 1;; tries += 1) {
        // What an earlier try has fetched is kept; -U asks again for what it has noted as not to be had.
        const again = tries === 1 ? [] : ['-U'];
        const { exitCode, output } = await runCommand('mvn', [...again, ...args], { cwd: folder, missing });
        if (exitCode === 0)
            return;
        if (tries < MAVEN_TRIES)
            continue;
        const reason = output.split('\n').find((line) => line.includes('ERROR')) ?? output.trim().slice(-300);
        throw errors_bedError(`Maven could not fetch the jars of ${what} (exit code ${exitCode}): ${reason.trim()}`);
    }
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
            throw errors_bedError(`Cannot move the jars to ${folder}.`, { cause });
        });
        await (0,promises_.rm)(old, { recursive: true, force: true });
    }
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
;// CONCATENATED MODULE: ./build/testbed/processes.js








const STOP_GRACE_MS = 5_000;
/** Starts a process that never outlives this one (see watchdog.ts). Throws a bed error if it cannot be started. */
async function startProcess(spec) {
    const log = (0,external_node_fs_.openSync)(spec.logFile, 'a');
    const child = (0,external_node_child_process_.spawn)(spec.command, [...spec.args], {
        cwd: spec.cwd,
        stdio: ['ignore', log, log],
        detached: true,
        ...(spec.env === undefined ? {} : { env: { ...external_node_process_.env, ...spec.env } }),
    });
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
            reject(errors_bedError(`${spec.name}: cannot start ${spec.command}: ${cause.message}.`, { cause }));
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






async function prepareNode(jars, workFolder, jvmFlags, surroundings = {}) {
    await (0,promises_.mkdir)(workFolder, { recursive: true });
    const log4jFile = (0,external_node_path_.join)(workFolder, 'log4j.properties');
    await (0,promises_.writeFile)(log4jFile, log4jProperties(usesLog4j2(jars.version)));
    return { jars, workFolder, log4jFile, jvmFlags, surroundings };
}
/** Starts one JVM of Kafka's; its output goes to `<name>.log` in the work folder. */
function startNode(context, name, mainClass, args) {
    const { jars, workFolder, log4jFile, jvmFlags, surroundings } = context;
    const classPath = [...(surroundings.classPath ?? []), jars.classPath].join(external_node_path_.delimiter);
    return startProcess({
        name,
        command: 'java',
        args: javaArguments({ classPath, mainClass, args, log4jFile, jvmFlags }),
        cwd: workFolder,
        logFile: (0,external_node_path_.join)(workFolder, `${name}.log`),
        env: surroundings.env,
    });
}
/** A cluster or directory id as Kafka writes them: 16 bytes in base64url, not starting with a dash. */
function newKafkaId() {
    const id = (0,external_node_crypto_.randomBytes)(16).toString('base64url');
    return id.startsWith('-') ? newKafkaId() : id;
}

// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __webpack_require__(77030);
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
    throw errors_bedError(`No free port on 127.0.0.1 between ${FIRST_PORT} and ${LAST_PORT} after ${ATTEMPTS} attempts.`);
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
async function wait_waitFor(what, look, options) {
    const deadline = Date.now() + options.timeoutMs;
    for (;;) {
        // The last look begins after the deadline: a machine may stand still in the middle of one, beyond it.
        const isLast = Date.now() > deadline;
        const result = await lookOnce(look);
        if ('done' in result)
            return result.done;
        if (isLast) {
            const details = options.details === undefined ? '' : `\n${options.details()}`;
            throw errors_bedError(`Waited ${options.timeoutMs} ms for ${what}; last seen: ${result.seen}.${details}`);
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










const START_TIMEOUT_MS = 240_000;
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
    const { jvmFlags, classPath, env } = options;
    const context = await prepareNode(jars, workFolder, jvmFlags, { classPath, env });
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
                await waitUntilReady(url, jvm, options);
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
        listeners: [`http://127.0.0.1:${port}`, ...(options.rest?.listeners ?? [])].join(','),
        'rest.advertised.host.name': '127.0.0.1',
        // Everything is on the class path and declares its services; scanning for more costs seconds.
        'plugin.discovery': 'service_load',
        'connector.client.config.override.policy': 'All',
        'offset.flush.interval.ms': '1000',
        'scheduled.rebalance.max.delay.ms': '0',
        // A worker that stands still for a while on a busy machine keeps its place, and its tasks go on.
        'session.timeout.ms': '60000',
        ...options.properties,
    };
}
async function waitUntilReady(url, jvm, { rest, startTimeoutMs: timeoutMs = START_TIMEOUT_MS }) {
    const headers = rest?.authorization === undefined ? {} : { authorization: rest.authorization };
    const look = async () => {
        const status = jvm.exitStatus();
        if (status !== null)
            throw errors_bedError(`Connect ended with ${status}.\n${jvm.logTail()}`);
        // Unlike `GET /`, this one is answered only after the worker has joined its group.
        const response = await fetch(`${url}/connectors`, { headers, signal: AbortSignal.timeout(10_000) });
        const body = await response.text();
        return response.ok ? { done: undefined } : { seen: `HTTP ${response.status} ${body.slice(0, 200)}` };
    };
    const details = () => `--- ${jvm.logFile}\n${jvm.logTail()}`;
    await wait_waitFor(`Connect at ${url} to list connectors`, look, { timeoutMs, details });
}

// EXTERNAL MODULE: ./node_modules/kafkajs/index.js
var kafkajs = __webpack_require__(77801);
;// CONCATENATED MODULE: ./build/testbed/quiet-timers.js

let isQuiet = false;
/**
 * kafkajs's clients start a timer of a negative duration after each answer. It does no harm, but Node 24 warns of the
 * first one in the middle of what a person reads; other warnings are shown as before.
 */
function hideNegativeTimerWarning() {
    if (isQuiet)
        return;
    isQuiet = true;
    const shown = external_node_process_.listeners('warning');
    external_node_process_.removeAllListeners('warning');
    external_node_process_.on('warning', (warning) => {
        if (warning.name === 'TimeoutNegativeWarning')
            return;
        for (const show of shown)
            show(warning);
    });
}

;// CONCATENATED MODULE: ./build/testbed/client.js


/** A kafkajs client that keeps its log to itself. */
function client_kafkaClient(address, config = {}) {
    hideNegativeTimerWarning();
    return new kafkajs.Kafka({
        clientId: 'bed',
        brokers: address.bootstrapServers.split(','),
        logLevel: kafkajs.logLevel.NOTHING,
        connectionTimeout: 30_000,
        // About a minute, for leaders and coordinators on their way; kafkajs's own five tries are over in ten seconds.
        retry: { retries: 30, maxRetryTime: 2_000 },
        // kafkajs sends again after this, and a producer then writes its records twice.
        requestTimeout: 90_000,
        ...config,
        // kafkajs keeps the first login it makes inside this object, so that a copy of it would log in with the old password.
        ...(config.sasl === undefined ? {} : { sasl: { ...config.sasl } }),
    });
}
/** Runs with a connected admin client and disconnects it in every case. */
async function client_withAdmin(address, run, config = {}) {
    const admin = client_kafkaClient(address, config).admin();
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
        throw errors_bedError(`There is no listener ${listener}; the cluster has ${known}.`);
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
    guardFolder(folder);
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
    throw errors_bedError(`kafka-storage format failed with exit code ${exitCode}:\n${output.slice(-2000)}`);
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












const kafka_cluster_START_TIMEOUT_MS = 180_000;
// A cluster that ends as a whole has nobody to hand partitions to, and a quorum that is gone never lets go.
const END_GRACE_MS = 2_000;
// A single broker hands its partitions over first.
const HAND_OVER_GRACE_MS = 90_000;
/** Boots real brokers and returns when a real client sees all of them. See KafkaClusterOptions for the defaults. */
async function startKafkaCluster(options) {
    const launched = await launchKafkaCluster(options);
    return launched.ready();
}
/** Starts the processes only, so that others can start beside them. */
async function launchKafkaCluster(options) {
    const jars = await resolveJars(jarOptions(options));
    const workFolder = options.workFolder ?? (await createWorkFolder(`kafka-${options.name}-`));
    const classPath = [...new Set((options.listeners ?? []).flatMap((listener) => listener.classPath ?? []))];
    const context = await prepareNode(jars, workFolder, options.jvmFlags, { classPath });
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
            throw errors_bedError(`${options.name}: ${dead.name} ended with ${dead.exitStatus()}.\n${dead.logTail()}`);
        }
        // Each of them: a broker is in the metadata shortly before it accepts connections.
        const views = await settleAll(running.map((broker) => viewOf(plan, broker)));
        const behind = views.find((view) => view.brokers.length !== all.length);
        if (behind !== undefined)
            return { seen: `${behind.brokers.length} of ${all.length} brokers` };
        return { done: views[0]?.clusterId ?? '' };
    };
    const timeoutMs = options.startTimeoutMs ?? kafka_cluster_START_TIMEOUT_MS;
    return wait_waitFor(`${options.name} (Kafka ${plan.version}) to answer`, look, { timeoutMs, details: tails });
}
function viewOf(plan, broker) {
    const bootstrapServers = bootstrapServersOf({ ...plan, brokers: [broker] }, plan.listeners.internal.name);
    return client_withAdmin({ bootstrapServers }, (admin) => admin.describeCluster(), { retry: { retries: 0 } });
}
function runningCluster({ options, plan, context, processes, zooKeepers, clusterId, stop, }) {
    const { name } = options;
    const { version } = plan;
    const bootstrapServers = (listener = plan.listeners.first.name) => bootstrapServersOf(plan, listener);
    const brokerPlan = (id) => {
        const found = plan.brokers.find((broker) => broker.id === id);
        if (found === undefined)
            throw errors_bedError(`${name} has no broker ${id}.`);
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

;// CONCATENATED MODULE: ./build/demo/cancel.js
/** Waits for `work`, but not beyond the signal, whose reason it then throws; what the work says later is dropped. */
function unlessCancelled(work, signal) {
    return new Promise((resolve, reject) => {
        const cancel = () => reject(signal.reason);
        if (signal.aborted)
            cancel();
        signal.addEventListener('abort', cancel, { once: true });
        work.then(resolve, reject).finally(() => signal.removeEventListener('abort', cancel));
    });
}

;// CONCATENATED MODULE: ./build/demo/clean-up.js
/** Ends what the demo started, once. */
class CleanUp {
    #bed;
    #log;
    #signal;
    #processes = [];
    #isDone = false;
    constructor(bed, log, signal) {
        this.#bed = bed;
        this.#log = log;
        this.#signal = signal;
    }
    add(started) {
        this.#processes.push(started);
    }
    keep() {
        this.#bed.release();
        this.#isDone = true;
    }
    async run() {
        if (this.#isDone)
            return;
        this.#isDone = true;
        // JVMs may take longer to end than a cancel leaves (process-signals.ts). The test bed's watchdog kills them and removes
        // the clusters when this process ends, which it now does at once.
        if (this.#signal.aborted)
            return;
        this.#log.info('');
        this.#log.info('Ending every process and removing the clusters …');
        await Promise.all(this.#processes.map((one) => one.stop()));
        await this.#bed.stop();
    }
}

// EXTERNAL MODULE: ./build/report/totals.js
var totals = __webpack_require__(91756);
;// CONCATENATED MODULE: ./build/demo/cast.js
const SOURCE_ALIAS = 'source';
const TARGET_ALIAS = 'target';
const TOPICS = ['orders', 'payments', 'shipments'];
const PARTITIONS = [0, 1, 2];
/** Records a partition holds when the groups that lag behind stop, and when everything is written. */
const HALFWAY = 1_200;
const RECORDS = 2_000;
/** Consumes on the target already. */
const ACTIVE_GROUP = 'inventory';
const ACTIVE_GROUP_TOPIC = 'orders';
/** Its offsets were set on the target by hand. */
const OPERATORS_GROUP = 'refunds';
const OPERATORS_OFFSETS = [1500n, 1500n, 1500n];
const OPERATORS_TOPIC = 'payments';
const ACTORS = [
    {
        groupId: 'analytics',
        role: 'at the very start: has read nothing',
        places: { orders: [0, 0, 0] },
    },
    {
        groupId: 'billing',
        role: 'at the end of two topics',
        places: { orders: [RECORDS, RECORDS, RECORDS], payments: [RECORDS, RECORDS, RECORDS] },
    },
    {
        groupId: 'fulfilment',
        role: 'stopped halfway in two topics',
        places: { orders: [HALFWAY, HALFWAY, HALFWAY], shipments: [HALFWAY, HALFWAY, HALFWAY] },
    },
    {
        groupId: 'fraud-check',
        role: 'a little behind the end',
        places: { payments: [1_950, 1_990, 1_999] },
    },
    {
        groupId: 'returns',
        role: 'has a gap: never read partition 1',
        places: { shipments: [RECORDS, null, HALFWAY] },
    },
    {
        groupId: 'tracking',
        role: 'each partition elsewhere: start, middle, end',
        places: { shipments: [0, HALFWAY, RECORDS] },
    },
    {
        groupId: ACTIVE_GROUP,
        role: 'has moved already: a consumer of it runs on the target',
        places: { [ACTIVE_GROUP_TOPIC]: [HALFWAY, HALFWAY, HALFWAY] },
    },
    {
        groupId: OPERATORS_GROUP,
        role: 'an operator set its offsets on the target by hand',
        places: { [OPERATORS_TOPIC]: [RECORDS, RECORDS, RECORDS] },
    },
];
/** What the groups have committed while each partition holds `records` records. */
function committedAt(records) {
    return ACTORS.map(({ groupId, places }) => ({
        groupId,
        offsets: Object.entries(places).flatMap(([topic, offsets]) => offsets.flatMap((place, partition) => place === null ? [] : [{ topic, partition, offset: BigInt(Math.min(place, records)) }])),
    }));
}

;// CONCATENATED MODULE: ./build/testbed/mm2-options.js
/** The name that a source topic has on the target. */
function targetTopic(topic, options = {}) {
    if (options.policy === 'identity')
        return topic;
    return `${options.sourceAlias ?? 'source'}${options.separator ?? '.'}${topic}`;
}
/** The checkpoints topic on the target. */
function checkpointsTopic(options = {}) {
    const separator = options.separator ?? '.';
    return `${options.sourceAlias ?? 'source'}${separator}checkpoints${separator}internal`;
}

;// CONCATENATED MODULE: ./build/testbed/connect-rest.js
/** Calls to a worker as an operator makes them, for tests: sent again while the worker rebalances. */

const TIMEOUT_MS = 120_000;
/**
 * The first answer that is neither 409 nor a 5xx: Connect says a rebalance with 409, and with 500 where the worker
 * does not ask its leader (DistributedHerder). Throws a bed error with the last answer after two minutes.
 * @param path from the root, for example `/connectors/mm2-source/config`.
 */
function callConnect(connectUrl, path, call = {}) {
    const { method = 'GET', body, authorization } = call;
    const headers = { 'content-type': 'application/json', ...(authorization === undefined ? {} : { authorization }) };
    const request = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
    const look = async () => {
        const response = await fetch(`${connectUrl}${path}`, request);
        const answer = { status: response.status, text: await response.text() };
        return passes(answer.status) ? { seen: `HTTP ${answer.status} ${answer.text}` } : { done: answer };
    };
    return wait_waitFor(`an answer to ${method} ${path}`, look, { timeoutMs: TIMEOUT_MS, intervalMs: 300 });
}
/** The JSON of a 2xx, null when it is empty. Throws for any other answer, with its text. */
async function readConnect(connectUrl, path, call = {}) {
    const { status, text } = await callConnect(connectUrl, path, call);
    if (status >= 300)
        throw new Error(`${call.method ?? 'GET'} ${path}: HTTP ${status} ${text}`);
    return text === '' ? null : JSON.parse(text);
}
function passes(status) {
    return status === 409 || status >= 500;
}

;// CONCATENATED MODULE: ./build/testbed/topics.js



const DEADLINE_MS = 120_000;
/** The controller's; kafkajs gives it 5 s by default, and does not ask again when they are over. */
const CONTROLLER_TIMEOUT_MS = 60_000;
/** Creates topics and returns when the leader of every partition answers for it. */
function createTopics(address, specs) {
    return client_withAdmin(address, async (admin) => {
        const topics = specs.map((spec) => ({
            topic: spec.topic,
            numPartitions: spec.partitions ?? 1,
            replicationFactor: spec.replicationFactor ?? -1,
            configEntries: Object.entries(spec.config ?? {}).map(([name, value]) => ({ name, value })),
        }));
        // kafkajs's own wait for leaders gives up when a broker does not know the new topic yet.
        await admin.createTopics({ topics, waitForLeaders: false, timeout: CONTROLLER_TIMEOUT_MS });
        await settleAll(specs.map(({ topic }) => untilLedByItsLeaders(admin, topic)));
    });
}
// The metadata names a leader some time before that broker knows of it.
async function untilLedByItsLeaders(admin, topic) {
    const look = async () => ({ done: await admin.fetchTopicOffsets(topic) });
    await wait_waitFor(`${topic} to be led`, look, { timeoutMs: DEADLINE_MS });
}
/** Deletes topics and returns when the cluster no longer lists them. */
function deleteTopics(address, topics) {
    return withAdmin(address, async (admin) => {
        await admin.deleteTopics({ topics: [...topics], timeout: CONTROLLER_TIMEOUT_MS });
        await waitFor(`topics ${topics.join(', ')} to be gone from ${address.name}`, async () => {
            const listed = await admin.listTopics();
            const left = topics.filter((topic) => listed.includes(topic));
            return left.length === 0 ? { done: undefined } : { seen: left.join(', ') };
        }, { timeoutMs: DEADLINE_MS });
    });
}
/** Deletes and creates again: offsets start at 0, committed offsets and checkpoints stay. */
async function recreateTopic(address, spec) {
    await deleteTopics(address, [spec.topic]);
    await createTopics(address, [spec]);
}
/** Moves the log start of partitions: records below the offset are deleted. */
function deleteRecords(address, topic, before) {
    return withAdmin(address, async (admin) => {
        const partitions = [...before].map(([partition, offset]) => ({ partition, offset: String(offset) }));
        // Loads the metadata that kafkajs's deleteTopicRecords takes for granted.
        await admin.fetchTopicOffsets(topic);
        await admin.deleteTopicRecords({ topic, partitions });
    });
}
/** Log start and end of every partition of a topic, ordered by partition. Throws if the topic is not there. */
function logRanges(address, topic) {
    return client_withAdmin(address, async (admin) => {
        const offsets = await admin.fetchTopicOffsets(topic);
        return offsets
            .map(({ partition, low, high }) => ({ partition, start: BigInt(low), end: BigInt(high) }))
            .sort((a, b) => a.partition - b.partition);
    });
}
/** Returns when the leader of every partition answers for it: the controller's word reaches the brokers a little later. */
async function addPartitions(address, topic, count) {
    await withAdmin(address, (admin) => admin.createPartitions({ topicPartitions: [{ topic, count }], timeout: CONTROLLER_TIMEOUT_MS }));
    const look = async () => {
        const { length } = await logRanges(address, topic);
        return length === count ? { done: undefined } : { seen: `${length} partitions` };
    };
    await waitFor(`${topic} to have ${count} partitions`, look, { timeoutMs: DEADLINE_MS });
}

;// CONCATENATED MODULE: ./build/testbed/replication.js





const replication_TIMEOUT_MS = 240_000;
/** Waits until MM2 has copied every record of these source topics; nothing may be produced meanwhile. */
async function waitForReplication(bed, topics, options = {}) {
    const look = async () => {
        const copied = options.by === 'connect' ? await copiedByConnect(bed, options) : copiedByLength(bed, options);
        for (const topic of topics) {
            for (const range of await logRanges(bed.source, topic)) {
                const there = await copied(topic, range);
                const missing = range.end - range.start - there;
                if (missing !== 0n)
                    return { seen: `${topic}-${range.partition} lacks ${missing} records on the target` };
            }
        }
        return { done: undefined };
    };
    const timeoutMs = options.timeoutMs ?? replication_TIMEOUT_MS;
    await wait_waitFor(`${topics.join(', ')} to be replicated`, look, { timeoutMs, intervalMs: 250 });
}
function copiedByLength(bed, options) {
    const ranges = new Map();
    return async (topic, { partition }) => {
        const copy = targetTopic(topic, options);
        const reading = ranges.get(copy) ?? logRanges(bed.target, copy);
        ranges.set(copy, reading);
        const there = (await reading)[partition];
        return there === undefined ? 0n : there.end - there.start;
    };
}
async function copiedByConnect(bed, options) {
    if (bed.connectUrl === null)
        throw errors_bedError('This bed has no Connect worker.');
    const name = `${options.name ?? 'mm2'}-source`;
    const answer = await readConnect(bed.connectUrl, `/connectors/${encodeURIComponent(name)}/offsets`);
    const { offsets } = answer;
    return async (topic, { partition, start }) => {
        const stored = offsets.find((one) => one.partition.topic === topic && one.partition.partition === partition);
        const next = stored?.offset === null || stored === undefined ? start : BigInt(stored.offset.offset) + 1n;
        return next > start ? next - start : 0n;
    };
}

;// CONCATENATED MODULE: ./build/testbed/mm2.js




const MIRROR = 'org.apache.kafka.connect.mirror';
const POLICIES = { default: `${MIRROR}.DefaultReplicationPolicy`, identity: `${MIRROR}.IdentityReplicationPolicy` };
const BYTES = 'org.apache.kafka.connect.converters.ByteArrayConverter';
/**
 * Source, checkpoint and heartbeat connector for a bed, in the order in which they are to be applied. Quick for tests:
 * checkpoints each second, topics and groups looked up every 5 s. Replication factors are the brokers' defaults.
 */
function mm2Connectors(bed, options = {}) {
    const kinds = ['source', 'checkpoint', 'heartbeat'];
    return kinds.map((kind) => connector(kind, bed, options));
}
function connector(kind, bed, options) {
    const own = { source: sourceProperties, checkpoint: checkpointProperties, heartbeat: heartbeatProperties }[kind];
    const title = kind.charAt(0).toUpperCase() + kind.slice(1);
    return {
        name: `${options.name ?? 'mm2'}-${kind}`,
        'connector.class': `${MIRROR}.Mirror${title}Connector`,
        'source.cluster.alias': options.sourceAlias ?? 'source',
        'target.cluster.alias': options.targetAlias ?? 'target',
        'source.cluster.bootstrap.servers': bed.source.bootstrapServers,
        'target.cluster.bootstrap.servers': bed.target.bootstrapServers,
        'replication.policy.class': POLICIES[options.policy ?? 'default'],
        ...(options.separator === undefined ? {} : { 'replication.policy.separator': options.separator }),
        'key.converter': BYTES,
        'value.converter': BYTES,
        'header.converter': BYTES,
        ...own(options),
        ...options.properties?.all,
        ...options.properties?.[kind],
    };
}
function sourceProperties(options) {
    return {
        'tasks.max': String(options.tasksMax ?? 1),
        topics: options.topics ?? '.*',
        'replication.factor': '-1',
        'offset-syncs.topic.replication.factor': '-1',
        'offset.lag.max': String(options.offsetLagMax ?? 100),
        'refresh.topics.interval.seconds': '5',
        'sync.topic.acls.enabled': 'false',
    };
}
function checkpointProperties(options) {
    return {
        'tasks.max': '1',
        topics: options.topics ?? '.*',
        groups: options.groups ?? '.*',
        'checkpoints.topic.replication.factor': '-1',
        'emit.checkpoints.interval.seconds': '1',
        'refresh.groups.interval.seconds': '5',
        'sync.group.offsets.enabled': String(options.syncGroupOffsets ?? false),
        'sync.group.offsets.interval.seconds': '1',
    };
}
function heartbeatProperties() {
    return { 'tasks.max': '1', 'heartbeats.topic.replication.factor': '-1', 'emit.heartbeats.interval.seconds': '1' };
}
/**
 * Until our own `apply` does this: PUTs each config. To be replaced by it in tests and demo.
 * @param authorization header for a worker that asks for a sign-in.
 */
async function putConnectors(connectUrl, connectors, authorization) {
    if (connectUrl === null)
        throw bedError('This bed has no Connect worker.');
    for (const config of connectors) {
        const url = `${connectUrl}/connectors/${encodeURIComponent(config['name'] ?? '')}`;
        const headers = { 'content-type': 'application/json', ...(authorization === undefined ? {} : { authorization }) };
        const request = { method: 'PUT', headers, body: JSON.stringify(config) };
        const put = async () => {
            const response = await fetch(`${url}/config`, request);
            return response.ok ? { done: undefined } : { seen: `HTTP ${response.status} ${await response.text()}` };
        };
        await waitFor(`Connect to take ${config['name']}`, put, { timeoutMs: 180_000, intervalMs: 500 });
    }
}

;// CONCATENATED MODULE: ./build/demo/migration-files.js
/** What a migration repository would hold: connector files, and the words of its commands. */




/** @returns the glob that names the files. */
async function writeConnectorFiles({ addresses }, folder) {
    const connectors = mm2Connectors(addresses, {
        sourceAlias: SOURCE_ALIAS,
        targetAlias: TARGET_ALIAS,
        topics: TOPICS.join(','),
    });
    await (0,promises_.mkdir)((0,external_node_path_.join)(folder, 'connectors'));
    for (const config of connectors) {
        await (0,promises_.writeFile)((0,external_node_path_.join)(folder, 'connectors', `${config['name']}.json`), `${JSON.stringify(config, null, 2)}\n`);
    }
    return connectorGlob(folder);
}
function connectorGlob(folder) {
    return (0,external_node_path_.join)(folder, 'connectors', '*.json');
}
function applyWords({ addresses }, folder) {
    return ['apply', ...connectorWords(addresses, folder), ...reportWords(folder, 'apply')];
}
function planWords({ addresses }, folder) {
    const connectors = connectorWords(addresses, folder);
    return ['plan', ...clusterWords(addresses), ...connectors, ...reportWords(folder, 'plan')];
}
/** `name` is the report's folder: a second sync leaves the first one's report alone. */
function syncWords({ addresses }, folder, name = 'sync') {
    return ['sync', ...clusterWords(addresses), '--run-for', '60s', '--interval', '5s', ...reportWords(folder, name)];
}
function clusterWords({ source, target }) {
    return [
        ...['--source-bootstrap-servers', source.bootstrapServers, '--source-alias', SOURCE_ALIAS],
        ...['--target-bootstrap-servers', target.bootstrapServers, '--target-alias', TARGET_ALIAS],
        ...['--topics', TOPICS.join(',')],
    ];
}
function connectorWords({ connectUrl }, folder) {
    return ['--connect-url', connectUrl ?? '', '--connectors', connectorGlob(folder)];
}
function reportWords(folder, name) {
    return ['--report-dir', (0,external_node_path_.join)(folder, name)];
}

// EXTERNAL MODULE: ./build/adapters/clock.js
var clock = __webpack_require__(21759);
// EXTERNAL MODULE: ./build/adapters/files/text-file.js
var text_file = __webpack_require__(15901);
// EXTERNAL MODULE: ./build/inputs/command-line.js + 1 modules
var command_line = __webpack_require__(39622);
// EXTERNAL MODULE: ./build/inputs/parse-inputs.js + 36 modules
var parse_inputs = __webpack_require__(83582);
// EXTERNAL MODULE: ./build/run/run-command.js + 229 modules
var run_command = __webpack_require__(72214);
;// CONCATENATED MODULE: ./build/demo/our-command.js
/** Runs our own commands in this process, from the words that a person would type. */






/** The same reading and the same run as the command line's; the report is in the `report-dir` of `argv`. */
async function runOurCommand(argv, host) {
    const line = (0,command_line/* readCommandLine */.y)(argv, { environment: () => undefined, readFile: text_file/* readTextFile */.G });
    if (line.kind !== 'run')
        throw new errors/* MigrationError */.Py('INTERNAL', `${argv[0]} is not a command that runs`);
    const inputs = (0,parse_inputs/* parseInputs */.T)(line.raw, { readFile: text_file/* readTextFile */.G, notices: line.notices });
    return (0,run_command/* runCommand */.d)(inputs, { ...host, log: quoted(host.log), clock: clock/* systemClock */.m, proxy: null });
}
/** Sets what a command says apart from what the demo says. */
function quoted(log) {
    // A message a line: the log itself sets apart where one goes on.
    const say = (message) => {
        for (const line of message.split('\n'))
            log.info(`  | ${line}`);
    };
    return {
        stage: say,
        info: say,
        warn: (message) => say(`Warning: ${message}`),
        debug: (message) => log.debug(message),
    };
}
/** For a POSIX shell: each flag with its value on a line of its own. */
function shellCommand(words) {
    return words
        .map((word) => (word.startsWith('--') ? `\\\n      ${word}` : shellWord(word)))
        .join(' ')
        .split('\n');
}
function shellWord(word) {
    return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

// EXTERNAL MODULE: ./build/report/format.js
var format = __webpack_require__(92772);
;// CONCATENATED MODULE: ./build/demo/text-table.js
/** Columns as wide as their widest cell; columns named in `right` are aligned to the right. */
function textTable(rows, right = new Set()) {
    const columns = Math.max(0, ...rows.map((row) => row.length));
    const widths = Array.from({ length: columns }, (_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
    return rows.map((row) => row
        .map((cell, column) => right.has(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd());
}

;// CONCATENATED MODULE: ./build/demo/reread.js


/**
 * Of the groups that were synced. The demo's target holds each record once and without gaps, so that the distance
 * between two of its offsets is a number of records.
 */
function rereadOf({ groups }) {
    return groups.filter(isSynced).map(({ groupId, partitions }) => ({
        groupId,
        byCheckpoints: sum(partitions, ({ translated, checkpointDownstream }) => {
            if (translated === null || checkpointDownstream === null)
                return null;
            return translated > checkpointDownstream ? translated - checkpointDownstream : 0n;
        }),
        committed: sum(partitions, ({ redeliveredMax }) => redeliveredMax),
    }));
}
function isSynced({ partitions }) {
    return partitions.every(({ verdict }) => verdict === 'committed' || verdict === 'unchanged');
}
function sum(items, numberOf) {
    return items.reduce((total, item) => {
        const value = numberOf(item);
        return total === null || value === null ? null : total + value;
    }, 0n);
}
function rereadTable(rows) {
    const head = ['GROUP', "FROM MM2'S CHECKPOINTS", 'FROM WHAT WAS COMMITTED'];
    const cells = rows.map(({ groupId, byCheckpoints, committed }) => [
        groupId,
        (0,format/* offset */.cY)(byCheckpoints),
        (0,format/* offset */.cY)(committed),
    ]);
    return textTable([head, ...cells], new Set([1, 2]));
}
/** One line: the sums, where they are known. */
function rereadVerdict(rows) {
    const ours = sum(rows, ({ committed }) => committed);
    const theirs = sum(rows, ({ byCheckpoints }) => byCheckpoints);
    const words = (total) => (total === null ? 'an unknown number of records' : `${(0,figures/* count */.U9)(total)} records`);
    return `Read again after the move: ${words(ours)}. From MirrorMaker 2's own checkpoints it would have been ${words(theirs)}.`;
}

;// CONCATENATED MODULE: ./build/demo/closing-words.js






/** Four lines. */
function closingLines({ report, equal, kept, script }) {
    const synced = (0,figures/* plural */.LS)((0,totals/* computeTotals */.x0)(report.groups).groups.synced, 'group');
    const java = equal ? "shown the same by Java's own tool" : "but Java's own tool shows others: see the table";
    return [
        `What you saw: connectors applied from files until every task ran; the offsets of ${synced} committed, read back, ${equal ? 'and ' : ''}${java}.`,
        rereadVerdict(rereadOf(report)),
        `What was left alone: ${leftAlone(report)}.`,
        `Next: ${kept ? 'try the commands below' : `node ${script} demo --keep leaves the clusters up to play with`}; node ${script} --help shows the commands for your own clusters.`,
    ];
}
const IN_SHORT = {
    'group-active': 'its consumers are at work on the target',
    'taken-over': 'somebody else set its offsets on the target',
};
function leftAlone({ groups }) {
    const texts = groups.flatMap(({ groupId, partitions }) => {
        const reason = partitions.find(({ verdict }) => verdict === 'skipped')?.reason;
        return reason ? [`${groupId} (${reason}: ${IN_SHORT[reason] ?? 'see the report'})`] : [];
    });
    return texts.length === 0 ? 'nothing' : texts.join(', ');
}
const TOOL = 'org.apache.kafka.tools.consumer.group.ConsumerGroupCommand';
/** Commands for a POSIX shell that work as long as the clusters are up. */
function keptLines({ bed, folder, jars, script, consumer }) {
    const { source, target, connectUrl } = bed.addresses;
    const java = (servers) => `java -cp '${jars.classPath}' ${TOOL} --bootstrap-server ${servers}`;
    const ours = (words) => shellCommand(['node', script, ...words]);
    return [
        `The clusters stay up: source ${source.bootstrapServers}, target ${target.bootstrapServers}, Connect ${connectUrl}`,
        '# analytics reads on at the source:',
        `${java(source.bootstrapServers)} --group analytics --topic orders --reset-offsets --to-latest --execute`,
        '# What would a sync do now?',
        ...ours(planWords(bed, folder)),
        '# Do it:',
        ...ours(syncWords(bed, folder, 'sync-again')),
        "# The offsets on the target, by Java's own tool:",
        `${java(target.bootstrapServers)} --describe --all-groups`,
        `# End the consumer of ${ACTIVE_GROUP}; a sync then calls its offsets taken-over and still leaves them alone:`,
        `kill ${consumer.pid}`,
        '# End and remove everything; -9, since Connect would wait for brokers that are gone:',
        `kill -9 ${[...bed.pids(), consumer.pid].join(' ')}; rm -rf ${bed.workFolder} ${folder}`,
    ];
}

// EXTERNAL MODULE: ./build/domain/run-result.js
var run_result = __webpack_require__(14776);
;// CONCATENATED MODULE: ./build/testbed/simple-commit.js

/**
 * kafkajs keeps its cluster object behind a symbol. The bed asks for it by the symbol's description, which needs no
 * deep import and fails loudly should kafkajs ever change.
 */
function internalCluster(kafka) {
    const symbol = Object.getOwnPropertySymbols(kafka).find((one) => one.description === 'private:Kafka:createCluster');
    const create = symbol === undefined ? undefined : kafka[symbol];
    if (typeof create !== 'function')
        throw errors_bedError('kafkajs no longer creates its cluster the way the bed expects.');
    return create({ allowAutoTopicCreation: false, maxInFlightRequests: 32 });
}

;// CONCATENATED MODULE: ./build/testbed/groups.js



const IN_FLIGHT = 32;
const COMMIT_TIMEOUT_MS = 120_000;
/**
 * Commits offsets for many groups without joining them (OffsetCommit with generation -1), as an operator's tool does.
 * Thousands of groups take seconds. Throws kafkajs's error if a group has members or a partition is not there.
 */
async function commitGroupOffsets(address, commits) {
    const cluster = internalCluster(client_kafkaClient(address));
    await cluster.connect();
    try {
        const queue = [...commits];
        const worker = async () => {
            for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
                await commitOne(cluster, next);
            }
        };
        await Promise.all(Array.from({ length: Math.min(IN_FLIGHT, commits.length) }, worker));
    }
    finally {
        await cluster.disconnect();
    }
}
// Right after the first look-up of a coordinator, its partition may still be loading or on its way.
async function commitOne(cluster, { groupId, offsets }) {
    const commit = async () => {
        const coordinator = await cluster.findGroupCoordinator({ groupId });
        const request = { groupId, groupGenerationId: -1, memberId: '', topics: byTopic(offsets) };
        const error = await coordinator.offsetCommit(request).then(() => null, asKafkaError);
        if (error === null)
            return { done: null };
        return error.retriable === true ? { seen: error.message } : { done: error };
    };
    const refused = await wait_waitFor(`the commit of ${groupId}`, commit, { timeoutMs: COMMIT_TIMEOUT_MS });
    if (refused !== null)
        throw refused;
}
function asKafkaError(error) {
    return error instanceof Error ? error : new Error(String(error));
}
function byTopic(offsets) {
    const topics = new Map();
    for (const { topic, partition, offset, metadata } of offsets) {
        const partitions = topics.get(topic) ?? [];
        partitions.push({ partition, offset: String(offset), metadata: metadata ?? '' });
        topics.set(topic, partitions);
    }
    return [...topics].map(([topic, partitions]) => ({ topic, partitions }));
}
/** Committed offsets of a group by kafkajs; partitions without one are left out. Ordered by topic and partition. */
function committedOffsets(address, groupId) {
    return client_withAdmin(address, async (admin) => {
        const topics = await admin.fetchOffsets({ groupId });
        const offsets = topics.flatMap(({ topic, partitions }) => partitions.map(({ partition, offset, metadata }) => ({
            topic,
            partition,
            offset: BigInt(offset),
            metadata: metadata ?? '',
        })));
        return offsets
            .filter((one) => one.offset >= 0n)
            .sort((a, b) => a.topic.localeCompare(b.topic) || a.partition - b.partition);
    });
}
const JOIN_TIMEOUT_MS = 120_000;
/** Heartbeats share this process with the test: one that stands still for a while is no reason to lose its place. */
const SESSION_TIMEOUT_MS = 120_000;
/** Starts a consumer of kafkajs (classic protocol) and returns when it is a member with an assignment. */
async function liveConsumer(address, options) {
    const consumer = kafkaClient(address).consumer({
        groupId: options.groupId,
        sessionTimeout: SESSION_TIMEOUT_MS,
        maxWaitTimeInMs: 500,
    });
    const values = [];
    const memberIds = [];
    consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => memberIds.push(payload.memberId));
    await consumer.connect();
    await consumer.subscribe({ topics: [...options.topics], fromBeginning: options.fromBeginning ?? true });
    await consumer.run({
        autoCommitInterval: 500,
        eachMessage: async ({ message }) => {
            values.push(message.value?.toString() ?? '');
        },
    });
    const memberId = await joined(consumer, options.groupId, memberIds);
    return {
        groupId: options.groupId,
        memberId,
        values,
        joins: () => memberIds.length,
        stop: () => consumer.disconnect(),
    };
}
async function joined(consumer, groupId, memberIds) {
    const look = async () => {
        const [first] = memberIds;
        return first === undefined ? { seen: 'not a member yet' } : { done: first };
    };
    try {
        return await waitFor(`the consumer to join ${groupId}`, look, { timeoutMs: JOIN_TIMEOUT_MS });
    }
    catch (error) {
        await consumer.disconnect();
        throw error;
    }
}

;// CONCATENATED MODULE: ./build/testbed/console-consumer.js











const CONSOLE_CONSUMER = 'org.apache.kafka.tools.consumer.ConsoleConsumer';
const console_consumer_TIMEOUT_MS = 180_000;
/**
 * Java's own console consumer (Kafka >= 4.3) in a process of its own: it reads from the beginning, commits every half
 * second and stays a member of its group until it is stopped.
 */
async function startConsoleConsumer(address, { groupId, topic, workFolder }) {
    const jars = await resolveJars({ version: address.version });
    const log4jFile = (0,external_node_path_.join)(workFolder, `consumer-${groupId}.log4j.properties`);
    await (0,promises_.writeFile)(log4jFile, log4jProperties(usesLog4j2(jars.version)));
    const args = ['--bootstrap-server', address.bootstrapServers, '--topic', topic, '--group', groupId];
    const settings = ['--from-beginning', '--command-property', 'auto.commit.interval.ms=500'];
    const program = {
        classPath: jars.classPath,
        mainClass: CONSOLE_CONSUMER,
        args: [...args, ...settings],
        log4jFile,
        jvmFlags: ['-Xmx128m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'],
    };
    return startProcess({
        name: `the consumer of ${groupId}`,
        command: 'java',
        args: javaArguments(program),
        cwd: workFolder,
        logFile: (0,external_node_path_.join)(workFolder, `consumer-${groupId}.log`),
    });
}
/** Returns when the consumer is a member of its group and has committed the end of every partition of its topic. */
function waitUntilConsumed(address, consumer, { groupId, topic }) {
    const look = async () => {
        const status = consumer.exitStatus();
        if (status !== null)
            throw errors_bedError(`${consumer.name} ended with ${status}.\n${consumer.logTail()}`);
        const state = await client_withAdmin(address, (admin) => admin.describeGroups([groupId]));
        if (state.groups[0]?.state !== 'Stable')
            return { seen: `group ${state.groups[0]?.state}` };
        const ends = await logRanges(address, topic);
        const committed = await committedOffsets(address, groupId);
        const behind = ends.filter(({ partition, end }) => committed.find((one) => one.partition === partition)?.offset !== end);
        return behind.length === 0 ? { done: undefined } : { seen: `${behind.length} partitions not read to the end` };
    };
    const details = () => `--- ${consumer.logFile}\n${consumer.logTail()}`;
    return wait_waitFor(`${groupId} to have read ${topic}`, look, { timeoutMs: console_consumer_TIMEOUT_MS, intervalMs: 250, details });
}

;// CONCATENATED MODULE: ./build/testbed/records.js




/** The id that every record of the bed carries as its value: unique within a topic. */
function recordId(partition, index) {
    return `${partition}-${index}`;
}
const BATCH_SIZE = 5_000;
/** The broker aborts what is open for longer: 60 s by default. */
const TRANSACTION_TIMEOUT_MS = 600_000;
/** For the replicas to have a batch; sent again after it, a batch would be there twice. */
const ACKS_TIMEOUT_MS = 80_000;
/** Writes the records in batches, each acknowledged by all replicas; about 100,000 a second. */
async function produceRecords(address, options) {
    const { transaction } = options;
    const transactional = transaction === undefined
        ? {}
        : {
            transactionalId: transaction.id,
            transactionTimeout: TRANSACTION_TIMEOUT_MS,
            idempotent: true,
            maxInFlightRequests: 1,
        };
    const producer = client_kafkaClient(address).producer({
        allowAutoTopicCreation: false,
        createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
        ...transactional,
    });
    await producer.connect();
    try {
        for (const partition of options.partitions) {
            for (const messages of batches(partition, options))
                await send(producer, options, messages);
        }
    }
    finally {
        await producer.disconnect();
    }
}
function* batches(partition, options) {
    const record = options.record ?? plainRecord;
    const size = options.batchSize ?? BATCH_SIZE;
    const first = options.firstIndex ?? 0;
    const end = first + options.recordsPerPartition;
    for (let from = first; from < end; from += size) {
        const length = Math.min(size, end - from);
        yield Array.from({ length }, (_, n) => ({ ...record(partition, from + n), partition }));
    }
}
function plainRecord(partition, index) {
    const id = recordId(partition, index);
    return { key: id, value: id };
}
async function send(producer, options, messages) {
    const { topic, transaction } = options;
    const compression = options.compression === undefined ? {} : { compression: options.compression };
    const batch = { topic, messages, acks: -1, timeout: ACKS_TIMEOUT_MS, ...compression };
    if (transaction === undefined) {
        await producer.send(batch);
        return;
    }
    const open = await producer.transaction();
    await open.send(batch);
    await (transaction.outcome === 'commit' ? open.commit() : open.abort());
}
const READ_TIMEOUT_MS = 120_000;
/** kafkajs's own 30 s are over when the machine stands still for as long. */
const records_SESSION_TIMEOUT_MS = 90_000;
/**
 * Reads a small topic from its start to the end that it had at the call. Uses a group of its own, commits nothing and
 * deletes the group. Throws a bed error when the end is not reached in two minutes.
 */
async function readRecords(address, topic) {
    const groupId = `bed-reader-${(0,external_node_crypto_.randomBytes)(4).toString('hex')}`;
    const ends = await client_withAdmin(address, (admin) => admin.fetchTopicOffsets(topic));
    const left = new Map(ends.filter((one) => one.low !== one.high).map((one) => [one.partition, BigInt(one.high)]));
    if (left.size === 0)
        return [];
    const records = [];
    // A reader that lost its place in the group begins at the start again.
    const next = new Map();
    const consumer = client_kafkaClient(address).consumer({ groupId, sessionTimeout: records_SESSION_TIMEOUT_MS, maxWaitTimeInMs: 200 });
    await consumer.connect();
    try {
        await consumer.subscribe({ topics: [topic], fromBeginning: true });
        await consumer.run({
            autoCommit: false,
            eachBatch: async ({ batch }) => {
                for (const { offset, key, value, timestamp } of batch.messages) {
                    const at = { partition: batch.partition, offset: BigInt(offset), timestampMs: Number(timestamp) };
                    if (at.offset < (next.get(at.partition) ?? 0n))
                        continue;
                    next.set(at.partition, at.offset + 1n);
                    records.push({ ...at, key, value });
                }
                // The batch's last offset, since a marker of a transaction ends a log without a record.
                const end = left.get(batch.partition);
                if (end !== undefined && BigInt(batch.lastOffset()) + 1n >= end)
                    left.delete(batch.partition);
            },
        });
        const look = async () => (left.size === 0 ? { done: records } : { seen: `${records.length} records` });
        return await wait_waitFor(`${topic} to be read`, look, { timeoutMs: READ_TIMEOUT_MS, intervalMs: 20 });
    }
    finally {
        await consumer.disconnect();
        await client_withAdmin(address, (admin) => admin.deleteGroups([groupId]).catch(() => undefined));
    }
}

;// CONCATENATED MODULE: ./build/testbed/checkpoints.js



const CHECKPOINT_TIMEOUT_MS = 240_000;
/**
 * Waits until the latest checkpoints (one for each group and partition) are as the caller wants them and returns them.
 * A small reader of the bed's own, so that tests of our real one do not wait on the code they test.
 */
async function waitForCheckpoints(bed, options, wanted) {
    const topic = checkpointsTopic(options);
    const look = async () => {
        const latest = latestOf(await readRecords(bed.target, topic));
        return wanted(latest) ? { done: latest } : { seen: `${latest.length} checkpoints` };
    };
    const timeoutMs = options.timeoutMs ?? CHECKPOINT_TIMEOUT_MS;
    return wait_waitFor(`the wanted checkpoints in ${topic}`, look, { timeoutMs, intervalMs: 250 });
}
function latestOf(records) {
    const latest = new Map();
    for (const { key, value } of records) {
        if (key === null || value === null)
            continue;
        const checkpoint = decode(key, value);
        latest.set(`${checkpoint.groupId} ${checkpoint.topic} ${checkpoint.partition}`, checkpoint);
    }
    return [...latest.values()];
}
// Key: group STRING, topic STRING, partition INT32. Value: version INT16, upstream INT64, downstream INT64, metadata.
function decode(key, value) {
    const groupEnd = 2 + key.readInt16BE(0);
    const topicEnd = groupEnd + 2 + key.readInt16BE(groupEnd);
    return {
        groupId: key.toString('utf8', 2, groupEnd),
        topic: key.toString('utf8', groupEnd + 2, topicEnd),
        partition: key.readInt32BE(topicEnd),
        upstreamOffset: value.readBigInt64BE(2),
        downstreamOffset: value.readBigInt64BE(10),
    };
}

;// CONCATENATED MODULE: ./build/demo/clusters.js







/**
 * The first record of each partition, and groups at their start. MM2 drops offset syncs in bursts, so it has to be
 * running before the bulk arrives: else a group near the beginning would never get a checkpoint.
 */
async function createSource({ addresses }) {
    await createTopics(addresses.source, TOPICS.map((topic) => ({ topic, partitions: PARTITIONS.length })));
    await produceUpTo(addresses.source, 0, 1);
    await commitGroupOffsets(addresses.source, committedAt(0));
}
/** Producers write on, and the groups of the source go to the places that the cast gives them. */
async function growSource({ addresses }, from, to) {
    await produceUpTo(addresses.source, from, to);
    await commitGroupOffsets(addresses.source, committedAt(to));
}
async function produceUpTo(source, from, to) {
    const places = { partitions: PARTITIONS, recordsPerPartition: to - from, firstIndex: from };
    await Promise.all(TOPICS.map((topic) => produceRecords(source, { topic, ...places })));
}
function waitUntilCopied({ addresses }) {
    return waitForReplication(addresses, TOPICS, { sourceAlias: SOURCE_ALIAS });
}
/**
 * MM2 keeps fewer offset syncs the farther back they lie: a group's checkpoint is exact if MM2 looks at the group while
 * its place is still the end of the log. Real groups that stopped long ago have had that moment; so these get it.
 */
async function waitForCheckpointsAt({ addresses }, records) {
    const wanted = committedAt(records)
        .flatMap(({ groupId, offsets }) => offsets.filter(({ offset }) => offset === BigInt(records)).map((one) => ({ ...one, groupId })));
    await waitForCheckpoints(addresses, { sourceAlias: SOURCE_ALIAS }, (latest) => {
        const there = new Set(latest.map((one) => `${one.groupId} ${one.topic} ${one.partition} ${one.downstreamOffset}`));
        return wanted.every(({ groupId, topic, partition, offset }) => there.has(`${groupId} ${targetTopic(topic, { sourceAlias: SOURCE_ALIAS })} ${partition} ${offset}`));
    });
}
/** So that MM2 is judged by what it writes, and not by when. */
async function waitForLatestCheckpoints({ addresses }) {
    const wanted = committedAt(RECORDS).flatMap(({ groupId, offsets }) => offsets.map(({ topic, partition, offset }) => {
        const copy = targetTopic(topic, { sourceAlias: SOURCE_ALIAS });
        return `${groupId} ${copy} ${partition} ${offset}`;
    }));
    await waitForCheckpoints(addresses, { sourceAlias: SOURCE_ALIAS }, (latest) => {
        const there = new Set(latest.map((one) => `${one.groupId} ${one.topic} ${one.partition} ${one.upstreamOffset}`));
        return wanted.every((one) => there.has(one));
    });
}
const activeTopic = targetTopic(ACTIVE_GROUP_TOPIC, { sourceAlias: SOURCE_ALIAS });
function startActiveGroup({ addresses, workFolder }) {
    const consumer = { groupId: ACTIVE_GROUP, topic: activeTopic, workFolder };
    return startConsoleConsumer(addresses.target, consumer);
}
async function setOperatorsOffsets({ addresses }) {
    const topic = targetTopic(OPERATORS_TOPIC, { sourceAlias: SOURCE_ALIAS });
    const offsets = OPERATORS_OFFSETS.map((offset, partition) => ({ topic, partition, offset }));
    await commitGroupOffsets(addresses.target, [{ groupId: OPERATORS_GROUP, offsets }]);
}

// EXTERNAL MODULE: ./build/report/terminal/render-terminal.js + 2 modules
var render_terminal = __webpack_require__(57353);
;// CONCATENATED MODULE: ./build/demo/stage.js
/** What every scene of the demo has at hand. */



/** Shows the command and runs it. Throws when it failed or was cancelled, since the rest of the story rests on it. */
async function ourCommand({ folder, log, signal }, words) {
    const [first, ...rest] = shellCommand(['node', 'dist/cli.js', ...words]);
    for (const line of [`  $ ${first}`, ...rest])
        log.info(line);
    const report = await runOurCommand(words, { log, signal, workingFolder: folder });
    signal.throwIfAborted();
    if (report.result !== 'failed')
        return report;
    for (const line of (0,render_terminal/* renderTerminal */.b)(report))
        log.info(line);
    throw new errors/* MigrationError */.Py('TESTBED', `The demo ends here, since ${words[0]} failed. Reports so far: ${folder}`);
}
function begin(log, title) {
    log.info('');
    log.stage(title);
}

;// CONCATENATED MODULE: ./build/demo/setting-up.js
/** The scenes before the sync: a source with data, connectors, a migration under way. */








async function fillSource({ bed, log, signal }) {
    const { /* TOPICS */ "pO": TOPICS, /* PARTITIONS */ "S1": PARTITIONS, /* ACTORS */ "RX": ACTORS } = cast_namespaceObject;
    log.info(`Processes: ${bed.pids().join(' ')}`);
    begin(log, `2/7 Fill the source: ${TOPICS.length} topics, ${ACTORS.length} consumer groups`);
    log.info(`Topics ${TOPICS.join(', ')}, ${PARTITIONS.length} partitions each. The groups will stand at these places:`);
    for (const line of textTable(ACTORS.map(({ groupId, role }) => ['', groupId, role])))
        log.info(line);
    await unlessCancelled(createSource(bed), signal);
}
async function applyConnectors(stage) {
    const { bed, folder, log, signal } = stage;
    begin(log, '3/7 Apply the MirrorMaker 2 connectors');
    const files = await writeConnectorFiles(bed, folder);
    log.info(`Three connector files, as a migration repository holds them: ${files}`);
    await ourCommand(stage, applyWords(bed, folder));
    log.info('Waiting until the first records are copied');
    await unlessCancelled(waitUntilCopied(bed), signal);
}
/** @returns the active group's consumer on the target. */
async function letItRun(stage) {
    const { bed, log, signal, endLater } = stage;
    begin(log, '4/7 The migration is under way');
    log.info('Producers write on and groups read on, while MirrorMaker 2 copies records and writes checkpoints.');
    const starting = startActiveGroup(bed).then((consumer) => {
        endLater(consumer);
        return consumer;
    });
    const [consumer] = await unlessCancelled(settleBoth(starting, copyAll(stage)), signal);
    await unlessCancelled(setOperatorsOffsets(bed), signal);
    log.info(`An operator has set the offsets of ${OPERATORS_GROUP} on the target by hand.`);
    const active = { groupId: ACTIVE_GROUP, topic: activeTopic };
    await unlessCancelled(waitUntilConsumed(bed.addresses.target, consumer, active), signal);
    log.info(`A consumer of ${ACTIVE_GROUP} has read everything on the target and waits for more (process ${consumer.pid}).`);
    return consumer;
}
async function copyAll({ bed, log }) {
    const { /* HALFWAY */ "Pi": HALFWAY, /* RECORDS */ "ft": RECORDS } = cast_namespaceObject;
    await growSource(bed, 1, HALFWAY);
    await waitUntilCopied(bed);
    await waitForCheckpointsAt(bed, HALFWAY);
    log.info(`${total(HALFWAY)} records are copied; some groups stop reading here.`);
    await growSource(bed, HALFWAY, RECORDS);
    await waitUntilCopied(bed);
    await waitForLatestCheckpoints(bed);
    log.info(`${total(RECORDS)} records are copied, and MirrorMaker 2 has a checkpoint for the last place of every group.`);
}
const total = (records) => (records * TOPICS.length * PARTITIONS.length).toLocaleString('en');

// EXTERNAL MODULE: ./build/adapters/files/offsets-csv-file.js + 1 modules
var offsets_csv_file = __webpack_require__(58301);
// EXTERNAL MODULE: ./build/report/markdown/render-summary.js + 9 modules
var render_summary = __webpack_require__(9760);
// EXTERNAL MODULE: ./build/run/report-files.js + 23 modules
var report_files = __webpack_require__(93540);
;// CONCATENATED MODULE: ./build/testbed/consumer-group-command.js








const consumer_group_command_TOOL = 'org.apache.kafka.tools.consumer.group.ConsumerGroupCommand';
const consumer_group_command_TIMEOUT_MS = 240_000;
/** Of each question that the tool asks; its own 5 s are short for a broker that stands still. */
const ANSWER_TIMEOUT_MS = 60_000;
/** Runs Java's own tool, as `kafka-consumer-groups.sh` does, and returns what it printed. */
async function runConsumerGroupCommand(bootstrapServers, args, options = {}) {
    const jars = await resolveJars(options);
    const folder = await createWorkFolder('consumer-group-command-');
    try {
        const log4jFile = (0,external_node_path_.join)(folder, 'log4j.properties');
        await (0,promises_.writeFile)(log4jFile, log4jProperties(usesLog4j2(jars.version)).replaceAll('INFO', 'ERROR'));
        const configFile = (0,external_node_path_.join)(folder, 'client.properties');
        await (0,promises_.writeFile)(configFile, propertiesText(options.clientProperties ?? {}), { mode: 0o600 });
        const how = ['--command-config', configFile, '--timeout', String(ANSWER_TIMEOUT_MS)];
        const toolArgs = ['--bootstrap-server', bootstrapServers, ...how, ...args];
        const program = { classPath: jars.classPath, mainClass: consumer_group_command_TOOL, args: toolArgs, log4jFile };
        const missing = 'Java was not found on PATH.';
        const settings = { missing, timeoutMs: consumer_group_command_TIMEOUT_MS, env: javaEnvironment() };
        const { exitCode, output } = await runCommand('java', javaArguments(program), settings);
        if (exitCode !== 0)
            throw errors_bedError(`kafka-consumer-groups ended with exit code ${exitCode}:\n${output}`);
        return output;
    }
    finally {
        await removeWorkFolder(folder);
    }
}
/** `--describe --offsets --all-groups`, parsed; with group ids, of these only. */
async function describeGroupOffsets(bootstrapServers, groupIds = [], options = {}) {
    const which = groupIds.length === 0 ? ['--all-groups'] : groupIds.flatMap((groupId) => ['--group', groupId]);
    const output = await runConsumerGroupCommand(bootstrapServers, ['--describe', '--offsets', ...which], options);
    return parseConsumerGroupTable(output);
}
/** The table has a header line a group; other lines are remarks such as "has no active members". */
function parseConsumerGroupTable(output) {
    const rows = [];
    let columns = [];
    for (const line of output.split('\n')) {
        const cells = line.trim().split(/\s+/);
        if (cells[0] === 'GROUP' && cells[1] === 'TOPIC') {
            columns = cells;
        }
        else if (columns.length > 0 && cells.length === columns.length) {
            rows.push(rowOf(new Map(columns.map((column, index) => [column, cells[index] ?? '-']))));
        }
    }
    return rows;
}
function rowOf(cells) {
    const text = (column) => {
        const cell = cells.get(column) ?? '-';
        return cell === '-' ? null : cell;
    };
    const offset = (column) => {
        const cell = text(column);
        return cell === null ? null : BigInt(cell);
    };
    return {
        groupId: text('GROUP') ?? '',
        topic: text('TOPIC') ?? '',
        partition: Number(text('PARTITION')),
        currentOffset: offset('CURRENT-OFFSET'),
        logEndOffset: offset('LOG-END-OFFSET'),
        lag: offset('LAG'),
        consumerId: text('CONSUMER-ID'),
    };
}

;// CONCATENATED MODULE: ./build/demo/compare-with-java.js
/** The offsets that our report claims beside those that Java's own tool shows. */


/** Every group partition of the report, in the order of group, topic and partition. */
function compareWithJava(report, rows) {
    const shown = new Map(rows.map((row) => [keyOf(row), row.currentOffset]));
    const pairs = report.groups.flatMap(({ groupId, partitions }) => partitions.map(({ topic, partition, sourceCommitted, targetAfter }) => {
        const java = shown.get(keyOf({ groupId, topic, partition })) ?? null;
        return { groupId, topic, partition, source: sourceCommitted, ours: targetAfter, java };
    }));
    pairs.sort((a, b) => compare(a.groupId, b.groupId) || compare(a.topic, b.topic) || a.partition - b.partition);
    return { pairs, different: pairs.filter(({ ours, java }) => ours !== java) };
}
function comparisonTable({ pairs }) {
    const head = ['GROUP', 'TOPIC ON THE TARGET', 'PARTITION', 'SOURCE', 'TARGET, OURS', 'TARGET, JAVA', ''];
    const rows = pairs.map(({ groupId, topic, partition, source, ours, java }) => {
        const mark = ours === java ? '=' : 'DIFFERENT';
        return [groupId, topic, String(partition), (0,format/* offset */.cY)(source), (0,format/* offset */.cY)(ours), (0,format/* offset */.cY)(java), mark];
    });
    return textTable([head, ...rows], new Set([2, 3, 4, 5]));
}
/** @returns one line that says whether the two agree. */
function comparisonVerdict({ pairs, different }) {
    if (pairs.length === 0)
        return 'NOT EQUAL: the report shows no group partition to compare.';
    if (different.length > 0)
        return `NOT EQUAL: ${different.length} of ${pairs.length} group partitions differ.`;
    return `Equal: ours and Java's are the same for all ${pairs.length} group partitions.`;
}
function keyOf({ groupId, topic, partition }) {
    return `${groupId} ${topic} ${partition}`;
}
function compare(a, b) {
    return a < b ? -1 : a > b ? 1 : 0;
}

;// CONCATENATED MODULE: ./build/demo/planned-lines.js


/** One line a group: the offsets that a sync would commit, or why it would not. */
function plannedLines(report) {
    return textTable([['GROUP', 'A SYNC WOULD'], ...report.groups.map((group) => [group.groupId, intention(group)])]);
}
function intention({ partitions }) {
    const intentions = [...groupedBy(partitions, words)];
    return intentions.map(([what, ones]) => (what === 'commit' ? `commit ${places(ones)}` : what)).join(' · ');
}
function words({ verdict, reason }) {
    if (verdict === 'planned')
        return 'commit';
    if (verdict === 'pending')
        return `wait (${reason})`;
    return verdict === 'unchanged' ? 'find it in place' : `leave it alone (${reason})`;
}
/** `source.orders 0:1200 1:1180`: each partition with its offset. */
function places(partitions) {
    const byTopic = groupedBy(partitions, ({ topic }) => topic);
    const texts = [...byTopic].map(([topic, ones]) => {
        const offsets = ones.map(({ partition, translated }) => `${partition}:${(0,format/* offset */.cY)(translated)}`);
        return `${topic} ${offsets.join(' ')}`;
    });
    return texts.join(', ');
}
function groupedBy(items, key) {
    const groups = new Map();
    for (const item of items)
        groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
    return groups;
}

;// CONCATENATED MODULE: ./build/demo/syncing.js
/** The scenes that the demo is about: plan, sync, and Java's word on it. */













async function plan(stage) {
    const { bed, folder, log } = stage;
    begin(log, '5/7 Plan: what would a sync do? (writes nothing)');
    const report = await ourCommand(stage, planWords(bed, folder));
    for (const line of plannedLines(report))
        log.info(line);
}
async function sync(stage) {
    const { bed, folder, log } = stage;
    begin(log, '6/7 Sync the consumer-group offsets');
    log.info('Passes go on until nothing changes and nothing is pending, for one minute at most.');
    const report = await ourCommand(stage, syncWords(bed, folder));
    const summaryFile = (0,external_node_path_.join)(folder, 'sync', 'summary.md');
    await (0,promises_.writeFile)(summaryFile, (0,render_summary/* renderSummary */.B)(report).markdown);
    const files = await (0,report_files/* writeReportFiles */.t)(report, { folder: (0,external_node_path_.join)(folder, 'sync'), label: 'default', runUrl: null });
    log.info('The report, as the terminal shows it:');
    for (const line of (0,render_terminal/* renderTerminal */.b)(report))
        log.info(`  | ${line}`);
    log.info('Records that the synced groups read again on the target:');
    for (const line of rereadTable(rereadOf(report)))
        log.info(line);
    log.info(`Page:    ${files.html ?? '(could not be written)'} (open it in a browser: everything, to search and sort)`);
    log.info(`Report:  ${(0,external_node_path_.join)(folder, 'sync', 'report.json')} (the same for machines; report.csv and junit.xml beside it)`);
    log.info(`Summary: ${summaryFile} (what a workflow run on GitHub shows)`);
    if (report.offsetsExport !== null) {
        log.info(`Export:  ${report.offsetsExport} (target offsets before the sync)`);
        log.info(`CSV:     ${(0,offsets_csv_file/* csvPathOf */.l)(report.offsetsExport)} (the same for kafka-consumer-groups --from-file)`);
    }
    return report;
}
/** @returns whether Java's tool shows the offsets that the report claims. */
async function askJava({ bed, log, signal }, report) {
    begin(log, "7/7 Ask Java's own tool for the same offsets");
    log.info('Beside what the report claims stands what kafka-consumer-groups --describe shows on the target.');
    log.info('TARGET equal to SOURCE: the group goes on with its very next record. (These topics started empty on both sides,');
    log.info('so that a record has the same offset there; after years of retention it has not.)');
    const rows = await unlessCancelled(describeGroupOffsets(bed.addresses.target.bootstrapServers), signal);
    const comparison = compareWithJava(report, rows);
    for (const line of comparisonTable(comparison))
        log.info(line);
    log.info(comparisonVerdict(comparison));
    return comparison.pairs.length > 0 && comparison.different.length === 0;
}

;// CONCATENATED MODULE: ./build/demo/story.js
/** The scenes of the demo after the boot, in order. */



async function play(stage) {
    await fillSource(stage);
    await applyConnectors(stage);
    const consumer = await letItRun(stage);
    await plan(stage);
    const report = await sync(stage);
    const equal = await askJava(stage, report);
    return { exitCode: equal ? run_result/* EXIT_CODES */.ai[report.result] : run_result/* EXIT_CODES */.ai.failed, report, equal, consumer };
}

;// CONCATENATED MODULE: ./build/demo/demo.js










/**
 * @returns the exit code of the sync that it shows; 1 when Java's tool shows other offsets than the report.
 * @throws MigrationError(TESTBED), of one line when java or mvn is missing; on a cancel the signal's reason. What was
 * just being started then ends with this process (see the test bed's watchdog).
 */
async function runDemo({ keep, log, signal, script }) {
    const startedAtMs = Date.now();
    const jars = await unlessCancelled(resolveJars({ log: (line) => log.info(line) }), signal);
    log.stage('A Kafka migration with MirrorMaker 2, for real, in about a minute');
    log.info('Everything runs on this machine and is removed at the end; Ctrl-C does that at any time.');
    log.info('');
    log.stage('1/7 Boot two Kafka clusters and Kafka Connect');
    log.info('"source" is the cluster to leave, "target" the one to move to; Connect runs MirrorMaker 2.');
    const bed = await unlessCancelled(startBed({ onProgress: (line) => log.info(line) }), signal);
    const cleanUp = new CleanUp(bed, log, signal);
    try {
        const folder = await (0,promises_.mkdtemp)((0,external_node_path_.join)((0,external_node_os_.tmpdir)(), 'kafka-mm2-demo-'));
        const ending = await playIn(folder, { bed, log, signal, endLater: (started) => cleanUp.add(started) });
        if (keep)
            cleanUp.keep();
        await cleanUp.run();
        log.info('');
        for (const line of closingLines({ ...ending, kept: keep, script }))
            log.info(line);
        log.info(`Total time: ${(0,figures/* duration */.p0)(Date.now() - startedAtMs)}`);
        if (keep)
            for (const line of keptLines({ bed, folder, jars, script, consumer: ending.consumer }))
                log.info(line);
        return ending.exitCode;
    }
    finally {
        await cleanUp.run();
    }
}
/** The folder stays for its reports, unless somebody cancelled. */
async function playIn(folder, stage) {
    try {
        return await play({ ...stage, folder });
    }
    catch (error) {
        if (stage.signal.aborted)
            await (0,promises_.rm)(folder, { recursive: true, force: true });
        throw error;
    }
}


/***/ })

};
