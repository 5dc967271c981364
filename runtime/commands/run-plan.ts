import { v7 } from "uuid";
import type { JobView } from "#engine/contract/views/definitions.ts";
import type { Plan } from "#engine/definition/plan.ts";
import { compilePlan } from "#engine/incentive/compile-plan.ts";
import { moneyInWords } from "#engine/incentive/currency.ts";
import { type Period, parsePeriod } from "#engine/time/period.ts";
import { IssuesError } from "#engine/words/issue.ts";
import { readVersions } from "../store/definitions-read.ts";
import { type JobRow, readJob } from "../store/jobs.ts";
import {
  endRun,
  insertRun,
  type PaidRow,
  payoutStatements,
  type RunRow,
  readRun,
  summariesOfRun,
} from "../store/payouts.ts";
import { nextTurn } from "./commit.ts";
import { refuseWhenOverloaded } from "./handle.ts";
import { createJob, finishJob, inBackground, reportJob, viewOf } from "./jobs.ts";
import { lastDayOf, type PlanInUse, payInputs, planInUse } from "./pay-inputs.ts";
import { Refused } from "./refused.ts";
import type { Principal, Runtime } from "./runtime.ts";

/** Payees computed and booked in one batch. */
const SLICE = 100;

interface RunPlanInput {
  period: string;
  unit?: string;
  key?: string;
}

interface RunInput {
  run: string;
  unit: string | null;
}

/**
 * Computes a plan for a period from stored results, in the background; answers its job, whose input names the run. What is
 * booked already for the period is not booked again: a second run books the differences. Throws `Refused`.
 */
export async function runPlan(
  runtime: Runtime,
  principal: Principal,
  id: string,
  input: RunPlanInput,
): Promise<JobView & { run: string }> {
  refuseWhenOverloaded(runtime);
  const { plan, version } = livePlan(runtime, id);
  periodOfPlan(plan, input.period);
  const directory = await runtime.organisation.directory();
  if (input.unit !== undefined && !directory.unit(input.unit))
    throw new Refused("not-found", `There is no unit "${input.unit}".`);
  const now = runtime.clock.now();
  const run: RunRow = {
    id: v7({ msecs: now }),
    plan: id,
    version,
    period: input.period,
    currency: plan.currency,
    status: "running",
    job: null,
    by: principal.personId,
    startedAt: now,
    finishedAt: null,
  };
  const who = principal.account ?? principal.personId ?? "nobody";
  const { job, isNew } = await createJob(runtime, {
    kind: "payout",
    title: `${plan.title}, ${input.period}`,
    total: 0,
    input: { run: run.id, unit: input.unit ?? null },
    by: principal.personId,
    ...(input.key === undefined ? {} : { once: `payout ${id} ${who} ${input.key}` }),
  });
  if (isNew) {
    await runtime.audit.write(
      {
        at: now,
        by: principal.personId,
        what: "payout.run",
        words: `ran "${plan.title}" for ${input.period}`,
        details: { plan: id, version, period: input.period, run: run.id, unit: input.unit ?? null },
      },
      [insertRun({ ...run, job: job.id })],
    );
    inBackground(runtime, job.id, () => runPayouts(runtime, job));
  }
  return { ...viewOf(job), run: (job.input as unknown as RunInput).run };
}

/** The live plan of an id, or `Refused`. */
export function livePlan(runtime: Runtime, id: string): { plan: Plan; version: number } {
  const row = runtime.catalogue.version("plan", id);
  if (row?.document.kind !== "plan")
    throw new Refused("not-live", `There is no published plan "${id}". Publish it first.`);
  return { plan: row.document, version: row.version };
}

/** The period a plan is run for; refused where the plan pays by another kind of period. */
export function periodOfPlan(plan: Plan, id: string): Period {
  const period = parsePeriod(id);
  const kind = plan.period === "half-year" ? "half" : plan.period;
  if (!period || period.kind !== kind) {
    const example = { month: "2026-09", quarter: "2026-Q3", half: "2026-H1", year: "2026" }[kind as "month"];
    throw new Refused("bad-input", `"${plan.title}" pays by ${plan.period}. Write a period such as ${example}.`);
  }
  return period;
}

/** Runs payouts from wherever they stand to their end; each person is computed and booked once in a run. */
export async function runPayouts(runtime: Runtime, job: JobRow): Promise<void> {
  const input = job.input as unknown as RunInput;
  const run = await readRun(runtime.db, input.run);
  if (!run) {
    // The stop came between the job and its run: nothing has begun.
    await finishJob(runtime, job.id, "failed", "The server stopped before the run began. Start it again.", null);
    return;
  }
  try {
    await computeAll(runtime, job.id, run, input.unit);
  } catch (cause) {
    if (runtime.stopping.aborted) throw cause;
    await runtime.db.write([endRun(run.id, "failed", runtime.clock.now())]);
    if (cause instanceof IssuesError) throw new Refused("has-problems", cause.message, { issues: cause.issues });
    throw cause;
  }
}

async function computeAll(runtime: Runtime, job: string, run: RunRow, unit: string | null): Promise<void> {
  const [version] = await readVersions(runtime.db, [{ kind: "plan", id: run.plan, version: run.version }]);
  if (version?.document.kind !== "plan") throw new Error(`version ${run.version} of the plan ${run.plan} is gone`);
  const inUse = planInUse(runtime, version.document, run.version);
  const compute = compilePlan(inUse.plan, inUse.rulesets);
  const period = periodOfPlan(version.document, run.period);
  const everyone = await payeesOf(runtime, period, unit);
  const done = new Set((await summariesOfRun(runtime.db, run.id)).map(({ person }) => person));
  const people = everyone.filter((person) => !done.has(person));
  await reportJob(runtime, job, done.size, everyone.length, "Computing payouts");
  for (let at = 0; at < people.length; at += SLICE) {
    if (runtime.stopping.aborted) return;
    if ((await readJob(runtime.db, job))?.status === "cancelled") return;
    const slice = people.slice(at, at + SLICE);
    const rows = await computeSlice(runtime, inUse, compute, slice, period);
    await runtime.db.write(payoutStatements(run, rows, runtime.clock.now()));
    await reportJob(runtime, job, done.size + at + slice.length, everyone.length, "Computing payouts");
    await nextTurn();
  }
  await runtime.db.write([endRun(run.id, "computed", runtime.clock.now())]);
  const all = await summariesOfRun(runtime.db, run.id);
  const total = all.reduce((sum, { totalMinor }) => sum + (totalMinor ?? 0), 0);
  const unknown = all.filter(({ status }) => status === "not evaluated").length;
  const paid = all.filter(({ status }) => status === "computed" || status === "in review").length;
  const message = `${moneyInWords(total, run.currency)} for ${paid} people${unknown > 0 ? `, ${unknown} could not be computed` : ""}`;
  await finishJob(runtime, job, "done", message, { run: run.id, totalMinor: total, people: all.length });
  runtime.events.emit({ topic: "payouts", id: run.id, revision: all.length });
}

/** Everybody employed at some time of the period, in the order of ids; whether they are eligible the plan says. */
async function payeesOf(runtime: Runtime, period: Period, unit: string | null): Promise<string[]> {
  const directory = await runtime.organisation.directory();
  const within =
    unit === null
      ? undefined
      : new Set(
          directory
            .membersOf(unit, period.from, { deep: true })
            .concat(directory.membersOf(unit, lastDayOf(period), { deep: true })),
        );
  return directory
    .people()
    .filter(({ id, hireDate, endDate }) => {
      if (within && !within.has(id)) return false;
      return (hireDate === null || hireDate < period.to) && (endDate === null || endDate >= period.from);
    })
    .map(({ id }) => id);
}

/** Payouts of some people with what they were computed from. */
export async function computeSlice(
  runtime: Runtime,
  inUse: PlanInUse,
  compute: ReturnType<typeof compilePlan>,
  people: readonly string[],
  period: Period,
): Promise<PaidRow[]> {
  const directory = await runtime.organisation.directory();
  const inputs = await payInputs(runtime, inUse, people, period, runtime.clock.now());
  return inputs.map((input) => ({
    unit: directory.unitOf(input.payee.id, lastDayOf(period)) ?? null,
    payout: compute(input),
    inputs: input,
  }));
}
