import { setImmediate as nextTurn } from "node:timers/promises";
import type { JobView } from "#engine/contract/views/definitions.ts";
import { closeIncident, readIncident } from "../store/incidents.ts";
import { jobStatus } from "../store/jobs.ts";
import { isOrphanWithout } from "../store/orphans.ts";
import { discardEffect } from "./discard-effect.ts";
import { command } from "./handle.ts";
import { createJob, finishJob, inBackground, reportJob, viewOf } from "./jobs.ts";
import { Refused } from "./refused.ts";
import { retryEffect } from "./retry-effect.ts";
import type { Principal, Runtime } from "./runtime.ts";

export type FixAction = "retry" | "discard" | "cancel";
const DONE: Record<FixAction, string> = { retry: "tried again", discard: "discarded", cancel: "cancelled" };

/** What is asked for, of which troubles (`effect:…`, `case:…`, `incident:…`), and why. */
export interface FixInput {
  ids: readonly string[];
  action: FixAction;
  reason: string;
  key?: string;
}

/**
 * Puts troubles right, one after the other in the background; answers the job. One that is refused does not stop the others:
 * the job says how many and why. Each is written down with who and the reason, and what was tried before stays in the history.
 */
export async function fixTroubles(runtime: Runtime, principal: Principal, input: FixInput): Promise<JobView> {
  const ids = [...new Set(input.ids)];
  const { job, isNew } = await createJob(runtime, {
    kind: "fix",
    title: `${ids.length === 1 ? "One trouble" : `${ids.length} troubles`} to be ${DONE[input.action]}`,
    total: ids.length,
    input: { action: input.action, count: ids.length },
    by: principal.personId,
    ...(input.key === undefined ? {} : { once: `fix ${principal.account ?? principal.personId} ${input.key}` }),
  });
  if (!isNew) return viewOf(job);
  inBackground(runtime, job.id, async () => {
    const refused: { id: string; why: string }[] = [];
    let done = 0;
    for (const [i, id] of ids.entries()) {
      if (runtime.stopping.aborted || (await jobStatus(runtime.db, job.id)) === "cancelled") return;
      try {
        await fixOne(runtime, principal, id, input.action, input.reason);
        done += 1;
      } catch (cause) {
        if (!(cause instanceof Refused)) throw cause;
        refused.push({ id, why: cause.message });
      }
      if ((i + 1) % 20 === 0) await reportJob(runtime, job.id, i + 1, ids.length, `${done} ${DONE[input.action]}`);
      await nextTurn();
    }
    const message = `${done} ${DONE[input.action]}${refused.length > 0 ? `, ${refused.length} refused: ${refused[0]!.why}` : ""}`;
    await finishJob(runtime, job.id, done > 0 || refused.length === 0 ? "done" : "failed", message, {
      done,
      refused: refused.slice(0, 100),
    });
  });
  return viewOf(job);
}

async function fixOne(
  runtime: Runtime,
  principal: Principal,
  id: string,
  action: FixAction,
  reason: string,
): Promise<void> {
  const [kind, ...rest] = id.split(":");
  const of = rest.join(":");
  if (kind === "effect" && action === "retry") return retryEffect(runtime, principal, of, reason);
  if (kind === "effect" && action === "discard") return discardEffect(runtime, principal, of, reason);
  if (kind === "case" && action !== "discard") return tellCase(runtime, principal, of, action, reason);
  if (kind === "incident") {
    const incident = await readIncident(runtime.db, Number(of));
    if (!incident) throw new Refused("not-found", "This incident is resolved already.");
    if (action !== "discard") return tellCase(runtime, principal, incident.caseId, action, reason);
    return discardIncident(runtime, principal, incident.id, incident.caseId, reason);
  }
  throw new Refused("bad-input", `"${id}" cannot be ${DONE[action]}.`);
}

async function tellCase(
  runtime: Runtime,
  principal: Principal,
  caseId: string,
  action: "retry" | "cancel",
  reason: string,
): Promise<void> {
  await command(runtime, principal, caseId, { command: { type: action, reason } });
}

/** Lets what failed be: only where something else moves the case on, or it would be forgotten. */
async function discardIncident(
  runtime: Runtime,
  principal: Principal,
  id: number,
  caseId: string,
  reason: string,
): Promise<void> {
  if (await isOrphanWithout(runtime.db, caseId, id)) {
    throw new Refused("not-possible", "Nothing else would move this case on. Try again, or cancel the case.");
  }
  const at = runtime.clock.now();
  await runtime.audit.write(
    {
      at,
      by: principal.personId,
      what: "incident.discarded",
      words: "discarded an incident",
      details: { case: caseId, incident: id, reason },
    },
    [closeIncident(id, at)],
  );
  runtime.events.emit({ topic: "case", id: caseId, revision: 0 });
}
