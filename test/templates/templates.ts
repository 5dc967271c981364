import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Definition } from "#engine/definition/definition.ts";
import { parse } from "#engine/definition/parse.ts";
import { castData } from "#engine/scenario/cast.ts";
import { officeCalendar } from "../support/small-world.ts";

const FOLDER = join(import.meta.dirname, "../../templates");

/** The small organisation that scenarios happen in. */
export const people = castData;

/** A template as it lies in its folder. */
export interface TemplateFolder {
  id: string;
  documents: Definition[];
  scenarios: { scenarios?: unknown[]; payouts?: unknown[] };
}

/** Every template; a document that does not parse fails with its file, place and reason. */
export const templates: TemplateFolder[] = readdirSync(FOLDER, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name: id }) => {
    const files = readdirSync(join(FOLDER, id)).filter((file) => file.endsWith(".json"));
    const read = (file: string) => JSON.parse(readFileSync(join(FOLDER, id, file), "utf8"));
    return {
      id,
      documents: files
        .filter((file) => file !== "scenarios.json")
        .map((file) => {
          const parsed = parse(read(file));
          if (!parsed.ok) throw new Error(`templates/${id}/${file}: ${JSON.stringify(parsed.issues)}`);
          return parsed.definition;
        }),
      scenarios: files.includes("scenarios.json") ? read("scenarios.json") : {},
    };
  });

/** All documents of all templates, and the scenarios' calendar: templates refer to one another. */
export const library: Definition[] = [officeCalendar, ...templates.flatMap((template) => template.documents)];
