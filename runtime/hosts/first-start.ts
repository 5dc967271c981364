import { createJob, finishJob, reportJob } from "../commands/jobs.ts";
import { publishAll } from "../commands/publish-all.ts";
import type { Runtime } from "../commands/runtime.ts";
import { SYSTEM } from "../commands/runtime.ts";
import { demoState, loadDemo } from "../demo/load.ts";
import { isEmptyOrganisation } from "../store/organisation-settings.ts";
import { beginDemoLife } from "./demo-life.ts";
import { templateDocuments } from "./template-documents.ts";

/** The seed of the organisation that everybody sees: the same people on every machine. */
const SEED = 2026;

/**
 * Loads the demo organisation into an empty database, or goes on with one that a stop interrupted; publishes the templates,
 * so that everything can be tried at once. Answers whether there was anything to do.
 */
export async function loadDemoIfEmpty(
  runtime: Runtime,
  show: (done: number, total: number, what: string) => void,
): Promise<boolean> {
  const known = await demoState(runtime.db);
  if (known?.state === "loaded" || (!known && !(await isEmptyOrganisation(runtime.db)))) return false;
  const now = runtime.clock.now();
  const { job } = await createJob(runtime, {
    kind: "demo",
    title: "Green Soft Technology",
    total: 100,
    input: {},
    by: null,
  });
  try {
    let shown = Number.NEGATIVE_INFINITY;
    const told: Promise<void>[] = [];
    await loadDemo(runtime.db, { seed: SEED, anchorMonth: monthBefore(now) }, now, (done, total, what) => {
      show(done, total, what);
      if (performance.now() - shown < 200) return;
      shown = performance.now();
      told.push(reportJob(runtime, job.id, done, total, what));
    });
    await Promise.all(told);
    runtime.organisation.changed(runtime.events);
    show(1, 1, "documents");
    await publishAll(runtime, SYSTEM, templateDocuments(), "From the template");
    await beginDemoLife(runtime, monthBefore(now));
    await finishJob(runtime, job.id, "done", "The demo organisation is there", null);
    runtime.events.emit({ topic: "observations", id: "demo", revision: 0 });
    return true;
  } catch (cause) {
    await finishJob(runtime, job.id, "failed", "The demo organisation could not be loaded", null);
    throw cause;
  }
}

/** The last complete month before an instant: the demo's data end with it. */
function monthBefore(instant: number): string {
  const date = new Date(instant);
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - 1, 1)).toISOString().slice(0, 7);
}
