import { wallNow } from "../clock.ts";
import type { Runtime } from "../commands/runtime.ts";
import { anchorHeads } from "../store/anchors.ts";
import { forgetKeys } from "../store/idempotency.ts";
import { countOrphans } from "../store/orphans.ts";

/**
 * What is done every minute: old keys are forgotten, the heads of the cases' chains are anchored in the audit log, and
 * orphans are looked for. An orphan is our mistake and is logged as one.
 */
export async function housekeeping(runtime: Runtime): Promise<void> {
  await runtime.db.write([forgetKeys(wallNow())]);
  await anchorHeads(runtime.db, runtime.audit, runtime.clock.now());
  const orphans = await countOrphans(runtime.db);
  runtime.metrics.orphans = orphans;
  if (orphans > 0) runtime.log.error({ orphans }, "open cases that nothing and nobody can move on");
}
