import type { JobView } from "#engine/contract/views/definitions.ts";
import { applyImport, type ImportContext, ImportRefused, readImport } from "../ingest/import.ts";
import type { ImportState } from "../ingest/import-state.ts";
import { importError } from "../store/imports.ts";
import { type JobRow, jobStatus, pastStopping } from "../store/jobs.ts";
import { type OutboxRow, outboxStatements } from "../store/outbox-lanes.ts";
import { createJob, finishJob, inBackground, reportJob, viewOf } from "./jobs.ts";
import { Refused } from "./refused.ts";
import { type Principal, type Runtime, SYSTEM } from "./runtime.ts";

/** What an import reads beside its file, as of now. */
export function importContext(runtime: Runtime, principal: Principal): ImportContext {
  const { live } = runtime.catalogue;
  const metrics = live.all("metric");
  return {
    now: runtime.clock.now(),
    by: principal.personId,
    recordType: (id) => live.find("record-type", id),
    ...(metrics.length > 0 ? { metrics: new Set(metrics.map(({ id }) => id)) } : {}),
  };
}

/**
 * Applies an import in the background, whole or not at all; answers its job. When it is applied, triggers see what came in:
 * that is an effect, written down before the import begins, so that a stop in between loses nothing.
 */
export async function applyImportJob(
  runtime: Runtime,
  principal: Principal,
  id: string,
  input: { skipRefused: boolean; key?: string },
): Promise<JobView> {
  const context = importContext(runtime, principal);
  const state = await readImport(runtime.db, id, context).catch(asRefused);
  const { job, isNew } = await createJob(runtime, {
    kind: "import",
    title: `Import of ${state.fileName}`,
    total: state.rows,
    input: { import: id },
    by: principal.personId,
    ...(input.key === undefined ? {} : { once: `import ${id} ${input.key}` }),
  });
  if (!isNew) return viewOf(job);
  const after: OutboxRow = {
    id: `import/${job.id}`,
    caseId: null,
    kind: "imported",
    payload: { import: id },
    at: context.now,
  };
  inBackground(runtime, job.id, async () => {
    let shown = 0;
    await runtime.db.write(outboxStatements([after]));
    const progress = (done: number, total: number) => {
      const now = performance.now();
      if (now - shown < 200 || done >= total) return;
      shown = now;
      void reportJob(runtime, job.id, done, total, "Writing rows").catch(() => undefined);
    };
    const options = { skipRefused: input.skipRefused };
    const applied = await applyImport(runtime.db, id, options, context, progress, pastStopping(job.id)).catch(
      async (cause) => {
        if ((await jobStatus(runtime.db, job.id)) !== "cancelled") return asRefused(cause);
        await runtime.db.write([importError(id, "It was cancelled; nothing of it was taken.")]);
        return undefined;
      },
    );
    if (!applied) return;
    importApplied(runtime, applied.kind);
    await noteApplied(runtime, job, applied);
  });
  return viewOf(job);
}

/** The end of an import that was taken: in the audit, and on its job. */
async function noteApplied(runtime: Runtime, job: Pick<JobRow, "id" | "by">, applied: ImportState): Promise<void> {
  const { added, changed, moved, left, unchanged, refused } = applied.counts;
  const message = `${added} added, ${changed} changed, ${moved} moved, ${left} left, ${unchanged} unchanged, ${refused} refused`;
  await runtime.audit.write({
    at: runtime.clock.now(),
    by: job.by,
    what: "import.applied",
    words: `imported ${applied.fileName}: ${message}`,
    details: { import: applied.id, kind: applied.kind, counts: { ...applied.counts } },
  });
  await finishJob(runtime, job.id, "done", message, { import: applied.id });
}

/** The job of an import at which the server stopped: it was taken, and could not say so any more, or nothing of it was. */
export async function endInterruptedImport(runtime: Runtime, job: JobRow): Promise<void> {
  const { import: id } = job.input as { import: string };
  const found = await readImport(runtime.db, id, importContext(runtime, SYSTEM)).catch(() => undefined);
  if (found?.status === "applied") await noteApplied(runtime, job, found);
  else
    await finishJob(
      runtime,
      job.id,
      "failed",
      "The server was stopped; nothing of it was taken. Apply it again.",
      null,
    );
}

/** Tells everybody that data of a kind have changed. */
export function importApplied(runtime: Runtime, kind: string): void {
  if (kind === "people" || kind === "units" || kind === "assignments") runtime.organisation.changed(runtime.events);
  else runtime.events.emit({ topic: kind === "records" ? "records" : "observations", id: kind, revision: 0 });
  runtime.events.emit({ topic: "effects", id: "outbox", revision: 0 });
}

/** An import's own refusal as ours. */
export function asRefused(cause: unknown): never {
  if (!(cause instanceof ImportRefused)) throw cause;
  throw new Refused(cause.code === "import-unknown" ? "not-found" : "has-problems", cause.message, {
    issues: cause.issues,
  });
}
