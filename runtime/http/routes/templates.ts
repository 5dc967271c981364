import type { Json } from "#engine/words/json.ts";
import { createDefinition } from "../../commands/draft.ts";
import { Refused } from "../../commands/refused.ts";
import type { Runtime } from "../../commands/runtime.ts";
import { documentsNeededBy, templates as library, templateOf } from "../../projections/template-library.ts";
import { templateView } from "../../projections/template-view.ts";
import { listDefinitions, readDefinition } from "../../store/definitions-read.ts";
import type { HandlersOf } from "../handler.ts";
import { requireReading } from "./definition-access.ts";

/** The gallery: what can be taken as it is and changed from there. */
export const templates: HandlersOf<"templates" | "template" | "useTemplate"> = {
  templates: async (_, { runtime, reader }) => {
    requireReading(reader.policy, "template");
    const exists = await whatExists(runtime);
    return { items: library().map((template) => templateView(template, exists)) };
  },

  template: async ({ params }, { runtime, reader }) => {
    requireReading(reader.policy, "template", params.id);
    const template = known(params.id);
    return {
      template: templateView(template, await whatExists(runtime)),
      documents: template.documents.map(({ definition }) => definition as unknown as Json),
      scenarios: template.scenarios,
    };
  },

  useTemplate: async ({ params }, { runtime, reader }) => {
    reader.policy.require("design");
    const created: { kind: string; id: string }[] = [];
    const existing: { kind: string; id: string }[] = [];
    for (const { definition, source } of documentsNeededBy(known(params.id))) {
      const { kind, id } = definition;
      const made = !(await readDefinition(runtime.db, kind, id)) && (await create(runtime, reader, source));
      (made ? created : existing).push({ kind, id });
    }
    return { created, existing };
  },
};

/** Creates a draft; false where somebody else was faster. */
async function create(runtime: Runtime, reader: Parameters<typeof createDefinition>[1], source: string) {
  try {
    await createDefinition(runtime, reader, source);
    return true;
  } catch (cause) {
    if (cause instanceof Refused && cause.code === "already-exists") return false;
    throw cause;
  }
}

async function whatExists(runtime: Runtime): Promise<(kind: string, id: string) => boolean> {
  const known = new Set((await listDefinitions(runtime.db)).map(({ kind, id }) => `${kind}/${id}`));
  return (kind, id) => known.has(`${kind}/${id}`);
}

function known(id: string) {
  const template = templateOf(id);
  if (!template) throw new Refused("not-found", `There is no template "${id}".`);
  return template;
}
