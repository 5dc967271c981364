import { type Client, createClient, LibsqlError, type ResultSet } from "@libsql/client";
import { type Database, DatabaseError, type OpenOptions, type Statement } from "./client.ts";

/** A database on a libSQL server. `name` is its address without credentials. Throws DatabaseError. */
export function serverDatabase(url: string, name: string, { token }: OpenOptions): Database {
  const client = createClient({ url, ...(token ? { authToken: token } : {}), intMode: "number" });
  const rows = (result: ResultSet) => result.rows as unknown as Record<string, unknown>[];
  const batch = (statements: readonly Statement[], mode: "read" | "write") =>
    asked(client, (c) =>
      c.batch(
        statements.map(({ sql, args = [] }) => ({ sql, args })),
        mode,
      ),
    );
  return {
    url: name,
    read: async <Row>(sql: string, args: Statement["args"] = []) =>
      rows(await asked(client, (c) => c.execute({ sql, args }))) as Row[],
    readMany: async <Row>(statements: readonly Statement[]) =>
      (await batch(statements, "read")).map((result) => rows(result) as Row[]),
    write: async (statements) =>
      statements.length === 0
        ? []
        : (await batch(statements, "write")).map((result) => ({ rows: rows(result), changes: result.rowsAffected })),
    close: async () => client.close(),
  };
}

async function asked<T>(client: Client, operation: (client: Client) => Promise<T>): Promise<T> {
  try {
    return await operation(client);
  } catch (cause) {
    throw cause instanceof LibsqlError ? new DatabaseError(cause.code, cause.message, cause) : cause;
  }
}
