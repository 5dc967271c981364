import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Json } from "#engine/words/json.ts";
import { textWithStories } from "../projections/template-stories.ts";

const FOLDER = join(import.meta.dirname, "../../templates");

/**
 * The text of every document of every template, by folder and file name, a workflow's stories as its tests. What has no kind
 * (the scenarios) is left out.
 */
export function templateDocuments(folder: string = FOLDER): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort()
    .flatMap((template) => {
      const read = (file: string) => readFileSync(join(folder, template, file), "utf8");
      const files = readdirSync(join(folder, template)).filter((file) => file.endsWith(".json"));
      const stories = files.includes("scenarios.json")
        ? ((JSON.parse(read("scenarios.json")) as { scenarios?: Json[] }).scenarios ?? [])
        : [];
      return files
        .sort()
        .map(read)
        .filter((text) => typeof (JSON.parse(text) as { kind?: unknown }).kind === "string")
        .map((text) => textWithStories(text, stories));
    });
}
