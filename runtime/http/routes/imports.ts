import type { ImportKind, ImportView } from "#engine/contract/views/organisation.ts";
import type { Ability } from "../../access/policy.ts";
import type { Reader } from "../../access/reader.ts";
import { applyImportJob, importContext } from "../../commands/apply-import.ts";
import type { Runtime } from "../../commands/runtime.ts";
import { createImport, listImports, mapImport, readImport } from "../../ingest/import.ts";
import type { ImportState } from "../../ingest/import-state.ts";
import { importView } from "../../projections/import-view.ts";
import { movedTasks } from "../../projections/moved-tasks.ts";
import { jobsOfImports } from "../../store/import-jobs.ts";
import type { HandlersOf } from "../handler.ts";

/** What it takes to bring in each kind of file. */
const ABILITY: Record<ImportKind, Ability> = {
  people: "administer",
  units: "administer",
  assignments: "administer",
  observations: "metrics",
  records: "metrics",
};

/** CSV files: upload, say which column is what, look at what would happen, apply. */
export const imports: HandlersOf<"createImport" | "import" | "imports" | "mapImport" | "applyImport"> = {
  createImport: async ({ query, body }, { runtime, reader }) => {
    reader.policy.require(ABILITY[query.kind]);
    const upload = {
      kind: query.kind,
      fileName: query.name ?? `${query.kind}.csv`,
      content: body,
      ...(query.type === undefined ? {} : { recordType: query.type }),
    };
    return viewOf(runtime, await createImport(runtime.db, upload, importContext(runtime, reader)));
  },

  import: async ({ params }, { runtime, reader }) => viewOf(runtime, await opened(runtime, reader, params.id)),

  imports: async (_, { runtime, reader }) => {
    const all = await listImports(runtime.db, importContext(runtime, reader));
    const shown = all.filter(({ kind }) => reader.policy.may(ABILITY[kind]));
    const jobs = await jobsOfImports(
      runtime.db,
      shown.map(({ id }) => id),
    );
    // The counts say it all in a list; what each would do is asked for one by one.
    return {
      items: shown.map((state) => importView({ ...state, changes: [], refused: [] }, jobs.get(state.id) ?? null)),
    };
  },

  mapImport: async ({ params, body }, { runtime, reader }) => {
    const { mapping: columns, ...reading } = body;
    await opened(runtime, reader, params.id);
    return viewOf(
      runtime,
      await mapImport(runtime.db, params.id, { columns, ...reading }, importContext(runtime, reader)),
    );
  },

  applyImport: async ({ params, body }, { runtime, reader, key }) => {
    await opened(runtime, reader, params.id);
    const once = body.key ?? key;
    return applyImportJob(runtime, reader, params.id, {
      skipRefused: body.skipRefused,
      ...(once === undefined ? {} : { key: once }),
    });
  },
};

/** An import that the reader may look at and go on with. */
async function opened(runtime: Runtime, reader: Reader, id: string): Promise<ImportState> {
  const state = await readImport(runtime.db, id, importContext(runtime, reader));
  reader.policy.require(ABILITY[state.kind]);
  return state;
}

async function viewOf(runtime: Runtime, state: ImportState): Promise<ImportView> {
  const jobs = await jobsOfImports(runtime.db, [state.id]);
  const view = importView(state, jobs.get(state.id) ?? null);
  return { ...view, issues: [...view.issues, ...(await movedTasks(runtime, state))] };
}
