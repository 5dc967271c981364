import type { Database, Statement } from "../db/client.ts";

/** One document of a bundle. */
export interface BundleMember {
  kind: string;
  id: string;
  version: number;
}

/** A version with the versions of all it refers to, as a case is pinned to it. */
export interface BundleRow extends BundleMember {
  hash: string;
  uses: BundleMember[];
}

/** Statement that writes a bundle down; the same one twice is one. */
export function bundleStatement(bundle: BundleRow, at: number): Statement {
  return {
    sql: "INSERT INTO bundles (hash, kind, id, version, uses, created_at) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (hash) DO NOTHING",
    args: [bundle.hash, bundle.kind, bundle.id, bundle.version, JSON.stringify(bundle.uses), at],
  };
}

/** A bundle by its hash. */
export async function readBundle(db: Database, hash: string): Promise<BundleRow | undefined> {
  const [row] = await db.read<Omit<BundleRow, "uses"> & { uses: string }>(
    "SELECT hash, kind, id, version, uses FROM bundles WHERE hash = ?",
    [hash],
  );
  return row && { ...row, uses: JSON.parse(row.uses) as BundleMember[] };
}

/** Hashes of the bundles that open cases run. */
export async function bundlesInUse(db: Database): Promise<string[]> {
  const rows = await db.read<{ bundle: string }>(
    "SELECT DISTINCT bundle FROM cases WHERE status IN ('open', 'blocked')",
  );
  return rows.map((row) => row.bundle);
}
