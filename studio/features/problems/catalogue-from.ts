import { type Catalogue, catalogueOf } from "#engine/definition/catalogue.ts";
import type { Definition } from "#engine/definition/definition.ts";
import { parse } from "#engine/definition/parse.ts";
import type { Json } from "#engine/words/json.ts";

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
