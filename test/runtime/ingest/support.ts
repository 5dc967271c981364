import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { OrganisationData } from "#engine/organisation/model.ts";
import type { Database } from "../../../runtime/db/client.ts";
import { migrate } from "../../../runtime/db/migrate.ts";
import { openDatabase } from "../../../runtime/db/open.ts";
import type { ImportContext } from "../../../runtime/ingest/import.ts";

/** 15 March 2026, 09:00 UTC. */
export const NOW = Date.UTC(2026, 2, 15, 9);
export const CONTEXT: ImportContext = { now: NOW, by: "test" };

/** An empty database in memory, with the schema. */
export async function emptyDatabase(): Promise<Database> {
  const db = await openDatabase("file::memory:");
  await migrate(db, NOW);
  return db;
}

const DATA = join(import.meta.dirname, "../../../../shared/data");

/** Whether the real data files lie beside the checkout. */
export const hasData = existsSync(DATA);

/** A real file. */
export const dataFile = (path: string): Uint8Array => readFileSync(join(DATA, path));

/** What came out of an import, in the figures that a reader can check by hand. */
export function figures(data: OrganisationData) {
  const managerOf = new Map<string, string | null>();
  for (const line of data.assignments)
    if (line.kind === "primary" && line.validTo === null) managerOf.set(line.person, line.manager);
  const managers = new Set(data.assignments.map((line) => line.manager).filter((id) => id !== null));
  const depth = (id: string): number => {
    const manager = managerOf.get(id);
    return manager ? 1 + depth(manager) : 0;
  };
  return {
    people: data.people.length,
    left: data.people.filter((person) => person.status === "left").length,
    units: data.units.length,
    lines: data.assignments.length,
    managers: managers.size,
    roots: [...managerOf].filter(([, manager]) => manager === null).length,
    depth: Math.max(0, ...[...managerOf.keys()].map(depth)),
  };
}
