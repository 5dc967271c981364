import type { Transaction } from "#engine/incentive/inputs.ts";
import { known } from "../db/as-of.ts";
import type { Database } from "../db/client.ts";

/**
 * The records of a type dated in `[from, to)` that people may have credit in: those about them, and those whose fields name
 * them. By person.
 */
export async function readTransactions(
  db: Database,
  type: string,
  people: readonly string[],
  from: string,
  to: string,
): Promise<Map<string, Transaction[]>> {
  const rows = await db.read<{ id: string; date: string; about: string | null; fields: string }>(
    `SELECT r.id, r.date, r.about, r.fields FROM records AS r WHERE r.type = ? AND r.date >= ? AND r.date < ? AND ${known("r")}`,
    [type, from, to],
  );
  const wanted = new Set(people);
  const found = new Map<string, Transaction[]>();
  for (const row of rows) {
    const transaction = { id: row.id, date: row.date, fields: JSON.parse(row.fields) as Record<string, unknown> };
    const named = new Set(texts(transaction.fields, row.about === null ? [] : [row.about]));
    for (const person of named) if (wanted.has(person)) found.set(person, [...(found.get(person) ?? []), transaction]);
  }
  return found;
}

/** Every text in a value: among them the people whom a deal's credits name. */
function texts(value: unknown, found: string[]): string[] {
  if (typeof value === "string") found.push(value);
  else if (value !== null && typeof value === "object") for (const part of Object.values(value)) texts(part, found);
  return found;
}
