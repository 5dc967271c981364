import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { z } from "zod";
import { catalogueOf } from "#engine/definition/catalogue.ts";
import type { Definition } from "#engine/definition/definition.ts";
import { parse } from "#engine/definition/parse.ts";
import type { TemplateView } from "#engine/contract/views/definitions.ts";
import type { Json } from "#engine/words/json.ts";

const FOLDER = join(import.meta.dirname, "../../templates");

/** A template as it lies in its folder: a main document with what it refers to, and scenarios that prove it. */
export interface Template {
  id: string;
  main: Definition;
  /** The folder's own documents, the main one first, each with its text. */
  documents: { definition: Definition; source: string }[];
  scenarios: Json[];
}

let cached: Template[] | undefined;

/** Every template whose main document has its folder's name. Read once: they come with the program. */
export function templates(): readonly Template[] {
  cached ??= readdirSync(FOLDER, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => readTemplate(name))
    .filter((template) => template !== undefined)
    .sort((a, b) => (a.main.title < b.main.title ? -1 : 1));
  return cached;
}

/** Sources of a template with everything that it refers to in other folders, for making drafts of them. */
export function sourcesWithReferences(id: string): { kind: string; id: string; source: string }[] {
  const all = new Map(allDocuments().map((one) => [`${one.definition.kind}/${one.definition.id}`, one]));
  const wanted = new Map<string, { kind: string; id: string; source: string }>();
  const add = ({ definition, source }: { definition: Definition; source: string }) => {
    const key = `${definition.kind}/${definition.id}`;
    if (wanted.has(key)) return;
    wanted.set(key, { kind: definition.kind, id: definition.id, source });
    // Whatever name of another document stands in this one as a value counts as a reference: a spare draft harms nobody.
    const named = new Set(stringsOf(definition as unknown as Json));
    for (const other of all.values()) if (named.has(other.definition.id) && isReferable(other.definition)) add(other);
  };
  for (const document of templates().find((template) => template.id === id)?.documents ?? []) add(document);
  return [...wanted.values()];
}

/** A template as the gallery shows it; `installed` where its main document exists. */
export function templateView(template: Template, exists: (kind: string, id: string) => boolean): z.infer<typeof TemplateView> {
  const { main, documents, scenarios } = template;
  return {
    id: template.id,
    title: main.title,
    description: main.description ?? "",
    documents: documents.map(({ definition: { kind, id, title } }) => ({ kind, id, title })),
    scenarios: scenarios.length,
    main: { kind: main.kind, id: main.id },
    installed: exists(main.kind, main.id),
  };
}

/** The documents of all templates as a catalogue. */
export const templateCatalogue = () => catalogueOf(allDocuments().map(({ definition }) => definition));

function readTemplate(id: string): Template | undefined {
  const files = documentsOf(id);
  const main = files.find(({ definition }) => definition.id === id)?.definition;
  if (!main) return undefined;
  return {
    id,
    main,
    documents: [...files].sort((a, b) => Number(b.definition === main) - Number(a.definition === main)),
    scenarios: (readScenarios(id) as { scenarios?: Json[] }).scenarios ?? [],
  };
}

function allDocuments(): { definition: Definition; source: string }[] {
  return readdirSync(FOLDER, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => documentsOf(name));
}

function documentsOf(folder: string): { definition: Definition; source: string }[] {
  return readdirSync(join(FOLDER, folder))
    .filter((file) => file.endsWith(".json") && file !== "scenarios.json")
    .sort()
    .map((file) => {
      const source = readFileSync(join(FOLDER, folder, file), "utf8");
      const parsed = parse(JSON.parse(source));
      if (!parsed.ok) throw new Error(`templates/${folder}/${file}: ${parsed.issues[0]?.path} ${parsed.issues[0]?.message}`);
      return { definition: parsed.definition, source };
    });
}

function readScenarios(id: string): unknown {
  try {
    return JSON.parse(readFileSync(join(FOLDER, id, "scenarios.json"), "utf8"));
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return {};
    throw cause;
  }
}

const isReferable = ({ kind }: Definition) => kind !== "cadence";

function stringsOf(value: Json): string[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.flatMap(stringsOf);
  return value !== null && typeof value === "object" ? Object.values(value).flatMap(stringsOf) : [];
}
