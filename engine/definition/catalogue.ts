import type { Definition, DefinitionOf, Kind } from "./definition.ts";

/** The documents that a definition may refer to, found by kind and id. */
export interface Catalogue {
  find<K extends Kind>(kind: K, id: string): DefinitionOf<K> | undefined;
  all<K extends Kind>(kind: K): DefinitionOf<K>[];
}

/** A catalogue over a list of documents; of two with the same kind and id, the later one counts. */
export function catalogueOf(documents: Iterable<Definition>): Catalogue {
  const byKind = new Map<Kind, Map<string, Definition>>();
  for (const document of documents) {
    const ofKind = byKind.get(document.kind) ?? new Map<string, Definition>();
    byKind.set(document.kind, ofKind.set(document.id, document));
  }
  return {
    find: <K extends Kind>(kind: K, id: string) => byKind.get(kind)?.get(id) as DefinitionOf<K> | undefined,
    all: <K extends Kind>(kind: K) => [...(byKind.get(kind)?.values() ?? [])] as DefinitionOf<K>[],
  };
}

/** The catalogue with nothing in it. */
export const EMPTY_CATALOGUE: Catalogue = catalogueOf([]);
