import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const FOLDER = join(import.meta.dirname, "../../templates");

/** The text of every document of every template, by folder and file name. What has no kind (scenarios, people) is left out. */
export function templateDocuments(folder: string = FOLDER): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort()
    .flatMap((template) =>
      readdirSync(join(folder, template))
        .filter((file) => file.endsWith(".json"))
        .sort()
        .map((file) => readFileSync(join(folder, template, file), "utf8"))
        .filter((text) => typeof (JSON.parse(text) as { kind?: unknown }).kind === "string"),
    );
}
