import type { Catalogue } from "#engine/definition/catalogue.ts";
import type { Definition } from "#engine/definition/definition.ts";
import { documentReferences } from "#engine/lint/document-references.ts";
import { lintSubject } from "#engine/lint/subject.ts";

const KINDS = new Set(["workflow", "escalation", "ruleset"]);

/**
 * The rule sets, ladders and workflows that a document leads to, each once, the document itself not among them. What only
 * triggers it is not led to.
 */
export function documentsReached(definition: Definition, catalogue: Catalogue): Definition[] {
  const found = new Map<string, Definition>([[`${definition.kind}/${definition.id}`, definition]]);
  // A Map visits what is added while it is walked.
  for (const document of found.values()) {
    for (const { kind, id, path } of documentReferences(lintSubject(document, catalogue))) {
      const key = `${kind}/${id}`;
      if (!KINDS.has(kind) || found.has(key) || path.startsWith("/triggers/")) continue;
      const named = catalogue.find(kind, id);
      if (named) found.set(key, named);
    }
  }
  return [...found.values()].slice(1);
}
