import { compile } from "#engine/compile/compile.ts";
import { catalogueOf } from "#engine/definition/catalogue.ts";
import type { Definition } from "#engine/definition/definition.ts";
import { describe } from "#engine/outline/describe.ts";
import { IssuesError } from "#engine/words/issue.ts";
import type { Json } from "#engine/words/json.ts";
import { createDefinition, discardDraft, existing, saveDraft } from "../../commands/draft.ts";
import { publishDefinition } from "../../commands/publish-definition.ts";
import { Refused } from "../../commands/refused.ts";
import type { Runtime } from "../../commands/runtime.ts";
import { definitionChanges } from "../../projections/definition-changes.ts";
import { checksOf } from "../../projections/definition-checks.ts";
import { definitionBriefs, definitionView } from "../../projections/definition-view.ts";
import { versionView } from "../../projections/version-view.ts";
import { countOpenCases, listDefinitions, listVersions, readVersions } from "../../store/definitions-read.ts";
import type { HandlersOf } from "../handler.ts";
import { requireReading } from "./definition-access.ts";

/**
 * Documents: drafts, versions, what changed, and what they say in plain English. Written by designers and HR admins; read by
 * whoever works with them. Owner: helper "definition routes" (also launches, templates, parameters, try-rules, incentives).
 */
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
  definitions: async ({ query }, { runtime, reader }) => {
    requireReading(reader.policy, query.kind ?? "definition");
    return { items: await definitionBriefs(runtime, query) };
  },

  catalogue: async (_, { runtime, reader }) => {
    requireReading(reader.policy, "definition", "catalogue");
    const standing = checksOf(runtime).standing(await listDefinitions(runtime.db));
    return {
      documents: standing as unknown as Json[],
      live: [...runtime.catalogue.versions()].map(({ document }) => document as unknown as Json),
    };
  },

  definition: ({ params: { kind, id } }, { runtime, reader }) => {
    requireReading(reader.policy, kind, id);
    return definitionView(runtime, kind, id);
  },

  createDefinition: async ({ body }, { runtime, reader }) => {
    reader.policy.require("design");
    requireReadable(runtime, body.source);
    const { kind, id } = await createDefinition(runtime, reader, body.source);
    return definitionView(runtime, kind, id);
  },

  saveDraft: async ({ params: { kind, id }, body }, { runtime, reader }) => {
    reader.policy.require("design");
    await existing(runtime, kind, id);
    requireReadable(runtime, body.source);
    await saveDraft(runtime, reader, kind, id, body);
    return definitionView(runtime, kind, id);
  },

  discardDraft: async ({ params: { kind, id } }, { runtime, reader }) => {
    reader.policy.require("design");
    await discardDraft(runtime, reader, kind, id);
    return { ok: true };
  },

  version: async ({ params }, { runtime, reader }) => {
    const { kind, id, version } = params;
    requireReading(reader.policy, kind, id);
    const [found] = await readVersions(runtime.db, [{ kind, id, version }]);
    if (!found) throw new Refused("not-found", `There is no version ${version} of the ${kind} "${id}".`);
    return { version: await shown(runtime, found), document: found.document as unknown as Json };
  },

  changes: ({ params: { kind, id } }, { runtime, reader }) => {
    requireReading(reader.policy, kind, id);
    return definitionChanges(runtime, kind, id);
  },

  publish: async ({ params: { kind, id }, body }, { runtime, reader, key: header }) => {
    reader.policy.require("design");
    const { note, expectedRevision, key = header } = body;
    const { version } = await publishDefinition(runtime, reader, kind, id, {
      note,
      expectedRevision,
      ...(key === undefined ? {} : { key }),
    });
    // Read back: an answer that was remembered may be of a version that has been followed since.
    const published = (await listVersions(runtime.db, kind, id)).find((row) => row.version === version);
    return shown(runtime, published!);
  },

  xstate: async ({ params: { kind, id } }, { runtime, reader }) => {
    requireReading(reader.policy, kind, id);
    if (kind !== "workflow" && kind !== "escalation") {
      throw new Refused("bad-input", `A ${kind} is no state machine. Workflows and escalations are.`);
    }
    const { liveVersion } = await existing(runtime, kind, id);
    const { config } =
      liveVersion === null
        ? await compiledDraft(runtime, kind, id)
        : (await runtime.catalogue.current(kind, id)).compiled;
    return JSON.parse(JSON.stringify(config)) as Json;
  },

  describeDefinition: async ({ params: { kind, id } }, { runtime, reader }) => {
    const live = runtime.catalogue.live;
    // What is live concerns everybody; what is not published yet, those who draw it.
    if (!reader.policy.may("design")) {
      const version = [...runtime.catalogue.versions()].find((row) => row.kind === kind && row.id === id);
      if (!version) throw new Refused("not-found", `There is no published ${kind} "${id}".`);
      return describe(version.document, live);
    }
    const { document, standing } = await asItStands(runtime, kind, id);
    return describe(document, catalogueOf(standing));
  },
};

type Version = Parameters<typeof versionView>[0];

async function shown(runtime: Runtime, version: Version) {
  const directory = await runtime.organisation.directory();
  return versionView(version, { directory, open: await countOpenCases(runtime.db) });
}

async function compiledDraft(runtime: Runtime, kind: string, id: string) {
  const { document, standing } = await asItStands(runtime, kind, id);
  if (document.kind !== "workflow" && document.kind !== "escalation")
    throw new Error(`a ${document.kind} does not run`);
  return compile(document, catalogueOf(standing));
}

/** A document as it stands, draft over live, among all the others. Throws IssuesError for a draft that cannot be read. */
async function asItStands(
  runtime: Runtime,
  kind: string,
  id: string,
): Promise<{ document: Definition; standing: Definition[] }> {
  const row = await existing(runtime, kind, id);
  const checks = checksOf(runtime);
  const parsed = row.draft === null ? undefined : checks.read(row.draft).parsed;
  if (parsed && !parsed.ok) throw new IssuesError(parsed.issues);
  const standing = checks.standing(await listDefinitions(runtime.db));
  const document = standing.find((one) => one.kind === kind && one.id === id);
  if (!document) throw new Refused("not-found", `There is no ${kind} "${id}".`);
  return { document, standing };
}

/** What makes a text unfit to be kept as a draft; anything else that is wrong with it may wait. */
const UNREADABLE = new Set(["malformed-json", "not-a-document", "not-json", "forbidden-key", "too-deep", "too-large"]);

/** Refuses a text that could not be shown again as a document, with the place. */
function requireReadable(runtime: Runtime, source: string): void {
  const { parsed } = checksOf(runtime).read(source);
  if (parsed.ok) return;
  const issues = parsed.issues.filter(({ code }) => UNREADABLE.has(code));
  const [first] = issues;
  if (first) {
    throw new Refused("has-problems", `Line ${first.line} cannot be read: ${first.message}`, {
      issues: issues.map(
        ({ line: _line, column: _column, endLine: _endLine, endColumn: _endColumn, ...issue }) => issue,
      ),
    });
  }
}
