import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { expect, it } from "vitest";

const ROOT = join(import.meta.dirname, "../../..");

/** What a file imports for more than its types, as files of ours or names of packages. */
function importsOf(file: string): string[] {
  const text = readFileSync(file, "utf8");
  return [...text.matchAll(/^(?:import|export) ([^;]*?) ?from "([^"]+)"/gms)].flatMap(([, names, from]) => {
    const said = (names ?? "")
      .replace(/[{}]/g, "")
      .split(",")
      .map((name) => name.trim())
      .filter(Boolean);
    if (names!.startsWith("type ") || said.every((name) => name.startsWith("type "))) return [];
    if (from!.startsWith("#engine/")) return [join(ROOT, from!.replace("#", ""))];
    return [from!.startsWith(".") ? resolve(dirname(file), from!) : from!];
  });
}

/** Every file that must be there before a page can be drawn, with the one that asks for it first. */
function neededBy(...entries: string[]): Map<string, string> {
  const found = new Map<string, string>();
  const queue = entries.map((entry): [string, string] => [join(ROOT, entry), "nobody"]);
  for (let next = queue.shift(); next; next = queue.shift()) {
    const [file, by] = next;
    if (found.has(file)) continue;
    found.set(file, by);
    // The browser gets the contract as a table, without its schemas: `contractAsTable` of the Vite configuration.
    if (!/\.tsx?$/.test(file) || !existsSync(file) || file.endsWith("engine/contract/routes.ts")) continue;
    for (const one of importsOf(file)) queue.push([one, file]);
  }
  return found;
}

it.each([
  "home/home-page",
  "designer/workflow-page",
  "cases/case-page",
])("%s is drawn without waiting for schemas, the text editor or what opens only when asked for", (page) => {
  const needed = neededBy("studio/main.tsx", `studio/features/${page}.tsx`);
  expect(needed.size).toBeGreaterThan(40);
  const heavy = ["zod", "monaco-editor", "xstate", "json-rules-engine", "decimal.js", "react-datasheet-grid"];
  expect(heavy.filter((name) => needed.has(name)).map((name) => `${name}, for ${needed.get(name)}`)).toEqual([]);
  expect(
    [...needed.keys()].filter((file) => /app\/(command-palette|shortcut-list|all-pages)\.tsx$/.test(file)),
  ).toEqual([]);
});
