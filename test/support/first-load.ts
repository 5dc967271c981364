import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

const BUILT = join(import.meta.dirname, "../../studio/dist/assets");

/**
 * Bytes of script, as sent to a browser (gzip), that a page of the built studio waits for: the entry, the page's own file, and
 * all that these import and do not only ask for later. Throws where the studio is not built.
 * @param page the beginning of its file's name, e.g. `workflow-page-`
 */
export function firstLoad(page: string): number {
  const files = readdirSync(BUILT).filter((file) => file.endsWith(".js"));
  const size = (file: string) => statSync(join(BUILT, file)).size;
  const [entry] = files.filter((file) => file.startsWith("index-")).sort((a, b) => size(b) - size(a));
  const own = files.find((file) => file.startsWith(page));
  if (!entry || !own) throw new Error(`the built studio has no ${page}`);
  const needed = new Set<string>();
  const visit = (file: string): void => {
    if (needed.has(file)) return;
    needed.add(file);
    for (const [, name] of readFileSync(join(BUILT, file), "utf8").matchAll(
      /(?:from|import)\s*[`"']\.\/([\w.-]+\.js)[`"']/g,
    ))
      visit(name!);
  };
  visit(entry);
  visit(own);
  return [...needed].reduce((sum, file) => sum + size(`${file}.gz`), 0);
}
