import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { JobView } from "#engine/contract/views/definitions.ts";
import type { OrganisationData, Person } from "#engine/organisation/model.ts";
import type { Json } from "#engine/words/json.ts";
import { jobView } from "../../../runtime/commands/jobs.ts";
import { type RunPlanInput, runPlan } from "../../../runtime/commands/run-plan.ts";
import { SYSTEM } from "../../../runtime/commands/runtime.ts";
import type { EmbeddedHost } from "../../../runtime/hosts/embedded.ts";
import { type Observation, observationsStatements } from "../../../runtime/store/observations-write.ts";
import { recordsStatements, type StoredRecord } from "../../../runtime/store/records-write.ts";
import { smallOrganisation } from "../../support/small-world.ts";
import { type TestHost, testHost } from "../../support/test-runtime.ts";

const TEMPLATES = join(import.meta.dirname, "../../../templates");

/** The documents of templates, as they lie in their folders. */
export function templateDocuments(...folders: string[]): object[] {
  return folders.flatMap((folder) =>
    readdirSync(join(TEMPLATES, folder))
      .filter((file) => file.endsWith(".json") && file !== "scenarios.json")
      .map((file) => JSON.parse(readFileSync(join(TEMPLATES, folder, file), "utf8")) as object),
  );
}

/** The last complete quarter before the test clock, and its months. */
export const QUARTER = "2025-Q4";
export const MONTHS = [
  ["2025-10-01", "2025-11-01"],
  ["2025-11-01", "2025-12-01"],
  ["2025-12-01", "2026-01-01"],
] as const;

/** The small organisation paid in rupees, with as many more representatives in its team as a test wants: `rep-0001` … */
export function payOrganisation(representatives = 0): OrganisationData {
  const small = smallOrganisation();
  const people = small.people.map((person): Person => ({ ...person, currency: "INR", salaryMinor: 48_000_000 }));
  const ana = people.find(({ id }) => id === "ana")!;
  const line = small.assignments.find(({ person }) => person === "ana")!;
  const more = Array.from({ length: representatives }, (_, i) => `rep-${String(i + 1).padStart(4, "0")}`);
  return {
    ...small,
    currency: "INR",
    people: [...people, ...more.map((id): Person => ({ ...ana, id, name: `Rep ${id.slice(4)}`, email: null }))],
    assignments: [...small.assignments, ...more.map((person) => ({ ...line, person }))],
  };
}

/** A host with the pay templates and their metrics. */
export function payWorld(organisation = payOrganisation(), writerThread = false): Promise<TestHost> {
  return testHost({
    organisation,
    writerThread,
    documents: templateDocuments("green-soft", "sales-quarter", "annual-bonus", "margin-commission", "spot-reward"),
  });
}

/** One value of a metric for each month of the quarter; a unit's where `kind` says so. */
export function monthly(
  metric: string,
  subject: string,
  value: string,
  target: string | null = null,
  kind: Observation["subjectKind"] = "person",
): Observation[] {
  return MONTHS.map(([periodFrom, periodTo]) => ({
    metric,
    subjectKind: kind,
    subject,
    periodFrom,
    periodTo,
    value,
    target,
    state: "final",
  }));
}

/** A representative's quarter: laptops sold a month against 100, and the margin. */
export const quarterOf = (person: string, sold: string, margin: string): Observation[] => [
  ...monthly("laptops-sold", person, sold, "100"),
  ...monthly("gross-margin", person, margin),
];

/** What customers say of the region: retention on target, a score that changes nothing. */
export const region: Observation[] = [
  ...monthly("customer-retention", "south", "0.93", null, "unit"),
  ...monthly("nps", "south", "30", null, "unit"),
];

export const observe = (host: EmbeddedHost, observations: readonly Observation[]) =>
  host.db.write(observationsStatements(observations, { recordedAt: host.clock.now(), importNo: 0 }));

export const record = (host: EmbeddedHost, records: readonly StoredRecord[]) =>
  host.db.write(recordsStatements(records, { recordedAt: host.clock.now(), importNo: 0 }));

/** A deal of the commission plan. */
export function deal(
  id: string,
  date: string,
  margin: string,
  share: number,
  credits: Json,
  about = "ana",
): StoredRecord {
  const fields = {
    title: `Deal ${id}`,
    customer: "Acme",
    closedOn: date,
    grossMargin: margin,
    marginShare: share,
    credits,
    about,
  };
  return { id, type: "deal", aboutKind: "person", about, date, fields };
}

/** Runs a plan to its end; answers the finished job. */
export async function runToEnd(host: EmbeddedHost, input: RunPlanInput): Promise<JobView> {
  const job = await runPlan(host, SYSTEM, input);
  await host.idle();
  return jobView(host, job.id);
}

/** A ledger entry as a test looks at it. */
export interface Entry {
  run: string;
  period: string;
  person: string;
  component: string;
  kind: "line" | "delta";
  amountMinor: number;
  cause: string | null;
  payment: string | null;
}

/** All that is booked by a plan, in order. */
export const ledger = (host: EmbeddedHost, plan: string): Promise<Entry[]> =>
  host.db.read<Entry>(
    `SELECT run, period, person, component, kind, amount_minor AS amountMinor, cause, payment FROM ledger WHERE plan = ? ORDER BY seq`,
    [plan],
  );

/** What a person has of a plan for a period, corrections included. */
export async function booked(host: EmbeddedHost, plan: string, period: string, person: string): Promise<number> {
  const entries = await ledger(host, plan);
  return entries
    .filter((entry) => entry.person === person && entry.period === period)
    .reduce((sum, { amountMinor }) => sum + amountMinor, 0);
}
