// Writes what the input schema, the table of checks and the words of reports say into the documents, between their markers.
// Run by `npm run docs`, after the build that it imports from. `--check` changes nothing and fails on a difference.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { REASONS } from '../build/domain/verdicts.js';
import { renderCheckTable } from '../build/inputs/check-documentation.js';
import {
  renderActionEnvironment,
  renderActionInputs,
  renderAllInputs,
  renderFirstInputs,
  replaceSection,
} from '../build/inputs/documentation.js';
import { renderMskRights, renderMskStatements } from '../build/inputs/ecs-documentation.js';
import { renderLintRules } from '../build/inputs/lint-documentation.js';
import {
  renderAclCommands,
  renderActionPermissions,
  renderIamPolicies,
  renderMm2Permissions,
} from '../build/inputs/permission-documentation.js';
import { renderReason, renderWordTables } from '../build/report/word-documentation.js';

const DOCUMENTS = [
  {
    path: 'action.yml',
    sections: [
      ['inputs', renderActionInputs()],
      ['input-env', renderActionEnvironment()],
    ],
  },
  {
    path: 'README.md',
    sections: [
      ['first-inputs', renderFirstInputs()],
      ['inputs', renderAllInputs()],
    ],
  },
  { path: 'docs/connectors.md', sections: [['lint-rules', renderLintRules()]] },
  { path: 'docs/cutover-gate.md', sections: [['checks', renderCheckTable()]] },
  {
    path: 'docs/reasons.md',
    sections: [...renderWordTables(), ...REASONS.map((reason) => [`reason-${reason}`, renderReason(reason)])],
  },
  {
    path: 'docs/permissions.md',
    sections: [
      ['read-only-rights', renderActionPermissions(['plan', 'check', 'export'])],
      ['writing-rights', renderActionPermissions(['sync', 'migrate', 'rollback'])],
      ['mm2-rights', renderMm2Permissions()],
      ['acl-commands', renderAclCommands()],
      ['iam-policies', renderIamPolicies()],
    ],
  },
  { path: 'deploy/ecs/iam.md', sections: [['msk-rights', renderMskRights()]] },
  {
    path: 'deploy/ecs/migration.yaml',
    sections: [
      ['source-rights', renderMskStatements('source')],
      ['target-rights', renderMskStatements('target')],
    ],
  },
];

const root = new URL('../', import.meta.url);
const isCheck = process.argv.includes('--check');
for (const { path, sections } of DOCUMENTS) {
  const file = new URL(path, root);
  if (!existsSync(file)) {
    console.log(`${path}: not there`);
    continue;
  }
  const before = readFileSync(file, 'utf8');
  let after = before;
  for (const [section, body] of sections) {
    const replaced = replaceSection(after, section, body);
    if (replaced === null) console.log(`${path}: no markers ${section}:start and ${section}:end`);
    else after = replaced;
  }
  if (after === before) console.log(`${path}: up to date`);
  else if (isCheck) {
    console.error(`${path}: differs from the schema; run npm run docs`);
    process.exitCode = 1;
  } else {
    writeFileSync(file, after);
    console.log(`${path}: written`);
  }
}
