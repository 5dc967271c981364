import type { Database, Statement } from "../db/client.ts";

/** The defaults of the organisation, and whether this database is a demo. */
export interface OrganisationSettings {
  title: string;
  timeZone: string;
  calendar: string;
  currency: string;
  demo: boolean;
  /** What the demo organisation was generated from (seed, anchor month, personas). */
  demoOptions: unknown;
}

/** Reads the one row of settings. */
export async function readOrganisationSettings(db: Database): Promise<OrganisationSettings> {
  const [row] = await db.read<Record<string, string | number | null>>(
    "SELECT title, time_zone, calendar, currency, demo, demo_options FROM organisation",
  );
  if (!row) throw new Error("The database has no organisation row: run the migrations first.");
  return {
    title: String(row.title),
    timeZone: String(row.time_zone),
    calendar: String(row.calendar),
    currency: String(row.currency),
    demo: row.demo === 1,
    demoOptions: row.demo_options === null ? null : (JSON.parse(String(row.demo_options)) as unknown),
  };
}

/** Statements that change some of the settings. */
export function organisationSettingsStatements(change: Partial<OrganisationSettings>): Statement[] {
  const cells: [string, string | number][] = [];
  if (change.title !== undefined) cells.push(["title", change.title]);
  if (change.timeZone !== undefined) cells.push(["time_zone", change.timeZone]);
  if (change.calendar !== undefined) cells.push(["calendar", change.calendar]);
  if (change.currency !== undefined) cells.push(["currency", change.currency]);
  if (change.demo !== undefined) cells.push(["demo", change.demo ? 1 : 0]);
  if (change.demoOptions !== undefined) cells.push(["demo_options", JSON.stringify(change.demoOptions)]);
  if (cells.length === 0) return [];
  return [
    {
      sql: `UPDATE organisation SET ${cells.map(([column]) => `${column} = ?`).join(", ")} WHERE id = 1`,
      args: cells.map(([, value]) => value),
    },
  ];
}

/** Whether there is nobody yet: the moment to offer a demo or a set-up link. */
export async function isEmptyOrganisation(db: Database): Promise<boolean> {
  return (await db.read("SELECT 1 FROM people LIMIT 1")).length === 0;
}
