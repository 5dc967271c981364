import type { z } from "zod";
import type { TemplateView } from "#engine/contract/views/definitions.ts";
import type { Template } from "./template-library.ts";

/** A template as the gallery shows it; installed where each of its documents exists, as `exists` says. */
export function templateView(
  { id, main, documents, scenarios }: Template,
  exists: (kind: string, id: string) => boolean,
): z.infer<typeof TemplateView> {
  return {
    id,
    title: main.title,
    description: main.description ?? "",
    documents: documents.map(({ definition }) => ({
      kind: definition.kind,
      id: definition.id,
      title: definition.title,
    })),
    scenarios: scenarios.length,
    main: { kind: main.kind, id: main.id },
    installed: documents.every(({ definition }) => exists(definition.kind, definition.id)),
  };
}
