import { openDatabase } from "../db/open.ts";
import { type UpkeepRow, upkeepStatements } from "../store/upkeep.ts";

/**
 * Notes in a database what was done to it, so that its system page can say "last verified …". A server may be writing meanwhile:
 * that is waited for. Where it cannot be noted (a damaged file, an older schema) what was done stays done.
 */
export async function note(url: string, row: UpkeepRow): Promise<void> {
  try {
    const token = process.env.RONDO_DB_TOKEN;
    const db = await openDatabase(url, token ? { token } : {});
    try {
      await db.write(upkeepStatements(row));
    } finally {
      await db.close();
    }
  } catch (cause) {
    process.stderr.write(
      `(It could not be noted in the database: ${cause instanceof Error ? cause.message : String(cause)})\n`,
    );
  }
}
