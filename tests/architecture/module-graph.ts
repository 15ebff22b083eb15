// Which of our files imports what, read with TypeScript's own parser, so that comments and strings cannot fool it.
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import ts from "typescript";

export const root = join(import.meta.dirname, "../..");

export interface Import {
  /** The file below the root that is meant, like "lib/env.ts"; undefined for a package. */
  file: string | undefined;
  /** As written: "@/lib/env", "next/link", "node:fs". */
  written: string;
  /** Leaves no trace at run time. */
  typeOnly: boolean;
}

export interface Module {
  /** Below the root, with forward slashes. */
  path: string;
  source: ts.SourceFile;
  imports: Import[];
}

const skipped = new Set(["node_modules", "data", "public", "generated", "test-results"]);
const endings = ["", ".ts", ".tsx", ".mts", ".mjs", "/index.ts", "/index.tsx"];

function listSources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (skipped.has(entry.name) || entry.name.startsWith(".")) return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return listSources(path);
    return /\.(ts|tsx|mts)$/.test(entry.name) && !entry.name.endsWith(".d.ts") ? [path] : [];
  });
}

function resolveImport(written: string, from: string): string | undefined {
  const base = written.startsWith("@/")
    ? join(root, written.slice(2))
    : written.startsWith(".")
      ? resolve(dirname(from), written)
      : undefined;
  if (base === undefined) return undefined;
  const found = endings.map((ending) => base + ending).find((path) => existsSync(path) && statSync(path).isFile());
  return relative(root, found ?? base).replaceAll("\\", "/");
}

function typeOnlyImport({ importClause }: ts.ImportDeclaration): boolean {
  if (!importClause) return false;
  if (importClause.isTypeOnly) return true;
  const names = importClause.namedBindings;
  return (
    !importClause.name &&
    names !== undefined &&
    ts.isNamedImports(names) &&
    names.elements.length > 0 &&
    names.elements.every((one) => one.isTypeOnly)
  );
}

/** Calls `look` with every node below `node`. */
export function walk(node: ts.Node, look: (node: ts.Node) => void): void {
  look(node);
  ts.forEachChild(node, (child) => walk(child, look));
}

function readImports(source: ts.SourceFile, file: string): Import[] {
  const imports: Import[] = [];
  const add = (literal: ts.Node | undefined, typeOnly: boolean) => {
    if (literal && ts.isStringLiteralLike(literal)) {
      imports.push({ written: literal.text, file: resolveImport(literal.text, file), typeOnly });
    }
  };
  walk(source, (node) => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, typeOnlyImport(node));
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly);
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node.argument.literal, true);
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      add(node.arguments[0], false);
  });
  return imports;
}

/** Every module of ours, by path. */
export function readModules(): Map<string, Module> {
  const modules = listSources(root).map((file): Module => {
    const kind = file.endsWith("x") ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
    const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true, kind);
    return { path: relative(root, file).replaceAll("\\", "/"), source, imports: readImports(source, file) };
  });
  return new Map(modules.map((module) => [module.path, module]));
}

/** Every module that `starts` lead to, themselves included, following what is there at run time. */
export function reachable(modules: Map<string, Module>, starts: string[]): Set<string> {
  const seen = new Set<string>();
  const waiting = [...starts];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    for (const { file, typeOnly } of modules.get(path)?.imports ?? []) if (file && !typeOnly) waiting.push(file);
  }
  return seen;
}

/** Rings of modules that import each other at run time, each as the path around it. */
export function findCycles(modules: Map<string, Module>): string[][] {
  const cycles: string[][] = [];
  const done = new Set<string>();
  const visit = (path: string, trail: string[]) => {
    const at = trail.indexOf(path);
    if (at >= 0) cycles.push([...trail.slice(at), path]);
    if (at >= 0 || done.has(path)) return;
    for (const { file, typeOnly } of modules.get(path)?.imports ?? []) {
      if (file && !typeOnly && modules.has(file)) visit(file, [...trail, path]);
    }
    done.add(path);
  };
  for (const path of modules.keys()) visit(path, []);
  return cycles;
}
