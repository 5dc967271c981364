import type { Database } from "../../runtime/db/client.ts";

/** Tables in which a case stands, with the columns that name it. */
const TABLES: Record<string, readonly string[]> = {
  cases: ["id", "key", "state"],
  journal: ["case_id", "entry"],
  timers: ["case_id"],
  tasks: ["id", "case_id"],
  task_people: ["task"],
  inbox: ["id", "case_id", "task"],
};
const SLICE = 5_000;

/**
 * Puts copies of a case into a database by plain SQL, as if so many had been opened long ago: each with its snapshot, its journal
 * entry, its timer, task and message. The hashes are those of the model: nothing here is verified. Copy n is called `dormantId(n)`.
 */
export async function addDormant(db: Database, model: string, from: number, to: number): Promise<void> {
  const copies: string[] = [];
  for (const [table, named] of Object.entries(TABLES)) {
    const columns = (await db.read<{ name: string }>(`SELECT name FROM pragma_table_info('${table}')`)).map(
      ({ name }) => name,
    );
    const cells = columns.map((column) =>
      named.includes(column) ? `replace(t.${column}, :model, ${COPY})` : `t.${column}`,
    );
    // The index that keeps open keys apart: a key is made of the subject, which is the model's.
    const unlike = cells.map((cell, i) => (columns[i] === "key" ? `t.key || n.value` : cell));
    const own =
      table === "cases"
        ? "t.id = :model"
        : table === "task_people"
          ? "t.task >= :model || '/' AND t.task < :model || '0'"
          : "t.case_id = :model";
    copies.push(
      `INSERT INTO ${table} (${columns.join(", ")}) SELECT ${unlike.join(", ")} FROM generate AS n CROSS JOIN ${table} AS t WHERE ${own}`,
    );
  }
  for (let at = from; at < to; at += SLICE) {
    const until = Math.min(to, at + SLICE);
    await db.write(
      copies.map((sql) => ({
        sql: `WITH RECURSIVE generate (value) AS (SELECT :at UNION ALL SELECT value + 1 FROM generate WHERE value + 1 < :until) ${sql}`,
        args: { model, at, until },
      })),
    );
  }
}

const COPY = "printf('dormant-%09d', n.value)";

/** The id of a copy. */
export const dormantId = (n: number): string => `dormant-${String(n).padStart(9, "0")}`;
