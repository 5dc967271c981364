import type { Assignment, Person, RoleGrant } from "#engine/organisation/model.ts";
import { known, validOn } from "../db/as-of.ts";
import type { Database } from "../db/client.ts";
import { TABLES } from "./organisation-tables.ts";
import { personOf } from "./people-rows.ts";

/** A person as others are shown in lists. */
export interface Brief {
  id: string;
  name: string;
  title: string | null;
}

/** Everything that a person's page shows of the organisation. */
export interface PersonPage {
  person: Person;
  /** The link to a sign-in, if there is one. */
  userId: string | null;
  /** Managers, the nearest first. */
  chain: Brief[];
  /** Direct reports by name. */
  reports: Brief[];
  /** The unit on that date and those above it, the nearest first. */
  units: { id: string; title: string; level: string }[];
  /** Every line, past and planned, the latest first. */
  assignments: Assignment[];
  roles: RoleGrant[];
}

/** Reads a person's page as of a date; undefined where nobody has that id. */
export async function personPage(db: Database, id: string, on: string): Promise<PersonPage | undefined> {
  const columns = TABLES.profiles.columns.map((column) => `p.${column}`).join(", ");
  const [profiles, chain, reports, units, assignments, roles] = await db.readMany([
    {
      sql: `SELECT json_array(${columns}) AS cells, people.user_id AS userId FROM profiles AS p JOIN people ON people.id = p.person WHERE p.person = :id AND ${known("p")}`,
      args: { id },
    },
    {
      // A circle cannot be stored through the import; the depth keeps a page answering if one ever is.
      sql: `WITH RECURSIVE up (id, depth) AS (
              SELECT a.manager, 1 FROM assignments AS a WHERE a.person = :id AND a.kind = 'primary' AND ${known("a")} AND ${validOn("a", ":on")}
              UNION ALL SELECT a.manager, up.depth + 1 FROM up JOIN assignments AS a ON a.person = up.id
                WHERE a.kind = 'primary' AND up.depth < 30 AND ${known("a")} AND ${validOn("a", ":on")})
            SELECT p.person AS id, p.name, p.title FROM up JOIN profiles AS p ON p.person = up.id WHERE ${known("p")} ORDER BY up.depth`,
      args: { id, on },
    },
    {
      sql: `SELECT p.person AS id, p.name, p.title FROM assignments AS a JOIN profiles AS p ON p.person = a.person
            WHERE a.manager = :id AND a.kind = 'primary' AND ${known("a")} AND ${validOn("a", ":on")} AND ${known("p")} ORDER BY p.name COLLATE NOCASE, p.person`,
      args: { id, on },
    },
    {
      sql: `WITH RECURSIVE up (id, depth) AS (
              SELECT a.unit, 1 FROM assignments AS a WHERE a.person = :id AND a.kind = 'primary' AND ${known("a")} AND ${validOn("a", ":on")}
              UNION ALL SELECT u.parent, up.depth + 1 FROM up JOIN units AS u ON u.id = up.id WHERE u.parent IS NOT NULL AND up.depth < 30 AND ${known("u")} AND ${validOn("u", ":on")})
            SELECT u.id, u.title, u.level FROM up JOIN units AS u ON u.id = up.id WHERE ${known("u")} AND ${validOn("u", ":on")} ORDER BY up.depth`,
      args: { id, on },
    },
    {
      sql: `SELECT a.person, a.unit, a.manager, a.kind, a.weight, a.valid_from AS validFrom, a.valid_to AS validTo FROM assignments AS a
            WHERE a.person = :id AND ${known("a")} ORDER BY a.valid_from DESC`,
      args: { id },
    },
    {
      sql: `SELECT g.person, g.role, g.unit, g.valid_from AS validFrom, g.valid_to AS validTo FROM grants AS g
            WHERE g.person = :id AND ${known("g")} AND ${validOn("g", ":on")} ORDER BY g.role, g.unit`,
      args: { id, on },
    },
  ]);
  const [profile] = profiles ?? [];
  if (!profile) return undefined;
  const plain = <T>(rows: Record<string, unknown>[] | undefined) => (rows ?? []).map((row) => ({ ...row }) as T);
  return {
    person: personOf(JSON.parse(String(profile.cells)) as (string | number | null)[]),
    userId: profile.userId === null ? null : String(profile.userId),
    chain: plain<Brief>(chain),
    reports: plain<Brief>(reports),
    units: plain<{ id: string; title: string; level: string }>(units),
    assignments: plain<Assignment>(assignments),
    roles: plain<RoleGrant>(roles),
  };
}

/** The earlier and present versions of what was known of a person, the latest first: who had which title or pay, known when. */
export async function personHistory(
  db: Database,
  id: string,
): Promise<{ person: Person; recordedAt: number; supersededAt: number | null }[]> {
  const columns = TABLES.profiles.columns.map((column) => `p.${column}`).join(", ");
  const rows = await db.read<{ cells: string; recordedAt: number; supersededAt: number | null }>(
    `SELECT json_array(${columns}) AS cells, p.recorded_at AS recordedAt, p.superseded_at AS supersededAt FROM profiles AS p
     WHERE p.person = ? AND p.import_no NOT IN (SELECT no FROM pending_imports) ORDER BY p.recorded_at DESC, p.rowid DESC`,
    [id],
  );
  return rows.map((row) => ({
    person: personOf(JSON.parse(row.cells) as (string | number | null)[]),
    recordedAt: row.recordedAt,
    supersededAt: row.supersededAt,
  }));
}
