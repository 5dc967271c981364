import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Definition } from "#engine/definition/definition.ts";
import { parse } from "#engine/definition/parse.ts";
import type { RecordType } from "#engine/definition/record-type.ts";

const FOLDER = join(import.meta.dirname, "../../templates/green-soft");

/** The documents that Green Soft's data need: metrics, the calendar, record types, the scorecard. All of them parse. */
export function demoDocuments(): Definition[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith(".json"))
    .sort()
    .map((file) => {
      const parsed = parse(JSON.parse(readFileSync(join(FOLDER, file), "utf8")));
      if (!parsed.ok)
        throw new Error(`templates/green-soft/${file}: ${parsed.issues[0]?.path} ${parsed.issues[0]?.message}`);
      return parsed.definition;
    });
}

/** The record types among them, by id. */
export function demoRecordTypes(): Map<string, RecordType> {
  return new Map(
    demoDocuments().flatMap((document) => (document.kind === "record-type" ? [[document.id, document] as const] : [])),
  );
}
