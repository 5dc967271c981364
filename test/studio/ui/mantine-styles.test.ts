import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { expect, it } from "vitest";
import { repositoryFiles, sourceFile } from "../../support/source-files.ts";

const CORE = join(import.meta.dirname, "../../../node_modules/@mantine/core");

/** The style sheets of a component and of all that it draws: what its modules import, by the library's own files. */
function sheetsOf(components: Iterable<string>): Set<string> {
  const index = readFileSync(join(CORE, "esm/index.mjs"), "utf8");
  const seen = new Set<string>();
  const visit = (file: string): void => {
    if (seen.has(file) || !existsSync(file)) return;
    seen.add(file);
    for (const [, from, bare] of readFileSync(file, "utf8").matchAll(/from "(\.[^"]+)"|import "(\.[^"]+)"/g))
      visit(resolve(dirname(file), (from ?? bare)!));
  };
  for (const name of components) {
    const from = new RegExp(`import \\{[^}]*\\b${name}\\b[^}]*\\} from "(\\.[^"]+)"`).exec(index)?.[1];
    if (from) visit(join(CORE, "esm", from));
  }
  const sheets = new Set(readdirSync(join(CORE, "styles")).map((file) => file.replace(/\.css$/, "")));
  return new Set([...seen].map((file) => basename(file).split(".")[0]!).filter((name) => sheets.has(name)));
}

it("the style sheet of every Mantine component that the studio draws is loaded, and no other", () => {
  const drawn = new Set<string>();
  for (const path of repositoryFiles().filter((one) => /^studio\/.*\.tsx?$/.test(one)))
    for (const [, names] of sourceFile(path).text.matchAll(/import \{([^}]*)\} from "@mantine\/core"/g))
      for (const name of names!.split(",")) drawn.add(name.trim().split(" as ")[0]!);
  drawn.delete("");
  // A style sheet and no module: what only a side effect needs must be one that the bundler keeps.
  const text = readFileSync(join(CORE, "../../../studio/ui/mantine-styles.css"), "utf8");
  expect(sourceFile("studio/main.tsx").text).toContain('import "./ui/mantine-styles.css";');
  const loaded = [...text.matchAll(/styles\/([\w-]+)\.css/g)].map(([, name]) => name!);
  expect(drawn.size).toBeGreaterThan(20);
  // What every page needs comes first, in the library's order.
  expect(loaded.slice(0, 3)).toEqual(["baseline", "default-css-variables", "global"]);
  expect([...loaded.slice(3)].sort()).toEqual([...sheetsOf(drawn)].filter((name) => /^[A-Z]/.test(name)).sort());
});
