import type { Assignment, OrganisationData, Person, RoleGrant, Unit } from "#engine/organisation/model.ts";
import type { Database } from "../db/client.ts";
import { type Cell, readVersions } from "../db/versioned.ts";
import { TABLES } from "./organisation-tables.ts";
import { personOf } from "./people-rows.ts";

/** As of when. */
export interface OrganisationAsOf {
  /** What was known at this instant; now where absent. */
  knownAt?: number;
  /** The date whose units are taken (a unit may be renamed or moved); the latest ones where absent. */
  on?: string;
}

/**
 * The whole organisation as the engine reads it: people, units, every reporting line past, present and planned, role grants,
 * queues and absences. 5,000 people take about 100 ms.
 */
export async function loadOrganisation(db: Database, asOf: OrganisationAsOf = {}): Promise<OrganisationData> {
  const knownAt = asOf.knownAt === undefined ? {} : { knownAt: asOf.knownAt };
  const columns = (table: keyof typeof TABLES) => TABLES[table].columns.map((column) => `t.${column}`);
  const profiles = await readVersions(db, "profiles", columns("profiles"), knownAt);
  const units = await readVersions(db, "units", columns("units"), knownAt);
  const assignments = await readVersions(db, "assignments", columns("assignments"), knownAt);
  const grants = await readVersions(db, "grants", columns("grants"), knownAt);
  const [queues, absences, settings] = await db.readMany([
    {
      sql: `SELECT q.id, q.title, (SELECT json_group_array(person) FROM (SELECT person FROM queue_members WHERE queue = q.id ORDER BY position)) AS members
            FROM queues AS q ORDER BY q.id`,
    },
    {
      sql: 'SELECT person, from_date AS "from", to_date AS "to", delegate FROM absences WHERE withdrawn_at IS NULL ORDER BY person, from_date',
    },
    { sql: "SELECT time_zone, calendar, currency FROM organisation" },
  ]);
  const setting = (settings?.[0] ?? {}) as { time_zone: string; calendar: string; currency: string };
  return {
    people: profiles.map(personOf).sort(byId),
    units: currentUnits(units, asOf.on),
    assignments: assignments.map(assignmentOf).sort(byPersonAndDate),
    grants: grants.map(grantOf).sort(byPersonAndDate),
    queues: (queues ?? []).map((row) => ({
      id: String(row.id),
      title: String(row.title),
      members: JSON.parse(String(row.members)) as string[],
    })),
    absences: (absences ?? []).map((row) => ({
      person: String(row.person),
      from: String(row.from),
      to: String(row.to),
      delegate: row.delegate === null ? null : String(row.delegate),
    })),
    timeZone: setting.time_zone,
    calendar: setting.calendar,
    currency: setting.currency,
  };
}

const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const byId = (a: Person, b: Person) => order(a.id, b.id);
const byPersonAndDate = (a: { person: string; validFrom: string }, b: { person: string; validFrom: string }) =>
  order(a.person, b.person) || order(a.validFrom, b.validFrom);

/** The version of each unit that holds on the date, or its latest. */
function currentUnits(rows: Cell[][], on: string | undefined): Unit[] {
  const units = new Map<string, Unit>();
  for (const row of rows.sort((a, b) => order(String(a[6]), String(b[6])))) {
    const [id, title, level, parent, timeZone, calendar, from, to] = row as (string | null)[];
    if (on !== undefined && (from! > on || (to !== null && to !== undefined && to <= on))) continue;
    units.set(id!, {
      id: id!,
      title: title!,
      level: level!,
      parent: parent ?? null,
      timeZone: timeZone ?? null,
      calendar: calendar ?? null,
    });
  }
  return [...units.values()].sort((a, b) => order(a.id, b.id));
}

function assignmentOf(cells: Cell[]): Assignment {
  const [person, unit, manager, kind, weight, validFrom, validTo] = cells as (string | null)[];
  return {
    person: person!,
    unit: unit!,
    manager: manager ?? null,
    kind: kind as Assignment["kind"],
    weight: weight!,
    validFrom: validFrom!,
    validTo: validTo ?? null,
  };
}

function grantOf(cells: Cell[]): RoleGrant {
  const [person, role, unit, validFrom, validTo] = cells as (string | null)[];
  return { person: person!, role: role!, unit: unit ?? null, validFrom: validFrom!, validTo: validTo ?? null };
}
