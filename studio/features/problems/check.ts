import { type Catalogue, catalogueOf } from "#engine/definition/catalogue.ts";
import type { Definition } from "#engine/definition/definition.ts";
import { parse } from "#engine/definition/parse.ts";
import { locateIssues, parseText, type TextIssue } from "#engine/definition/parse-text.ts";
import { lint } from "#engine/lint/run.ts";
import { unsupported } from "#engine/lint/unsupported.ts";
import type { Json } from "#engine/words/json.ts";

/*
 * The engine's checks, loaded after the first paint: schemas and checks are the larger part of what the designer brings.
 */

/** What a text is worth: its issues with their places, and the definition where its shape is right. */
export interface Checked {
  issues: readonly TextIssue[];
  definition: Definition | null;
}

const parsedOnce = new WeakMap<object, Definition | null>();

/** A document of the catalogue as a definition; null where its shape is not right. Each is parsed once. */
function definitionOf(document: Json): Definition | null {
  if (typeof document !== "object" || document === null) return null;
  const known = parsedOnce.get(document);
  if (known !== undefined) return known;
  const read = parse(document);
  const definition = read.ok ? read.definition : null;
  parsedOnce.set(document, definition);
  return definition;
}

/** The documents whose shape is right, as the engine looks them up. */
export function catalogueFrom(documents: readonly Json[]): Catalogue {
  return catalogueOf(documents.flatMap((one) => definitionOf(one) ?? []));
}

/** Shape first, then meaning: as the server will judge it. Without a catalogue, references are not judged. */
export function check(text: string, catalogue: Catalogue | undefined): Checked {
  const read = parseText(text);
  if (!read.ok) return { issues: read.issues, definition: null };
  const found = [...lint(read.definition, catalogue), ...unsupported(read.definition)];
  return { issues: locateIssues(text, found), definition: read.definition };
}
