import { known, validOn } from "../db/as-of.ts";
import type { Database } from "../db/client.ts";
import { foldForSearch } from "./people-rows.ts";

/** A person as lists show them. */
export interface PersonListRow {
  id: string;
  name: string;
  title: string | null;
  status: string;
  unit: string | null;
  unitTitle: string | null;
  manager: { id: string; name: string; title: string | null } | null;
  reports: number;
}

/** What a list is narrowed to. */
export interface PeopleQuery {
  /** The date whose lines count, ISO. */
  on: string;
  /** Words that must all be in id, name, e-mail or title; case and accents do not matter. */
  search?: string;
  /** This unit and everything below it. */
  unit?: string;
  /** Only these people: the reader's scope. */
  visible?: readonly string[];
  /** `next` of the page before. */
  cursor?: string;
  limit?: number;
}

/** One page of people by name, the number of all, and where the next page starts. */
export async function listPeople(
  db: Database,
  query: PeopleQuery,
): Promise<{ items: PersonListRow[]; total: number; next: string | null }> {
  const limit = Math.min(500, Math.max(1, query.limit ?? 50));
  const after = readCursor(query.cursor);
  const words = foldForSearch(query.search ?? "")
    .split(/\s+/)
    .filter(Boolean);
  const args: Record<string, string | number> = { on: query.on, limit: limit + 1 };
  const where = [known("p")];
  for (const [i, word] of words.entries()) {
    where.push(`p.search LIKE :word${i} ESCAPE '\\'`);
    args[`word${i}`] = `%${word.replaceAll(/[\\%_]/g, "\\$&")}%`;
  }
  if (query.visible) {
    where.push("p.person IN (SELECT value FROM json_each(:visible))");
    args.visible = JSON.stringify(query.visible);
  }
  if (query.unit !== undefined) {
    where.push(
      `p.person IN (SELECT l.person FROM assignments AS l WHERE l.unit IN (SELECT id FROM below) AND ${known("l")} AND ${validOn("l", ":on")})`,
    );
    args.unit = query.unit;
  }
  const below = query.unit === undefined ? "" : `WITH RECURSIVE ${BELOW}`;
  const page = after ? "AND (p.name COLLATE NOCASE, p.person) > (:afterName COLLATE NOCASE, :afterId)" : "";
  const [items, count] = await db.readMany<Record<string, string | number | null>>([
    {
      sql: `${below}
        SELECT p.person AS id, p.name, p.title, p.status, a.unit, u.title AS unitTitle, a.manager, m.name AS managerName, m.title AS managerTitle,
          (SELECT count(*) FROM assignments AS r WHERE r.manager = p.person AND r.kind = 'primary' AND ${known("r")} AND ${validOn("r", ":on")}) AS reports
        FROM profiles AS p
        LEFT JOIN assignments AS a ON a.person = p.person AND a.kind = 'primary' AND ${known("a")} AND ${validOn("a", ":on")}
        LEFT JOIN units AS u ON u.id = a.unit AND ${known("u")} AND ${validOn("u", ":on")}
        LEFT JOIN profiles AS m ON m.person = a.manager AND ${known("m")}
        WHERE ${where.join(" AND ")} ${page}
        ORDER BY p.name COLLATE NOCASE, p.person LIMIT :limit`,
      args: { ...args, ...(after ? { afterName: after.name, afterId: after.id } : {}) },
    },
    {
      sql: `${below} SELECT count(*) AS total FROM profiles AS p WHERE ${where.join(" AND ")}`,
      args: withoutPaging(args),
    },
  ]);
  const rows = (items ?? []).map(rowOf);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown,
    total: Number(count?.[0]?.total ?? 0),
    next: rows.length > limit && last ? cursorOf(last) : null,
  };
}

/** The units at and below `:unit` on `:on`, as a recursive table named `below`. */
export const BELOW = `below (id) AS (
  SELECT :unit
  UNION SELECT c.id FROM units AS c JOIN below ON c.parent = below.id WHERE ${known("c")} AND ${validOn("c", ":on")})`;

function rowOf(row: Record<string, string | number | null>): PersonListRow {
  const text = (key: string) => (row[key] === null || row[key] === undefined ? null : String(row[key]));
  return {
    id: String(row.id),
    name: String(row.name),
    title: text("title"),
    status: String(row.status),
    unit: text("unit"),
    unitTitle: text("unitTitle"),
    manager:
      row.manager === null
        ? null
        : { id: String(row.manager), name: text("managerName") ?? String(row.manager), title: text("managerTitle") },
    reports: Number(row.reports),
  };
}

/** libSQL refuses named arguments that a statement does not use. */
function withoutPaging(args: Record<string, string | number>): Record<string, string | number> {
  const { limit: _, on, ...rest } = args;
  return "unit" in rest ? { ...rest, on: on ?? "" } : rest;
}

const cursorOf = (row: PersonListRow) => Buffer.from(JSON.stringify([row.name, row.id])).toString("base64url");

/** A cursor that was not made here starts the list from the beginning. */
function readCursor(cursor: string | undefined): { name: string; id: string } | undefined {
  if (cursor === undefined) return undefined;
  try {
    const [name, id] = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")) as unknown[];
    return typeof name === "string" && typeof id === "string" ? { name, id } : undefined;
  } catch {
    return undefined;
  }
}
