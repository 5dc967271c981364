import { type Client, createClient, LibsqlError, type ResultSet } from "@libsql/client";
import { type Database, DatabaseError, type OpenOptions, type Statement } from "./client.ts";

/** How long a database server may take to answer one request: a server that hangs must not hang us. */
const LONGEST_MS = 30_000;

/** A database on a libSQL server. `name` is its address without credentials. Throws DatabaseError. */
export function serverDatabase(url: string, name: string, { token, patienceMs = LONGEST_MS }: OpenOptions): Database {
  const patient = (request: Request) => fetch(request, { signal: AbortSignal.timeout(patienceMs) });
  const client = createClient({ url, ...(token ? { authToken: token } : {}), intMode: "number", fetch: patient });
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
    if (cause instanceof LibsqlError) throw new DatabaseError(cause.code, cause.message, cause);
    const late = cause instanceof Error && cause.name === "TimeoutError";
    if (late || (cause instanceof TypeError && cause.message === "fetch failed")) {
      // What was on its way may have been done or not: whoever asks again with the same key gets the same answer.
      const what = late ? "did not answer in time" : "cannot be reached";
      throw new DatabaseError("SERVER_UNREACHABLE", `the database server ${what}`, cause);
    }
    throw cause;
  }
}
