import { catalogueOf } from "#engine/definition/catalogue.ts";
import { compile } from "#engine/compile/compile.ts";
import { parseText } from "#engine/definition/parse-text.ts";
import { semanticDiff } from "#engine/outline/changes.ts";
import { describe } from "#engine/outline/describe.ts";
import { IssuesError } from "#engine/words/issue.ts";
import type { Json } from "#engine/words/json.ts";
import {
  catalogueAsItStands,
  checkSource,
  createDefinition,
  discardDraft,
  documentsAsTheyStand,
  existing,
  saveDraft,
} from "../../commands/draft.ts";
import { publishDefinition } from "../../commands/publish-definition.ts";
import { Refused } from "../../commands/refused.ts";
import type { Runtime } from "../../commands/runtime.ts";
import { definitionBriefs, definitionView, versionView } from "../../projections/definition-view.ts";
import { countOpenCases, listVersions } from "../../store/definitions-read.ts";
import type { HandlersOf } from "../handler.ts";

/** Documents: drafts, versions, what changed, and what they say in plain English. */
export const definitions: HandlersOf<
  | "definitions"
  | "catalogue"
  | "definition"
  | "createDefinition"
  | "saveDraft"
  | "discardDraft"
  | "version"
  | "changes"
  | "publish"
  | "xstate"
  | "describeDefinition"
> = {
  definitions: async ({ query }, { runtime }) => ({ items: await definitionBriefs(runtime, query) }),

  catalogue: async (_, { runtime }) => ({
    documents: (await documentsAsTheyStand(runtime)) as unknown as Json[],
    live: [...runtime.catalogue.versions()].map(({ document }) => document as unknown as Json),
  }),

  definition: ({ params }, { runtime }) => definitionView(runtime, params.kind, params.id),

  createDefinition: async ({ body }, { runtime, reader }) => {
    reader.policy.require("design");
    const row = await createDefinition(runtime, reader, body.source);
    return definitionView(runtime, row.kind, row.id);
  },

  saveDraft: async ({ params, body }, { runtime, reader }) => {
    reader.policy.require("design");
    await saveDraft(runtime, reader, params.kind, params.id, body);
    return definitionView(runtime, params.kind, params.id);
  },

  discardDraft: async ({ params }, { runtime, reader }) => {
    reader.policy.require("design");
    await discardDraft(runtime, reader, params.kind, params.id);
    return { ok: true };
  },

  version: async ({ params }, { runtime }) => {
    const versions = await listVersions(runtime.db, params.kind, params.id);
    const found = versions.find(({ version }) => version === params.version);
    if (!found) throw new Refused("not-found", `There is no version ${params.version} of the ${params.kind} "${params.id}".`);
    return {
      version: versionView(found, await countOpenCases(runtime.db)),
      document: found.document as unknown as Json,
    };
  },

  changes: async ({ params }, { runtime }) => {
    const row = await existing(runtime, params.kind, params.id);
    const live = runtime.catalogue.version(row.kind, row.id);
    if (row.draft === null) return { since: live?.version ?? null, changes: [], issues: [] };
    const { definition, issues } = checkSource(runtime, row.draft);
    const changes = live && definition ? semanticDiff(live.document, definition, runtime.catalogue.live) : [];
    return { since: live?.version ?? null, changes, issues };
  },

  publish: async ({ params, body }, { runtime, reader, key }) => {
    reader.policy.require("design");
    const { kind, id } = params;
    const { version } = await publishDefinition(runtime, reader, kind, id, {
      note: body.note,
      expectedRevision: body.expectedRevision,
      ...((body.key ?? key) === undefined ? {} : { key: body.key ?? key }),
    });
    const published = (await listVersions(runtime.db, kind, id)).find((row) => row.version === version);
    return versionView(published!, await countOpenCases(runtime.db));
  },

  xstate: async ({ params }, { runtime }) => {
    const definition = await asItStands(runtime, params.kind, params.id);
    if (definition.kind !== "workflow" && definition.kind !== "escalation") {
      throw new Refused("bad-input", `A ${definition.kind} is no state machine; a workflow or an escalation is.`);
    }
    const { config } = compile(definition, await catalogueAsItStands(runtime));
    return JSON.parse(JSON.stringify(config)) as Json;
  },

  describeDefinition: async ({ params }, { runtime }) =>
    describe(await asItStands(runtime, params.kind, params.id), await catalogueAsItStands(runtime)),
};

/** A document as it stands: its draft, else the live version. Throws IssuesError for a draft that cannot be read. */
async function asItStands(runtime: Runtime, kind: string, id: string) {
  const row = await existing(runtime, kind, id);
  if (row.draft !== null) {
    const parsed = parseText(row.draft);
    if (!parsed.ok) throw new IssuesError(parsed.issues);
    return parsed.definition;
  }
  const live = catalogueOf([...runtime.catalogue.versions()].map(({ document }) => document)).find(row.kind, row.id);
  if (!live) throw new Refused("not-found", `There is no ${kind} "${id}".`);
  return live;
}
