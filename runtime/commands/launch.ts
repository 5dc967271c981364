import { setImmediate as nextTurn } from "node:timers/promises";
import type { JobView } from "#engine/contract/views/definitions.ts";
import { parsePeriod } from "#engine/time/period.ts";
import type { Json } from "#engine/words/json.ts";
import { faultPoint } from "../fault-points.ts";
import { openCasesByKey } from "../store/cases-load.ts";
import { type JobRow, jobStatus } from "../store/jobs.ts";
import { countMembers, insertMembers, type LaunchMember, refusedMembers, waitingMembers } from "../store/launches.ts";
import { allEnded } from "./all-ended.ts";
import type { Bundle } from "./bundle.ts";
import { refuseWhenOverloaded } from "./handle.ts";
import { createJob, finishJob, reportJob, resumable, viewOf } from "./jobs.ts";
import { keyOf, type Opening, open, openingWorlds, prepare } from "./open-case.ts";
import { type PopulationRequest, resolvePopulation } from "./population.ts";
import { Refused } from "./refused.ts";
import type { Principal, Runtime } from "./runtime.ts";

/** What is launched, for whom. */
export interface LaunchInput {
  unit?: string;
  people?: string[];
  period?: string;
  with?: Record<string, Json>;
  key?: string;
}

/** A launch as its job keeps it, so that another process can go on with it. */
export interface LaunchPlan {
  workflow: string;
  population: PopulationRequest;
  with: Record<string, Json>;
  trigger: Record<string, Json>;
  by: string | null;
}

/** How often a job says how far it is. */
const REPORT_MS = 200;

/** Members that are opened side by side: small enough to let others in between. */
export const LAUNCH_SLICE = 300;

/**
 * Launches a workflow for a population, in the background; answers the job at once. A member who has an open case with the
 * same key is left as they are, so launching again opens nothing new. Throws `Refused` where nothing could be launched.
 */
export async function launch(
  runtime: Runtime,
  principal: Principal,
  workflow: string,
  input: LaunchInput,
): Promise<JobView> {
  refuseWhenOverloaded(runtime);
  if (input.period !== undefined && !parsePeriod(input.period)) {
    throw new Refused(
      "bad-input",
      `"${input.period}" is not a period. Write 2026, 2026-H1, 2026-Q3, 2026-09 or 2026-W37.`,
    );
  }
  const who = principal.account ?? principal.personId ?? "nobody";
  return launchPlan(
    runtime,
    {
      workflow,
      population: {
        ...(input.unit === undefined ? {} : { unit: input.unit }),
        ...(input.people === undefined ? {} : { people: input.people }),
        period: input.period ?? null,
      },
      with: input.with ?? {},
      trigger: {},
      by: principal.personId,
    },
    input.key === undefined ? undefined : `launch ${workflow} ${who} ${input.key}`,
  );
}

/** Begins a launch, once per `once`; the job of an earlier one is answered as it is. */
export async function launchPlan(runtime: Runtime, plan: LaunchPlan, once?: string): Promise<JobView> {
  const bundle = await runtime.catalogue.current("workflow", plan.workflow);
  // A population that cannot be resolved is refused now, not later in a job.
  if (plan.population.unit !== undefined || plan.population.people !== undefined) {
    await resolvePopulation(runtime, bundle, { ...plan.population, conditions: [] }, runtime.clock.now());
  }
  const title = plan.population.period ? `${bundle.title}, ${plan.population.period}` : bundle.title;
  const { job, isNew } = await createJob(runtime, {
    kind: "launch",
    title: `Launch of ${title}`,
    total: 0,
    input: plan as unknown as Json,
    by: plan.by,
    ...(once === undefined ? {} : { once }),
  });
  if (isNew) resumable(runtime, job.id, (row) => runLaunch(runtime, row));
  return viewOf(job);
}

/** Runs a launch from wherever it stands to its end. Each member is opened once, whatever stops in between. */
export async function runLaunch(runtime: Runtime, job: JobRow): Promise<void> {
  const plan = job.input as unknown as LaunchPlan;
  const bundle = await runtime.catalogue.current("workflow", plan.workflow);
  let { total } = job;
  if (job.status === "waiting") {
    total = await writePopulation(runtime, bundle, job.id, plan);
    await reportJob(runtime, job.id, 0, total, "Opening cases");
  }
  const before = await countMembers(runtime.db, job.id);
  let done = total - (before.waiting ?? 0);
  let reported = performance.now();
  // A slice is prepared while the one before is being written.
  let writing: Promise<number> = Promise.resolve(0);
  for (let after = -1; ; ) {
    const members = await waitingMembers(runtime.db, job.id, after, LAUNCH_SLICE);
    const goesOn = members.length > 0 && !(await isOver(runtime, job.id));
    const next = goesOn ? openSlice(runtime, bundle, job.id, plan, members) : Promise.resolve(0);
    const ended = next.catch(() => 0);
    try {
      done += await writing;
    } catch (cause) {
      // Nothing of a launch is under way any more when its failure is told.
      await ended;
      throw cause;
    }
    if (!goesOn) {
      if (members.length > 0) return;
      break;
    }
    writing = next;
    after = members.at(-1)!.seq;
    if (performance.now() - reported > REPORT_MS) {
      reported = performance.now();
      await reportJob(runtime, job.id, done, total, "Opening cases");
    }
    await nextTurn();
  }
  await reportJob(runtime, job.id, done, total, "Opening cases");
  const counts = await countMembers(runtime.db, job.id);
  const opened = counts.opened ?? 0;
  const existing = counts.existing ?? 0;
  const refused = counts.refused ?? 0;
  const message = `${grouped(opened)} ${opened === 1 ? "case" : "cases"} opened, ${grouped(existing)} already open${refused > 0 ? `, ${grouped(refused)} refused` : ""}`;
  const refusals = refused > 0 ? await refusedMembers(runtime.db, job.id) : [];
  await finishJob(runtime, job.id, "done", message, { opened, existing, refused, refusals });
}

/** Whether nothing more of a launch is to be begun: it was cancelled, or the server is going down. */
async function isOver(runtime: Runtime, job: string): Promise<boolean> {
  return runtime.stopping.aborted || (await jobStatus(runtime.db, job)) === "cancelled";
}

const grouped = (count: number) => String(count).replaceAll(/\B(?=(\d{3})+$)/g, ",");

/** Resolves the population and writes it down, so that a stop in the middle changes nobody's lot. */
async function writePopulation(runtime: Runtime, bundle: Bundle, job: string, plan: LaunchPlan): Promise<number> {
  const candidates = await resolvePopulation(runtime, bundle, plan.population, runtime.clock.now());
  const members = candidates.filter(({ included }) => included).map(({ subject }, seq) => ({ seq, subject }));
  await runtime.db.write([{ sql: "DELETE FROM launch_members WHERE job = ?", args: [job] }]);
  for (let at = 0; at < members.length; at += 2_000) {
    await runtime.db.write(insertMembers(job, members.slice(at, at + 2_000)));
    await nextTurn();
  }
  return members.length;
}

/** Opens the cases of a slice; answers for how many members when all of it is on disk. */
async function openSlice(
  runtime: Runtime,
  bundle: Bundle,
  job: string,
  plan: LaunchPlan,
  members: readonly LaunchMember[],
): Promise<number> {
  const now = runtime.clock.now();
  const openings = members.map(
    ({ subject }): Opening => ({
      subject,
      period: plan.population.period,
      trigger: plan.trigger,
      data: plan.with,
      by: plan.by,
    }),
  );
  const worlds = await openingWorlds(runtime, bundle, openings, now);
  const keys = openings.map((opening, i) => keyOf(bundle, opening, worlds[i]!, now));
  const existing = await openCasesByKey(
    runtime.db,
    bundle.id,
    keys.filter((key) => key !== null),
  );
  const note = (seq: number, status: string, caseId: string | null, reason: string | null) =>
    runtime.committer.submit(null, { members: [[job, seq, status, caseId, reason]] }, true).committed;
  faultPoint("before-launch-slice");
  await allEnded(
    members.map(async ({ seq }, i) => {
      const key = keys[i]!;
      const known = key === null ? undefined : existing.get(key);
      if (known !== undefined) return note(seq, "existing", known, null);
      try {
        const prepared = prepare(bundle, openings[i]!, key, worlds[i]!, now);
        await open(runtime, bundle, prepared, { members: [[job, seq, "opened", prepared.caseId, null]] }, true);
      } catch (cause) {
        if (!(cause instanceof Refused)) throw cause;
        if (cause.code === "already-open") await note(seq, "existing", null, null);
        else if (cause.code === "incident" || cause.code === "not-possible")
          await note(seq, "refused", null, cause.message);
        else throw cause;
      }
    }),
  );
  faultPoint("after-launch-slice");
  return members.length;
}
