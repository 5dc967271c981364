import { known, validOn } from "../db/as-of.ts";
import type { Database } from "../db/client.ts";

/** A unit with how many people are in it and below it, and who heads it. */
export interface UnitCount {
  id: string;
  title: string;
  level: string;
  parent: string | null;
  /** People whose primary line is here or below. */
  people: number;
  /** People whose primary line is right here. */
  own: number;
  head: { id: string; name: string; title: string | null } | null;
}

/** The organisation tree on a date, parents before children. People who left are not counted. */
export async function unitTree(db: Database, on: string): Promise<UnitCount[]> {
  const [units, counts, heads] = await db.readMany<Record<string, string | number | null>>([
    {
      sql: `SELECT u.id, u.title, u.level, u.parent FROM units AS u WHERE ${known("u")} AND ${validOn("u", ":on")} ORDER BY u.title, u.id`,
      args: { on },
    },
    {
      sql: `SELECT a.unit, count(*) AS n FROM assignments AS a JOIN profiles AS p ON p.person = a.person
            WHERE a.kind = 'primary' AND ${known("a")} AND ${validOn("a", ":on")} AND ${known("p")} AND p.status <> 'left' GROUP BY a.unit`,
      args: { on },
    },
    {
      sql: `SELECT g.unit, p.person AS id, p.name, p.title FROM grants AS g JOIN profiles AS p ON p.person = g.person
            WHERE g.role = 'head' AND g.unit IS NOT NULL AND ${known("g")} AND ${validOn("g", ":on")} AND ${known("p")} ORDER BY p.person`,
      args: { on },
    },
  ]);
  const own = new Map((counts ?? []).map((row) => [String(row.unit), Number(row.n)]));
  const headOf = new Map(
    (heads ?? []).map((row) => [
      String(row.unit),
      { id: String(row.id), name: String(row.name), title: row.title === null ? null : String(row.title) },
    ]),
  );
  const nodes = new Map(
    (units ?? []).map((row): [string, UnitCount] => [
      String(row.id),
      {
        id: String(row.id),
        title: String(row.title),
        level: String(row.level),
        parent: row.parent === null ? null : String(row.parent),
        people: 0,
        own: own.get(String(row.id)) ?? 0,
        head: headOf.get(String(row.id)) ?? null,
      },
    ]),
  );
  for (const node of nodes.values()) {
    const seen = new Set<string>();
    for (
      let at: UnitCount | undefined = node;
      at && !seen.has(at.id);
      at = at.parent === null ? undefined : nodes.get(at.parent)
    ) {
      seen.add(at.id);
      at.people += node.own;
    }
  }
  return parentsFirst(nodes);
}

function parentsFirst(nodes: ReadonlyMap<string, UnitCount>): UnitCount[] {
  const children = Map.groupBy(nodes.values(), (node) =>
    node.parent !== null && nodes.has(node.parent) ? node.parent : "",
  );
  const ordered: UnitCount[] = [];
  const add = (parent: string) => {
    for (const node of children.get(parent) ?? []) {
      ordered.push(node);
      add(node.id);
    }
  };
  add("");
  return ordered;
}
