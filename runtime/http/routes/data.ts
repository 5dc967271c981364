import { compile } from "#engine/compile/compile.ts";
import { parse } from "#engine/definition/parse.ts";
import { bindParams } from "#engine/execute/facts.ts";
import { headOf } from "#engine/execute/head.ts";
import { IssuesError } from "#engine/words/issue.ts";
import type { Json } from "#engine/words/json.ts";
import { Forbidden } from "../../access/forbidden.ts";
import type { Policy } from "../../access/policy.ts";
import { applyImportJob, importContext } from "../../commands/apply-import.ts";
import { createRecord } from "../../commands/create-record.ts";
import { catalogueAsItStands } from "../../commands/draft.ts";
import { Refused } from "../../commands/refused.ts";
import { createImport, listImports, mapImport, readImport } from "../../ingest/import.ts";
import { importView } from "../../projections/import-view.ts";
import { recordViews } from "../../projections/record-view.ts";
import { importJobs } from "../../store/import-jobs.ts";
import { listRecords } from "../../store/records-list.ts";
import { positionCursor } from "../cursor.ts";
import type { HandlersOf } from "../handler.ts";

/** What comes in: records, imports; and what a simulation needs of what is stored. */
export const data: HandlersOf<
  "records" | "createRecord" | "createImport" | "import" | "imports" | "mapImport" | "applyImport" | "simulationFacts"
> = {
  records: async ({ query }, { runtime, reader }) => {
    const cursor = positionCursor(query.cursor);
    if (query.about !== undefined) requirePerson(reader.policy, query.about);
    const people = reader.policy.peopleIds();
    const visible = people && [...people, ...(reader.policy.unitIds() ?? [])];
    const page = await listRecords(runtime.db, {
      limit: query.limit ?? 100,
      ...(query.type ? { type: query.type } : {}),
      ...(query.about ? { about: query.about } : {}),
      ...(cursor ? { cursor } : {}),
      ...(visible ? { visible } : {}),
    });
    return { ...page, items: await recordViews(runtime, reader, page.items) };
  },

  // Whoever works here may write down what happened; whom it is about must be known to the organisation.
  createRecord: async ({ body }, { runtime, reader, key }) => {
    const record = await createRecord(runtime, reader, {
      ...body,
      ...((body.key ?? key) === undefined ? {} : { key: body.key ?? key }),
    });
    return (await recordViews(runtime, reader, [record]))[0]!;
  },

  createImport: async ({ query, body }, { runtime, reader }) => {
    requireImport(reader.policy);
    const state = await createImport(
      runtime.db,
      {
        kind: query.kind,
        fileName: query.name ?? `${query.kind}.csv`,
        content: body,
        ...(query.type ? { recordType: query.type } : {}),
      },
      importContext(runtime, reader),
    );
    return importView(state);
  },

  import: async ({ params }, { runtime, reader }) => {
    requireImport(reader.policy);
    const state = await readImport(runtime.db, params.id, importContext(runtime, reader));
    return importView(state, (await importJobs(runtime.db)).get(params.id) ?? null);
  },

  imports: async (_, { runtime, reader }) => {
    requireImport(reader.policy);
    const states = await listImports(runtime.db, importContext(runtime, reader));
    const jobs = await importJobs(runtime.db);
    return {
      items: states.map((state) => importView({ ...state, changes: [], refused: [] }, jobs.get(state.id) ?? null)),
    };
  },

  mapImport: async ({ params, body }, { runtime, reader }) => {
    requireImport(reader.policy);
    const context = importContext(runtime, reader);
    const before = await readImport(runtime.db, params.id, context);
    const unknown = Object.keys(body.mapping).find(
      (header) => !before.columns.some((column) => column.header === header),
    );
    if (unknown !== undefined) throw new Refused("bad-input", `The file has no column "${unknown}".`);
    const columns = Object.fromEntries(
      before.columns.map(({ header, field }) => [
        header,
        Object.hasOwn(body.mapping, header) ? body.mapping[header]! : field,
      ]),
    );
    return importView(await mapImport(runtime.db, params.id, { ...before.mapping, columns }, context));
  },

  applyImport: ({ params, body }, { runtime, reader, key }) => {
    requireImport(reader.policy);
    return applyImportJob(runtime, reader, params.id, {
      skipRefused: body.skipRefused,
      ...((body.key ?? key) === undefined ? {} : { key: body.key ?? key }),
    });
  },

  simulationFacts: async ({ body }, { runtime, reader, now }) => {
    reader.policy.require("design");
    if (body.subject.kind === "person") requirePerson(reader.policy, body.subject.id);
    const parsed = parse(body.document);
    if (!parsed.ok) throw new IssuesError(parsed.issues);
    const { definition } = parsed;
    if (definition.kind !== "workflow" && definition.kind !== "escalation") {
      throw new Refused("bad-input", `A ${definition.kind} is not simulated; a workflow or an escalation is.`);
    }
    const compiled = compile(definition, await catalogueAsItStands(runtime));
    const head = headOf(compiled, {
      id: "simulation",
      subject: body.subject,
      period: body.period ?? null,
      trigger: {},
      openedAt: now,
    });
    const uses = [...compiled.facts.values()].flat().filter(({ fact }) => fact === "metric");
    const asked = [...new Map(uses.map((use) => [JSON.stringify(use.params ?? {}), use])).values()].map(
      ({ fact, params }) => ({
        fact,
        params: { ...(params ?? {}) } as Record<string, Json>,
      }),
    );
    const bound = asked.map(({ fact, params }) => ({ fact, params: bindParams(params, head) }));
    const stored = await runtime.facts.gather(bound, now);
    return {
      // Under the params that the document writes: the simulator binds them as the server does.
      facts: asked.map(({ fact, params }, i) => ({
        fact,
        params: params as Json,
        value: (stored(fact, bound[i]!.params) ?? null) as Json,
      })),
      parameters: runtime.parameters.values(compiled, now),
    };
  },
};

function requireImport(policy: Policy): void {
  policy.require("administer");
}

function requirePerson(policy: Policy, person: string): void {
  if (policy.seesPerson(person)) return;
  throw new Forbidden("This person's record is not open to you.", { kind: "person", id: person });
}
