import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";

/** The repository's root folder. */
export const ROOT = join(import.meta.dirname, "..", "..");

/** Every file of the repository that git tracks or would track, by its path from the root. */
export function repositoryFiles(): string[] {
  const listed = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    cwd: ROOT,
    encoding: "utf8",
  });
  // A file deleted but not yet committed is still listed.
  return [...new Set(listed.split("\0"))].filter((path) => path !== "" && existsSync(join(ROOT, path))).sort();
}

/** A TypeScript file with what the architecture cares about. */
export interface SourceFile {
  path: string;
  /** The text without comments and without what stands in quotes. */
  code: string;
  /** The text without comments. */
  text: string;
  /** What it imports: a path from the root for the project's own files, the specifier for packages. */
  imports: string[];
  /** The imports that are still there when types are erased. */
  runs: string[];
}

/** Reads a TypeScript file. */
export function sourceFile(path: string): SourceFile {
  const text = withoutComments(readFileSync(join(ROOT, path), "utf8"));
  return {
    path,
    text,
    code: withoutQuotes(text),
    imports: importsOf(path, text),
    runs: importsOf(path, withoutTypes(text)),
  };
}

const COMMENT = String.raw`\/\*[\s\S]*?\*\/|\/\/[^\n]*`;
const QUOTED = String.raw`"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'`;
const TEMPLATE = "`(?:\\\\.|[^`\\\\])*`";
const REGEX = String.raw`(?<=[=(,:[!&|?{};\n>]\s*|return\s)\/(?![*\/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^\/\\\n[])+\/[a-z]*`;

function withoutComments(text: string): string {
  const token = new RegExp(`(${COMMENT})|${QUOTED}|${TEMPLATE}|${REGEX}`, "g");
  return text.replace(token, (all, comment: string | undefined) => (comment === undefined ? all : " "));
}

function withoutQuotes(text: string): string {
  const token = new RegExp(`${QUOTED}|(${TEMPLATE})|${REGEX}`, "g");
  // What a template computes is code.
  return text.replace(
    token,
    (_all, template: string | undefined) =>
      [...(template ?? "").matchAll(/\$\{([^}]*)\}/g)].map((match) => ` ${match[1]} `).join("") || '""',
  );
}

const IMPORT =
  /(?:^|[\n;])\s*(?:import|export)\s[^;"']*?from\s*["']([^"']+)["']|(?:^|[\n;])\s*import\s*["']([^"']+)["']|\bimport\(\s*["']([^"']+)["']\s*[,)]/g;

/** Without the imports and exports of types, which are gone when the file runs. */
function withoutTypes(text: string): string {
  return text
    .replace(/(^|[\n;])\s*(?:import|export)\s+type\s[^;"']*?from\s*["'][^"']+["']/g, "$1")
    .replace(/(^|[\n;])\s*import\s*\{(?:\s*type\s[^,{}]+,?)+\s*\}\s*from\s*["'][^"']+["']/g, "$1");
}

function importsOf(path: string, text: string): string[] {
  return [...text.matchAll(IMPORT)].map(([, from, bare, dynamic]) => resolved(path, from ?? bare ?? dynamic ?? ""));
}

function resolved(path: string, specifier: string): string {
  const plain = specifier.replace(/\?.*$/, "");
  if (plain.startsWith(".")) return normalize(join(dirname(path), plain)).replaceAll("\\", "/");
  if (plain === "#engine") return "engine/index.ts";
  return plain.startsWith("#engine/") ? plain.slice(1) : plain;
}

/** A cycle in a graph, as the names on it, the first repeated at the end; undefined where there is none. */
export function cycleIn(graph: ReadonlyMap<string, ReadonlySet<string>>): string[] | undefined {
  const done = new Set<string>();
  const visit = (name: string, road: string[]): string[] | undefined => {
    const at = road.indexOf(name);
    if (at !== -1) return [...road.slice(at), name];
    if (done.has(name)) return undefined;
    for (const next of graph.get(name) ?? []) {
      const cycle = visit(next, [...road, name]);
      if (cycle) return cycle;
    }
    done.add(name);
    return undefined;
  };
  for (const name of graph.keys()) {
    const cycle = visit(name, []);
    if (cycle) return cycle;
  }
  return undefined;
}
