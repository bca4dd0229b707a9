/** What the rules need to know of a TypeScript file, as the compiler's own parser sees it. */
import { posix } from 'node:path';
import ts from 'typescript';

export interface ImportFact {
  /** Path in the repository for a relative import, else the package or `node:` module as written. */
  readonly target: string;
  /** `type`: erased. `lazy`: import() when it is needed. */
  readonly kind: 'value' | 'type' | 'lazy';
  readonly line: number;
}

export interface FunctionFact {
  readonly name: string;
  readonly line: number;
  readonly lines: number;
}

export interface SourceFacts {
  readonly imports: readonly ImportFact[];
  readonly functions: readonly FunctionFact[];
  /** Names that are used, not declared or looked up on something: `process` of `process.env`, not `run.process`. */
  readonly names: readonly { readonly name: string; readonly line: number }[];
  /** `test.only`, `describe.skip.each` … as written. */
  readonly members: readonly { readonly text: string; readonly line: number }[];
}

/** @param path in the repository, with slashes. */
export function readFacts(path: string, text: string): SourceFacts {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true);
  const line = (node: ts.Node) => source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
  const facts = { imports: [], functions: [], names: [], members: [] } as {
    -readonly [key in keyof SourceFacts]: SourceFacts[key][number][];
  };
  const visit = (node: ts.Node) => {
    const found = importOf(node);
    if (found !== null) facts.imports.push({ ...found, target: resolveTarget(path, found.target), line: line(node) });
    if (ts.isFunctionLike(node) && 'body' in node && node.body !== undefined) {
      const last = source.getLineAndCharacterOfPosition(node.getEnd()).line + 1;
      facts.functions.push({ name: nameOf(node), line: line(node), lines: last - line(node) + 1 });
    }
    if (ts.isIdentifier(node) && isUse(node)) facts.names.push({ name: node.text, line: line(node) });
    if (ts.isPropertyAccessExpression(node)) facts.members.push({ text: node.getText(source), line: line(node) });
    ts.forEachChild(node, visit);
  };
  visit(source);
  return facts;
}

function importOf(node: ts.Node): Pick<ImportFact, 'target' | 'kind'> | null {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) {
    const from = node.moduleSpecifier;
    return from !== undefined && ts.isStringLiteral(from) ? { target: from.text, kind: kindOf(node) } : null;
  }
  if (ts.isImportTypeNode(node)) {
    const { argument } = node;
    const isText = ts.isLiteralTypeNode(argument) && ts.isStringLiteral(argument.literal);
    return isText ? { target: (argument.literal as ts.StringLiteral).text, kind: 'type' } : null;
  }
  if (!ts.isCallExpression(node) || node.expression.kind !== ts.SyntaxKind.ImportKeyword) return null;
  const [from] = node.arguments;
  // What cannot be read here cannot be allowed either.
  return { target: from !== undefined && ts.isStringLiteral(from) ? from.text : 'a computed path', kind: 'lazy' };
}

function kindOf(node: ts.ImportDeclaration | ts.ExportDeclaration): ImportFact['kind'] {
  if (ts.isExportDeclaration(node)) {
    const named = node.exportClause;
    if (node.isTypeOnly) return 'type';
    return named !== undefined && ts.isNamedExports(named) && areTypes(named.elements) ? 'type' : 'value';
  }
  const clause = node.importClause;
  if (clause === undefined) return 'value';
  if (clause.isTypeOnly) return 'type';
  const bindings = clause.namedBindings;
  const onlyTypes = bindings !== undefined && ts.isNamedImports(bindings) && areTypes(bindings.elements);
  return clause.name === undefined && onlyTypes ? 'type' : 'value';
}

function areTypes(elements: ts.NodeArray<ts.ImportSpecifier | ts.ExportSpecifier>): boolean {
  return elements.length > 0 && elements.every(({ isTypeOnly }) => isTypeOnly);
}

function resolveTarget(path: string, specifier: string): string {
  return specifier.startsWith('.') ? posix.join(posix.dirname(path), specifier) : specifier;
}

function nameOf(node: ts.SignatureDeclaration): string {
  if (node.name !== undefined) return node.name.getText();
  const { parent } = node;
  return ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent) ? parent.name.getText() : '(no name)';
}

function isUse(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isQualifiedName(parent) || ts.isTypeReferenceNode(parent)) return false;
  const isDeclared = 'name' in parent && parent.name === node && !ts.isShorthandPropertyAssignment(parent);
  return !isDeclared && !ts.isImportSpecifier(parent) && !ts.isExportSpecifier(parent);
}
