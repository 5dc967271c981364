import type { Database } from "../db/client.ts";
import { ANCHORED, type Anchor, hashOfRows } from "../store/anchors.ts";
import { auditTrouble } from "../store/audit.ts";
import { CheckLog, type CheckResult } from "./report.ts";

/**
 * Follows the audit log's own chain, then compares what it anchored with what is there: rows that were changed, or cut off
 * the end of a chain, no longer give the hash that was written down within a minute of them.
 */
export async function verifyAudit(db: Database): Promise<{ checks: CheckResult[]; entries: number }> {
  const chain = new CheckLog("audit", "the audit log's chain of hashes");
  const { entries, broken } = await auditTrouble(db);
  chain.looked = entries;
  for (const { id, words } of broken) chain.found(`audit entry ${id}`, words);
  const anchors = new CheckLog("anchors", "journal and ledger as the audit log anchored them");
  for (const [table, { what, title }] of Object.entries(ANCHORED)) {
    let expected = 0;
    for (let after = 0; ; ) {
      const rows = await db.read<{ id: number; details: string }>(
        "SELECT id, details FROM audit WHERE what = ? AND id > ? ORDER BY id LIMIT 500",
        [what, after],
      );
      for (const { id, details } of rows) {
        const anchor = JSON.parse(details) as Anchor;
        anchors.looked += anchor.rows;
        const is = await hashOfRows(db, table as keyof typeof ANCHORED, anchor.from, anchor.to);
        const place = `${title} ${anchor.from + 1} to ${anchor.to}`;
        if (anchor.from !== expected)
          anchors.found(`audit entry ${id}`, `the anchor before it (up to ${title} ${anchor.from}) is missing`);
        if (is.rows !== anchor.rows)
          anchors.found(place, `${anchor.rows} were anchored in audit entry ${id} and ${is.rows} are there`);
        else if (is.hash !== anchor.hash)
          anchors.found(place, `they were changed after audit entry ${id} anchored them`);
        expected = anchor.to;
      }
      after = rows.at(-1)?.id ?? after;
      if (rows.length < 500) break;
    }
  }
  return { checks: [chain.result(), anchors.result()], entries };
}
