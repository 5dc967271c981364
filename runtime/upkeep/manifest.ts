import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { canonical } from "#engine/words/json.ts";
import { UpkeepError } from "./upkeep-error.ts";

const TableEntry = z.strictObject({
  table: z.string(),
  file: z.string().regex(/^tables\/\w+\.jsonl$/),
  columns: z.array(z.string()),
  bytes: z.array(z.string()),
  rows: z.number().int().min(0),
  sha256: z.string(),
});
export type TableEntry = z.infer<typeof TableEntry>;

/** What an export says of itself, in `manifest.json`. */
export const Manifest = z.strictObject({
  format: z.literal("rondo-export"),
  formatVersion: z.literal(1),
  /** Number of the newest migration: an import of an earlier one is brought up to date. */
  schema: z.number().int(),
  madeAt: z.number(),
  withAccounts: z.boolean(),
  rows: z.number().int(),
  tables: z.array(TableEntry),
  /** The same rows for spreadsheets; an import does not read them. */
  csv: z.array(z.strictObject({ file: z.string(), rows: z.number().int(), sha256: z.string() })),
  /** SHA-256 over names, columns, counts and hashes of all tables: equal for systems with equal content. */
  hash: z.string(),
});
export type Manifest = z.infer<typeof Manifest>;

/** The one hash of an export: when it was made, and by whom, is not in it. */
export function hashOfTables(tables: readonly TableEntry[]): string {
  const content = tables.map(({ table, columns, rows, sha256 }) => ({ table, columns, rows, sha256 }));
  return createHash("sha256").update(canonical(content)).digest("hex");
}

/** The manifest of an export. Throws UpkeepError where the folder is none, or the manifest was changed. */
export async function readManifest(folder: string): Promise<Manifest> {
  const path = join(folder, "manifest.json");
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch {
    throw new UpkeepError(`There is no export in ${folder}: it has no manifest.json.`);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new UpkeepError(`${path} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
  const parsed = Manifest.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new UpkeepError(`${path} is not a manifest of an export: ${issue?.path.join("/")}: ${issue?.message}`);
  }
  if (hashOfTables(parsed.data.tables) !== parsed.data.hash) {
    throw new UpkeepError(`${path} was changed: its hash is not that of the tables it lists.`);
  }
  return parsed.data;
}
