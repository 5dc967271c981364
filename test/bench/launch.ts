import { join } from "node:path";
import { launch } from "../../runtime/commands/launch.ts";
import { SYSTEM } from "../../runtime/commands/runtime.ts";
import type { Statement } from "../../runtime/db/client.ts";
import { migrate } from "../../runtime/db/migrate.ts";
import { openDatabase } from "../../runtime/db/open.ts";
import type { Figure } from "./figure.ts";
import { benchHost, benchPerson } from "./world.ts";

const TABLES = ["cases", "journal", "timers", "tasks", "task_people", "inbox", "outbox", "launch_members"];
const SLICE = 500;

/** Launches a workflow for so many people, and then puts the very rows it wrote into an empty file by plain bulk inserts. */
async function compare(size: number): Promise<Figure> {
  const { host, folder, end } = await benchHost(size);
  try {
    const began = performance.now();
    await launch(host, SYSTEM, "question", {
      people: Array.from({ length: size }, (_, n) => benchPerson(n)),
      period: "2026",
    });
    await host.idle();
    const ours = performance.now() - began;
    const [opened] = await host.db.read<{ n: number }>("SELECT count(*) AS n FROM cases");
    if (opened?.n !== size) throw new Error(`${opened?.n} cases were opened instead of ${size}`);
    const bare = await openDatabase(`file:${join(folder, "bare.db")}`);
    await migrate(bare, 1);
    const batches = await rowsOf(host.db, size);
    const start = performance.now();
    for (const batch of batches) await bare.write(batch);
    const theirs = performance.now() - start;
    bare.close();
    return {
      bench: "launch",
      name: `${size} cases against a bare bulk insert of the same rows`,
      ours: Math.round(ours),
      theirs: Math.round(theirs),
      ratio: Math.round((ours / theirs) * 100) / 100,
      unit: "ms (ratio: how many times as long, budget 3)",
    };
  } finally {
    await end();
  }
}

/** The rows as insert statements fed by JSON, as the launch writes them, a slice of cases in each batch. */
async function rowsOf(db: Awaited<ReturnType<typeof openDatabase>>, size: number): Promise<Statement[][]> {
  const batches: Statement[][] = [];
  const last = new Map<string, number>();
  for (let at = 0; at < size; at += SLICE) {
    const batch: Statement[] = [];
    for (const table of TABLES) {
      const columns = (await db.read<{ name: string }>(`SELECT name FROM pragma_table_info('${table}')`)).map(
        ({ name }) => name,
      );
      const order = table === "launch_members" ? "seq" : table === "task_people" ? "task" : "rowid";
      const offset = last.get(table) ?? 0;
      const rows = await db.read<Record<string, string | number | null>>(
        `SELECT ${columns.join(", ")} FROM ${table} ORDER BY ${order} LIMIT ${SLICE} OFFSET ${offset}`,
      );
      last.set(table, offset + rows.length);
      if (rows.length === 0) continue;
      const cells = columns.map((_, i) => `value ->> ${i}`).join(", ");
      batch.push({
        sql: `INSERT INTO ${table} (${columns.join(", ")}) SELECT ${cells} FROM json_each(?)`,
        args: [JSON.stringify(rows.map((row) => columns.map((column) => row[column] ?? null)))],
      });
    }
    batches.push(batch);
  }
  return batches;
}

/** Launching cases beside a bare bulk insert of the same rows. With RONDO_LONG=1 also 100,000 of them. */
export async function bench(): Promise<Figure[]> {
  const figures: Figure[] = [];
  // Both sides are compiled by the time it counts.
  await compare(500);
  for (const size of process.env.RONDO_LONG === "1" ? [1_000, 10_000, 100_000] : [1_000, 5_000])
    figures.push(await compare(size));
  return figures;
}
