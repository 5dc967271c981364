import type { Database } from "../db/client.ts";

/** A table as an export holds it. */
export interface ExportedTable {
  table: string;
  columns: string[];
  /** Columns of bytes: written as hexadecimal. */
  bytes: string[];
  /** What a page goes on from: `rowid`, or the columns of the primary key. */
  order: string[];
}

/** What is no content: it belongs to one server, one sign-in, or one moment. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  "migrations",
  "server_lease",
  "setup_links",
  "session",
  "verification",
  "upkeep",
  "pending_imports",
  "receivers",
]);
/** Who can sign in, with hashes of passwords and keys: only where it is asked for. */
const ACCOUNTS: ReadonlySet<string> = new Set(["user", "account", "api_keys"]);
/** Tables that others refer to by a key that SQLite checks. */
const FIRST = ["user", "people", "queues"];

/** Tables that people open in a spreadsheet: written as CSV too. */
export const TABULAR: ReadonlySet<string> = new Set([
  "people",
  "profiles",
  "units",
  "assignments",
  "grants",
  "absences",
  "observations",
  "records",
  "ledger",
  "payouts",
  "tasks",
  "timers",
  "audit",
  "parameter_changes",
]);

/** Every table of content, in an order in which they can be filled; what better-auth owns only with `accounts`. */
export async function exportedTables(db: Database, accounts: boolean): Promise<ExportedTable[]> {
  const rows = await db.read<{ name: string; sql: string }>(
    "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'libsql_%' ORDER BY name",
  );
  const tables: ExportedTable[] = [];
  for (const { name, sql } of rows) {
    if (LEFT_OUT.has(name) || (!accounts && ACCOUNTS.has(name))) continue;
    const columns = await db.read<{ name: string; type: string; pk: number }>(
      "SELECT name, type, pk FROM pragma_table_info(?)",
      [name],
    );
    const key = columns.filter(({ pk }) => pk > 0).sort((a, b) => a.pk - b.pk);
    tables.push({
      table: name,
      // Whose account a person has says nothing without the accounts.
      columns: columns
        .map((column) => column.name)
        .filter((column) => accounts || name !== "people" || column !== "user_id"),
      bytes: columns.filter(({ type }) => type.toUpperCase() === "BLOB").map((column) => column.name),
      order: /WITHOUT\s+ROWID/i.test(sql) ? key.map((column) => column.name) : ["rowid"],
    });
  }
  const rank = ({ table }: ExportedTable) => {
    const at = FIRST.indexOf(table);
    return at === -1 ? FIRST.length : at;
  };
  return tables.sort((a, b) => rank(a) - rank(b));
}

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
