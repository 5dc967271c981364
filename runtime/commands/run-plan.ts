import { setImmediate as nextTurn } from "node:timers/promises";
import type { JobView } from "#engine/contract/views/definitions.ts";
import { catalogueOf } from "#engine/definition/catalogue.ts";
import type { Plan } from "#engine/definition/plan.ts";
import { compilePlan } from "#engine/incentive/compile-plan.ts";
import { moneyInWords } from "#engine/incentive/currency.ts";
import { buildDirectory } from "#engine/organisation/build-directory.ts";
import { type Period, parsePeriod } from "#engine/time/period.ts";
import { IssuesError } from "#engine/words/issue.ts";
import { canonical } from "#engine/words/json.ts";
import { computePayouts } from "../payouts/compute-payouts.ts";
import { InputLoader, type PayoutSources } from "../payouts/load-inputs.ts";
import { payeesOf } from "../payouts/payees.ts";
import { type PlanKit, planKit } from "../payouts/plan-kit.ts";
import { summariseRun } from "../payouts/summary.ts";
import { readVersions } from "../store/definitions-read.ts";
import { type JobRow, jobOnce, jobProgress, readJob } from "../store/jobs.ts";
import { loadOrganisation } from "../store/organisation-load.ts";
import { bookPayouts } from "../store/payout-booking.ts";
import { FIGURES_PAGE, insertPayouts, readPayoutFigures } from "../store/payout-rows.ts";
import {
  beginPayoutRun,
  endPayoutRun,
  isRunUnderWay,
  type PayoutRunRow,
  readPayoutRun,
  type StoredSummary,
} from "../store/payout-runs.ts";
import { refuseWhenOverloaded } from "./handle.ts";
import { createJob, finishJob, reportJob, resumable, viewOf } from "./jobs.ts";
import { isPassing, Refused } from "./refused.ts";
import type { Principal, Runtime } from "./runtime.ts";

/** What is run, for whom. */
export interface RunPlanInput {
  plan: string;
  period: string;
  /** This unit and everything below it; everyone where absent. */
  unit?: string;
  key?: string;
}

/** What a job keeps of a run. */
interface RunJob {
  plan: string;
  period: string;
  unit: string | null;
}

/** People whose payouts are booked by one statement. */
const BOOKED = 40;

/**
 * Computes a plan for a period over stored data and books what it gives, in the background; answers the job at once. The run
 * has the job's id. What is booked already for the plan and period is never changed: a second run books the differences. The
 * same key answers the same job. Throws `Refused`: a plan that is not published or cannot run, a period of another kind, an
 * unknown unit, a run of the plan and period that is under way.
 */
export async function runPlan(
  runtime: Runtime,
  principal: Principal,
  input: RunPlanInput,
): Promise<JobView & { run: string }> {
  refuseWhenOverloaded(runtime);
  const who = principal.account ?? principal.personId ?? "nobody";
  const wanted: RunJob = { plan: input.plan, period: input.period, unit: input.unit ?? null };
  const once = input.key === undefined ? undefined : `payout ${who} ${input.key}`;
  const known = once === undefined ? undefined : await jobOnce(runtime.db, once);
  if (known) return answerOf(known, wanted, input.key);
  const { plan, version } = livePlan(runtime, input.plan);
  periodOfPlan(plan, input.period);
  const kit = liveKit(runtime, plan, version);
  compiled(kit);
  const directory = await runtime.organisation.directory();
  if (input.unit !== undefined && !directory.unit(input.unit)) {
    throw new Refused("not-found", `There is no unit "${input.unit}".`);
  }
  const title = input.unit === undefined ? "" : `, ${directory.unit(input.unit)!.title}`;
  const { job, isNew } = await createJob(runtime, {
    kind: "payout",
    title: `${plan.title}, ${input.period}${title}`,
    total: 0,
    input: { ...wanted },
    by: principal.personId,
    ...(once === undefined ? {} : { once }),
  });
  if (!isNew) return answerOf(job, wanted, input.key);
  try {
    await begin(runtime, job, wanted, kit, version);
  } catch (cause) {
    const refused = isRunUnderWay(cause)
      ? new Refused(
          "conflict",
          `A run of "${plan.title}" for ${input.period} is under way. Wait until it has finished.`,
        )
      : undefined;
    await finishJob(runtime, job.id, "failed", refused?.message ?? "The run could not begin.", null);
    throw refused ?? cause;
  }
  resumable(runtime, job.id, (row) => runPayouts(runtime, row));
  return answerOf(job, wanted, input.key);
}

function answerOf(job: JobRow, wanted: RunJob, key: string | undefined): JobView & { run: string } {
  if (canonical(job.input) !== canonical(wanted)) {
    throw new Refused("key-reused", `The key ${key} was used for another request. Send a new key for a new request.`);
  }
  return { ...viewOf(job), run: job.id };
}

/** The live plan of an id, or `Refused`. */
export function livePlan(runtime: Runtime, id: string): { plan: Plan; version: number } {
  const row = runtime.catalogue.version("plan", id);
  if (row?.document.kind !== "plan") {
    throw new Refused("not-live", `There is no published plan "${id}". Publish it first.`);
  }
  return { plan: row.document, version: row.version };
}

/** The period a plan is run for; refused where the plan pays by another kind of period. */
export function periodOfPlan(plan: Pick<Plan, "title" | "period">, id: string): Period {
  const period = parsePeriod(id);
  const kind = plan.period === "half-year" ? "half" : plan.period;
  if (period?.kind === kind) return period;
  const example = { month: "2026-09", quarter: "2026-Q3", half: "2026-H1", year: "2026" }[kind];
  throw new Refused("bad-input", `"${plan.title}" pays by ${plan.period}. Write a period such as ${example}.`);
}

/** A plan with what is live around it, and the parameters as admins have set them. */
export function liveKit(runtime: Runtime, plan: Plan, version?: number): PlanKit {
  const authored = version === undefined ? plan : { ...plan, version };
  return planKit(authored, runtime.catalogue.live, (home, name) => runtime.parameters.current(home, name));
}

/** The plan made ready; refused with its issues where it cannot run. */
export function compiled(kit: PlanKit): ReturnType<typeof compilePlan> {
  try {
    return compilePlan(kit.plan, kit.rulesets);
  } catch (cause) {
    if (!(cause instanceof IssuesError)) throw cause;
    throw new Refused("has-problems", `"${kit.plan.title}" cannot run as it is.`, { issues: cause.issues });
  }
}

/** Writes the run down with everything it is computed with, so that it can go on, and be explained, whatever changes later. */
async function begin(runtime: Runtime, job: JobRow, wanted: RunJob, kit: PlanKit, version: number): Promise<void> {
  const now = job.startedAt;
  const { plan } = kit;
  const uses = kit.uses.flatMap(({ kind, id }) => {
    const row = runtime.catalogue.version(kind, id);
    return row ? [{ kind, id, version: row.version }] : [];
  });
  const run: PayoutRunRow = {
    id: job.id,
    ...wanted,
    version,
    currency: plan.currency,
    status: "running",
    job: job.id,
    by: job.by,
    startedAt: now,
    finishedAt: null,
    person: null,
    uses,
    parameters: kit.parameters,
    summary: null,
  };
  await runtime.audit.write(
    {
      at: now,
      by: job.by,
      what: "payout.run",
      words: `ran "${plan.title}" for ${wanted.period}`,
      details: { ...wanted, version, run: run.id },
    },
    beginPayoutRun(run),
  );
}

/**
 * Carries a run on from wherever it stands to its end: computes everybody, books, sums up. Nothing is booked before all is
 * computed, so that a run that is cancelled has paid nobody.
 */
export async function runPayouts(runtime: Runtime, job: JobRow): Promise<void> {
  const run = await readPayoutRun(runtime.db, job.id);
  if (!run) {
    await finishJob(runtime, job.id, "failed", "The server stopped before the run began. Start it again.", null);
    return;
  }
  try {
    await carryOn(runtime, job, run);
  } catch (cause) {
    if (!runtime.stopping.aborted && !isPassing(cause)) {
      await runtime.db.write([endPayoutRun(run.id, "failed", null, runtime.clock.now())]);
      runtime.events.emit({ topic: "payouts", id: run.id, revision: 1 });
    }
    throw cause;
  }
}

async function carryOn(runtime: Runtime, job: JobRow, run: PayoutRunRow): Promise<void> {
  const sources = await sourcesOf(runtime, job, run);
  const { db, directory, kit } = sources;
  const loader = new InputLoader(sources);
  const people = payeesOf(directory, sources.period, run);
  await reportJob(runtime, job.id, 0, people.length, "Computing payouts");
  const computing = { db, run, loader, compute: compiled(kit), directory };
  for await (const { rows, done } of computePayouts(computing, people)) {
    if (runtime.stopping.aborted) return;
    if (await wasCancelled(runtime, job, run)) return;
    // One batch, one fsync: how far the job is never runs ahead of what is stored.
    await db.write([
      ...insertPayouts(run.id, rows),
      jobProgress(job.id, "running", done, people.length, "Computing payouts"),
    ]);
    runtime.events.emit({ topic: "job", id: job.id, revision: done });
    await nextTurn();
  }
  if (await wasCancelled(runtime, job, run)) return;
  await book(runtime, run);
  if (runtime.stopping.aborted) return;
  const summary = await summariseRun(db, run.id, directory, await loader.uncredited());
  await db.write([endPayoutRun(run.id, "computed", summary, runtime.clock.now())]);
  const paid = summary.computed + summary.inReview > 0;
  const result = { run: run.id, totalMinor: paid ? summary.totalMinor : null, people: summary.people };
  await finishJob(runtime, job.id, "done", inWords(summary, run.currency), result);
  runtime.events.emit({ topic: "payouts", id: run.id, revision: summary.people });
}

async function wasCancelled(runtime: Runtime, job: JobRow, run: PayoutRunRow): Promise<boolean> {
  if ((await readJob(runtime.db, job.id))?.status !== "cancelled") return false;
  await runtime.db.write([endPayoutRun(run.id, "failed", null, runtime.clock.now())]);
  return true;
}

/** What is live and known now, for a payout outside a run. */
export async function liveSources(runtime: Runtime, kit: PlanKit, period: Period): Promise<PayoutSources> {
  return {
    db: runtime.db,
    directory: await runtime.organisation.directory(),
    calendars: await runtime.organisation.calendars(),
    kit,
    period,
    knownAt: runtime.clock.now(),
  };
}

/** The run's own versions and parameters, and the organisation as it was known when the run began. */
async function sourcesOf(runtime: Runtime, job: JobRow, run: PayoutRunRow): Promise<PayoutSources> {
  const { db } = runtime;
  const versions = await readVersions(db, [{ kind: "plan", id: run.plan, version: run.version }, ...run.uses]);
  const documents = versions.map(({ document }) => document);
  const plan = documents.find((document) => document.kind === "plan");
  if (!plan) throw new Error(`version ${run.version} of the plan ${run.plan} is not in the database`);
  const kit = planKit({ ...plan, version: run.version }, catalogueOf(documents), () => undefined);
  const goesOn = job.status === "running";
  const directory = goesOn
    ? buildDirectory(await loadOrganisation(db, { knownAt: run.startedAt }))
    : await runtime.organisation.directory();
  return {
    db,
    directory,
    calendars: await runtime.organisation.calendars(),
    kit: { ...kit, parameters: run.parameters },
    period: periodOfPlan(plan, run.period),
    knownAt: run.startedAt,
  };
}

/** Books all computed payouts of a run, some at a time. */
async function book(runtime: Runtime, run: PayoutRunRow): Promise<void> {
  for (let page = ""; ; ) {
    const people = (await readPayoutFigures(runtime.db, run.id, page)).map(({ person }) => person);
    for (let at = 0; at < people.length; at += BOOKED) {
      if (runtime.stopping.aborted) return;
      const upTo = people[Math.min(at + BOOKED, people.length) - 1]!;
      const after = at === 0 ? page : people[at - 1]!;
      await runtime.db.write([bookPayouts(run, after, upTo, runtime.clock.now())]);
      await nextTurn();
    }
    if (people.length < FIGURES_PAGE) return;
    page = people.at(-1)!;
  }
}

/** `4,801 payouts, 12,345,678.00 INR; 49 not on the plan, 3 not evaluated`. */
function inWords(summary: StoredSummary, currency: string): string {
  const { computed, inReview, notEligible, notEvaluated, totalMinor } = summary;
  const grouped = (count: number) => String(count).replaceAll(/\B(?=(\d{3})+$)/g, ",");
  const rest = [
    ...(inReview > 0 ? [`${grouped(inReview)} waiting for review`] : []),
    ...(notEligible > 0 ? [`${grouped(notEligible)} not on the plan`] : []),
    ...(notEvaluated > 0 ? [`${grouped(notEvaluated)} not evaluated`] : []),
  ];
  const paid = computed + inReview;
  const sum = `${grouped(paid)} ${paid === 1 ? "payout" : "payouts"}, ${moneyInWords(totalMinor, currency)}`;
  const head = paid === 0 ? "No payouts" : sum;
  return rest.length > 0 ? `${head}; ${rest.join(", ")}` : head;
}
