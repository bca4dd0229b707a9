/** Who may import what: the table behind the README of each folder of `src`. */
import { readFacts } from './source-facts.ts';

/** Paths end in `/` for a folder, `node:` stands for all of Node.js, the rest are packages. */
interface ImportRule {
  /** First rule whose path is the file or a folder around it. */
  readonly from: string;
  readonly may: readonly string[];
  /** Erased when it runs. */
  readonly types?: readonly string[];
  /** Loaded by import() only. */
  readonly lazy?: readonly string[];
}

const CORE = ['src/domain/', 'src/errors.ts'];
const PORTS = [
  'src/operations/ports.ts',
  'src/operations/connect-port.ts',
  'src/operations/rollback/rollback-ports.ts',
  'src/operations/gate/gate-ports.ts',
];

export const IMPORT_RULES: readonly ImportRule[] = [
  { from: 'src/errors.ts', may: [] },
  { from: 'src/version.ts', may: [] },
  { from: 'src/domain/java-regex.ts', may: [...CORE, 're2js'] },
  { from: 'src/domain/', may: CORE },
  { from: 'src/report/', may: [...CORE, 'src/report/'] },
  { from: 'src/inputs/', may: [...CORE, 'src/inputs/', 'yaml'] },
  { from: 'src/operations/', may: [...CORE, 'src/operations/'], types: ['src/report/'] },
  {
    from: 'src/adapters/aws/',
    may: [...CORE, ...PORTS, 'src/adapters/aws/'],
    lazy: ['aws-msk-iam-sasl-signer-js', '@aws-sdk/credential-providers'],
  },
  {
    from: 'src/adapters/connect/',
    may: [...CORE, ...PORTS, 'src/adapters/connect/', 'src/adapters/certificate-facts.ts', 'undici', 'node:'],
    types: ['src/inputs/typed-inputs.ts'],
  },
  {
    from: 'src/adapters/files/key-stores/',
    may: [...CORE, 'src/adapters/files/', 'node-forge', 'node:'],
    types: ['src/inputs/'],
  },
  {
    from: 'src/adapters/files/',
    may: [...CORE, ...PORTS, 'src/adapters/files/', 'src/inputs/properties/', 'yaml', 'node:'],
    types: ['src/inputs/'],
  },
  {
    from: 'src/adapters/github/',
    may: [...CORE, ...PORTS, 'src/adapters/github/', 'src/report/', '@actions/core', '@actions/github', 'node:'],
  },
  {
    from: 'src/adapters/kafka/kafkajs/',
    may: [...CORE, ...PORTS, 'src/adapters/kafka/', 'kafkajs', 'node:'],
  },
  {
    from: 'src/adapters/kafka/log/compression/',
    may: [...CORE, 'src/adapters/kafka/', 'fzstd', 'snappyjs', 'node:'],
  },
  {
    from: 'src/adapters/kafka/',
    may: [...CORE, ...PORTS, 'src/adapters/kafka/', 'src/adapters/certificate-facts.ts', 'node:'],
  },
  { from: 'src/adapters/metrics/', may: CORE },
  { from: 'src/adapters/regex/', may: [...CORE, 'src/adapters/regex/', 'node:'] },
  { from: 'src/adapters/terminal/', may: [...CORE, ...PORTS, 'src/adapters/terminal/', 'src/report/'] },
  { from: 'src/adapters/certificate-facts.ts', may: ['node:'] },
  { from: 'src/adapters/sha256.ts', may: [...CORE, 'node:'] },
  { from: 'src/adapters/', may: [...CORE, ...PORTS] },
  { from: 'src/testbed/', may: ['src/errors.ts', 'src/testbed/', 'kafkajs', 'node:'] },
  {
    from: 'src/run/',
    may: [...CORE, 'src/run/', 'src/inputs/', 'src/operations/', 'src/adapters/', 'src/report/', 'node:'],
  },
  {
    from: 'src/demo/',
    may: [
      ...CORE,
      'src/demo/',
      'src/run/',
      'src/inputs/',
      'src/operations/',
      'src/adapters/',
      'src/report/',
      'src/testbed/',
      'node:',
    ],
  },
  {
    from: 'src/cli.ts',
    may: [...CORE, 'src/version.ts', 'src/run/', 'src/inputs/', 'src/adapters/', 'src/report/', 'node:'],
    types: ['src/operations/'],
    lazy: ['src/demo/'],
  },
  {
    from: 'src/main.ts',
    may: [...CORE, 'src/cli.ts', 'src/run/', 'src/inputs/', 'src/adapters/', 'src/report/', '@actions/core', 'node:'],
    types: ['src/operations/'],
  },
];

/** Each with its reason; one that nothing needs any more is itself a violation. */
export const IMPORT_EXCEPTIONS: readonly {
  readonly from: string;
  readonly to: string;
  readonly because: string;
}[] = [
  {
    from: 'src/adapters/github/hand-over.ts',
    to: 'src/adapters/files/replace-file.ts',
    because: 'the steps of the action hand a file on, which is replaced as the report is',
  },
  {
    from: 'src/adapters/kafka/socket.ts',
    to: 'kafkajs/src/network/connection.js',
    because: 'the type of the socket factory that kafkajs asks for',
  },
];

/** @param files path in the repository → text. */
export function importViolations(files: ReadonlyMap<string, string>): readonly string[] {
  const violations: string[] = [];
  const needed = new Set<string>();
  for (const [path, text] of sources(files)) {
    const rule = IMPORT_RULES.find(({ from }) => covers(from, path));
    if (rule === undefined) {
      violations.push(`${path}: no rule says what this file may import`);
      continue;
    }
    for (const { target, kind, line } of readFacts(path, text).imports) {
      if (isAllowed(rule, target, kind)) continue;
      const exception = `${path} ${target}`;
      if (IMPORT_EXCEPTIONS.some(({ from, to }) => from === path && to === target)) needed.add(exception);
      else violations.push(`${path}:${line}: may not import ${target}${kind === 'value' ? '' : ` (${kind})`}`);
    }
  }
  for (const { from, to } of IMPORT_EXCEPTIONS) {
    if (files.has(from) && !needed.has(`${from} ${to}`)) violations.push(`${from}: needs no exception for ${to}`);
  }
  return violations;
}

function isAllowed(rule: ImportRule, target: string, kind: 'value' | 'type' | 'lazy'): boolean {
  const extra = { value: [], type: rule.types ?? [], lazy: rule.lazy ?? [] }[kind];
  return [...rule.may, ...extra].some((allowed) => covers(allowed, target));
}

function covers(allowed: string, target: string): boolean {
  if (allowed.endsWith('/') || allowed === 'node:') return target.startsWith(allowed);
  return target === allowed || (!allowed.startsWith('src/') && target.startsWith(`${allowed}/`));
}

const PURE = ['src/domain/', 'src/report/', 'src/inputs/', 'src/operations/'];
const OUTSIDE = new Set([
  'Buffer',
  'clearTimeout',
  'console',
  'crypto',
  'fetch',
  'globalThis',
  'performance',
  'process',
  'require',
  'setImmediate',
  'setInterval',
  'setTimeout',
]);
/** Where `process` may be named; the test bed ends what it started when its own process ends. */
const TOUCHES_PROCESS = ['src/main.ts', 'src/cli.ts', 'src/adapters/process-signals.ts', 'src/testbed/'];

/** The outside reached without an import: Node's globals, the clock, chance. */
export function globalViolations(files: ReadonlyMap<string, string>): readonly string[] {
  return sources(files).flatMap(([path, text]) => {
    const facts = readFacts(path, text);
    const isPure = PURE.some((folder) => path.startsWith(folder));
    const names = facts.names.filter(({ name }) => {
      if (name === 'process') return !TOUCHES_PROCESS.some((allowed) => covers(allowed, path));
      return isPure && OUTSIDE.has(name);
    });
    const members = facts.members.filter(({ text }) => isPure && /^(?:Date\.now|Math\.random)$/.test(text));
    const clock = isPure && /\bnew Date\(\s*\)/.test(text) ? [`${path}: may not use new Date()`] : [];
    return [
      ...names.map(({ name, line }) => `${path}:${line}: may not use ${name}`),
      ...members.map((member) => `${path}:${member.line}: may not use ${member.text}`),
      ...clock,
    ];
  });
}

function sources(files: ReadonlyMap<string, string>): readonly (readonly [string, string])[] {
  return [...files].filter(([path]) => path.startsWith('src/') && path.endsWith('.ts') && !path.endsWith('.d.ts'));
}
