import type { Database } from "../db/client.ts";
import { importFile } from "../ingest/import.ts";
import type { ImportState } from "../ingest/import-state.ts";
import { grantsStatements } from "../store/grants-write.ts";
import {
  isEmptyOrganisation,
  organisationSettingsStatements,
  readOrganisationSettings,
} from "../store/organisation-settings.ts";
import { queuesStatements } from "../store/queues.ts";
import { demoRecordTypes } from "./documents.ts";
import { type DemoOptions, generateDemo } from "./generate.ts";
import type { Persona } from "./personas.ts";

/** What a database remembers of its demo. */
export interface DemoState extends DemoOptions {
  state: "loading" | "loaded";
  personas: Persona[];
}

/** Told as it goes: rows done, rows in all, and what is being loaded. */
export type DemoProgress = (done: number, total: number, what: string) => void;

/** The demo of this database: none, one that a stop interrupted, or a whole one. */
export async function demoState(db: Database): Promise<DemoState | null> {
  return (await readOrganisationSettings(db)).demoOptions as DemoState | null;
}

/**
 * Loads Green Soft Technology through the import, into an empty database or into one where a stop interrupted this: what is
 * there already is not changed. Refused where there are other people.
 */
export async function loadDemo(
  db: Database,
  options: DemoOptions,
  now: number,
  progress: DemoProgress = () => undefined,
): Promise<DemoState> {
  const before = await demoState(db);
  if (before?.state === "loaded") return before;
  if (!before && !(await isEmptyOrganisation(db)))
    throw new Error("The demo organisation is loaded only into an empty database; this one has people in it.");
  const chosen: DemoOptions = before
    ? { seed: before.seed, anchorMonth: before.anchorMonth, ...(before.size ? { size: before.size } : {}) }
    : options;
  const demo = generateDemo(chosen);
  const loading: DemoState = { ...chosen, state: "loading", personas: demo.personas };
  await db.write(
    organisationSettingsStatements({
      title: "Green Soft Technology",
      timeZone: "Asia/Kolkata",
      calendar: "india",
      currency: "INR",
      demo: true,
      demoOptions: loading,
    }),
  );
  const types = demoRecordTypes();
  const context = { now, by: "demo", recordType: (id: string) => types.get(id) };
  const rowsOf = (content: string) => content.split("\n").length - 2;
  const total = demo.files.reduce((sum, file) => sum + rowsOf(file.content), 0);
  let done = 0;
  for (const file of demo.files) {
    const rows = rowsOf(file.content);
    progress(done, total, file.what);
    const state = await importFile(
      db,
      {
        kind: file.kind,
        fileName: file.name,
        content: file.content,
        ...(file.recordType ? { recordType: file.recordType } : {}),
        ...(file.mapping ? { mapping: file.mapping } : {}),
      },
      context,
      (part, of) => progress(done + Math.round((rows * part) / Math.max(1, of)), total, file.what),
    );
    refuseRefusals(state);
    done += rows;
    progress(done, total, file.what);
  }
  const loaded: DemoState = { ...loading, state: "loaded" };
  await db.write([
    ...grantsStatements(demo.grants, { recordedAt: now, importNo: 0 }),
    ...queuesStatements(demo.queues),
    ...organisationSettingsStatements({ demoOptions: loaded }),
  ]);
  return loaded;
}

/** The demo is ours: a row that the import refuses is our bug. */
function refuseRefusals(state: ImportState): void {
  const [first] = state.refused;
  if (first) throw new Error(`${state.fileName} row ${first.row} was refused: ${first.message}`);
}
