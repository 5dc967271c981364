import type { Json } from "#engine/words/json.ts";
import { Forbidden } from "../../access/forbidden.ts";
import type { Policy } from "../../access/policy.ts";
import { createDefinition } from "../../commands/draft.ts";
import { launch } from "../../commands/launch.ts";
import { previewLaunch } from "../../commands/preview-launch.ts";
import { Refused } from "../../commands/refused.ts";
import { declaredParameter, setParameter } from "../../commands/set-parameter.ts";
import { ownerRole, parameterEffect, parameterView, parameterViews } from "../../projections/parameter-view.ts";
import { tryRules } from "../../projections/rules-try.ts";
import { sourcesWithReferences, templates, templateView } from "../../projections/templates.ts";
import { listDefinitions, readDefinition } from "../../store/definitions-read.ts";
import type { HandlersOf } from "../handler.ts";

/** What designers and admins do with documents: launch, take a template, change a parameter, try rules. */
export const studio: HandlersOf<
  | "previewLaunch"
  | "launch"
  | "templates"
  | "template"
  | "useTemplate"
  | "parameters"
  | "setParameter"
  | "previewParameter"
  | "tryRules"
> = {
  previewLaunch: ({ params, body }, { runtime, reader }) => {
    requireLaunch(reader.policy, body);
    return previewLaunch(runtime, params.id, body);
  },

  launch: ({ params, body }, { runtime, reader, key }) => {
    requireLaunch(reader.policy, body);
    return launch(runtime, reader, params.id, {
      ...body,
      ...((body.key ?? key) === undefined ? {} : { key: body.key ?? key }),
    });
  },

  templates: async (_, { runtime }) => {
    const known = new Set((await listDefinitions(runtime.db)).map(({ kind, id }) => `${kind}/${id}`));
    return { items: templates().map((one) => templateView(one, (kind, id) => known.has(`${kind}/${id}`))) };
  },

  template: async ({ params }, { runtime }) => {
    const found = templateOf(params.id);
    const known = await readDefinition(runtime.db, found.main.kind, found.main.id);
    return {
      template: templateView(found, () => known !== undefined),
      documents: found.documents.map(({ definition }) => definition as unknown as Json),
      scenarios: found.scenarios,
    };
  },

  useTemplate: async ({ params }, { runtime, reader }) => {
    reader.policy.require("design");
    templateOf(params.id);
    const created: { kind: string; id: string }[] = [];
    const known: { kind: string; id: string }[] = [];
    for (const { kind, id, source } of sourcesWithReferences(params.id)) {
      if (await readDefinition(runtime.db, kind, id)) known.push({ kind, id });
      else {
        await createDefinition(runtime, reader, source);
        created.push({ kind, id });
      }
    }
    return { created, existing: known };
  },

  parameters: (_, { runtime, reader }) => ({ items: parameterViews(runtime, reader) }),

  setParameter: async ({ params, body }, { runtime, reader, key }) => {
    const { kind, id, name } = params;
    requireParameter(reader.policy, ownerRole(declaredParameter(runtime, kind, id, name)), `${kind}/${id}/${name}`);
    await setParameter(runtime, reader, kind, id, name, {
      ...body,
      ...((body.key ?? key) === undefined ? {} : { key: body.key ?? key }),
    });
    return parameterView(runtime, reader, kind, id, name);
  },

  previewParameter: ({ params, body }, { runtime, reader }) => {
    const { kind, id, name } = params;
    requireParameter(reader.policy, ownerRole(declaredParameter(runtime, kind, id, name)), `${kind}/${id}/${name}`);
    return parameterEffect(runtime, kind, id, name, body.value);
  },

  tryRules: ({ body }, { runtime, reader }) => {
    if (body.person !== undefined) requirePerson(reader.policy, body.person);
    else reader.policy.require("design");
    return tryRules(runtime, body);
  },
};

/** A partner launches for their own units; designers and admins for all. */
function requireLaunch(policy: Policy, request: { unit?: string | undefined; people?: string[] | undefined }): void {
  policy.require("launch");
  if (policy.holds("hr-admin", "hr-designer")) return;
  const inUnit = request.unit !== undefined && policy.administersUnit(request.unit);
  const people = request.people?.every((person) => policy.administersPerson(person)) ?? false;
  if (!inUnit && !people) {
    throw new Forbidden("You may launch for the units that you are the HR partner of.", {
      kind: "unit",
      id: request.unit ?? "",
    });
  }
}

function requireParameter(policy: Policy, owner: string | null, id: string): void {
  if (policy.editsParameter(owner)) return;
  throw new Forbidden(`This parameter is changed by an HR administrator${owner ? ` or ${owner}` : ""}.`, {
    kind: "parameter",
    id,
  });
}

function requirePerson(policy: Policy, person: string): void {
  if (policy.seesPerson(person)) return;
  throw new Forbidden("This person's record is not open to you.", { kind: "person", id: person });
}

function templateOf(id: string) {
  const found = templates().find((one) => one.id === id);
  if (!found) throw new Refused("not-found", `There is no template "${id}".`);
  return found;
}
