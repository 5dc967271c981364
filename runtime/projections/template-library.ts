import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Definition } from "#engine/definition/definition.ts";
import { parse } from "#engine/definition/parse.ts";
import { documentReferences } from "#engine/lint/document-references.ts";
import { lintSubject } from "#engine/lint/subject.ts";
import type { Json } from "#engine/words/json.ts";
import { textWithStories } from "./template-stories.ts";

const FOLDER = join(import.meta.dirname, "../../templates");

/** A document of a template with the text it is written in. */
export interface TemplateDocument {
  definition: Definition;
  source: string;
}

/** A template as it lies in its folder: documents, the main one first, and the scenarios that prove them. */
export interface Template {
  id: string;
  main: Definition;
  documents: TemplateDocument[];
  scenarios: Json[];
}

interface Library {
  templates: Template[];
  /** The documents of all folders, by kind and id: templates refer to one another, and to what they all share. */
  all: Map<string, TemplateDocument>;
}

let library: Library | undefined;

/** The gallery: every folder with scenarios. Read once, for templates come with the program and do not change. */
export const templates = (): readonly Template[] => read().templates;

/** A template by its folder's name. */
export const templateOf = (id: string): Template | undefined => read().templates.find((template) => template.id === id);

/** A template's documents and everything they refer to in other folders, referred-to documents first. */
export function documentsNeededBy(template: Template): TemplateDocument[] {
  const { all } = read();
  const needed = new Map<string, TemplateDocument>();
  const under = new Set<string>();
  const add = (document: TemplateDocument): void => {
    const key = keyOf(document.definition);
    if (needed.has(key) || under.has(key)) return;
    under.add(key);
    for (const reference of documentReferences(lintSubject(document.definition, undefined))) {
      const found = all.get(keyOf(reference));
      if (found) add(found);
    }
    const about = "subject" in document.definition ? all.get(`record-type/${document.definition.subject}`) : undefined;
    if (about) add(about);
    needed.set(key, document);
  };
  for (const document of template.documents) add(document);
  return [...needed.values()];
}

const keyOf = ({ kind, id }: { kind: string; id: string }) => `${kind}/${id}`;

function read(): Library {
  if (library) return library;
  const folders = readdirSync(FOLDER, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => readFolder(name));
  const all = new Map(folders.flatMap(({ documents }) => documents.map((one) => [keyOf(one.definition), one])));
  const found = folders.flatMap(({ id, documents, scenarios }): Template[] => {
    const main = mainOf(id, documents);
    if (!scenarios || !main) return [];
    const others = documents.filter((one) => one !== main);
    return [{ id, main: main.definition, documents: [main, ...others], scenarios }];
  });
  found.sort((a, b) => (a.main.title < b.main.title ? -1 : 1));
  library = { templates: found, all };
  return library;
}

function readFolder(id: string): { id: string; documents: TemplateDocument[]; scenarios: Json[] | undefined } {
  const files = readdirSync(join(FOLDER, id)).filter((file) => file.endsWith(".json"));
  const proofs = files.includes("scenarios.json")
    ? (JSON.parse(readFileSync(join(FOLDER, id, "scenarios.json"), "utf8")) as { scenarios?: Json[]; payouts?: Json[] })
    : undefined;
  const documents = files
    .filter((file) => file !== "scenarios.json")
    .sort()
    .map((file): TemplateDocument => {
      const source = textWithStories(readFileSync(join(FOLDER, id, file), "utf8"), proofs?.scenarios ?? []);
      const parsed = parse(JSON.parse(source));
      if (!parsed.ok) {
        const [issue] = parsed.issues;
        throw new Error(`templates/${id}/${file}: ${issue?.path} ${issue?.message}`);
      }
      return { definition: parsed.definition, source };
    });
  return { id, documents, scenarios: proofs && [...(proofs.scenarios ?? []), ...(proofs.payouts ?? [])] };
}

/** Of what runs, the document with the folder's name, else the first; a folder of data only has none that runs. */
function mainOf(id: string, documents: readonly TemplateDocument[]): TemplateDocument | undefined {
  const runs = documents.filter(({ definition }) => ["workflow", "escalation", "plan"].includes(definition.kind));
  const named = (some: readonly TemplateDocument[]) => some.find(({ definition }) => definition.id === id);
  return named(runs) ?? runs[0] ?? named(documents) ?? documents[0];
}
