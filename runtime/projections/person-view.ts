import type { PersonRow, PersonView } from "#engine/contract/views/organisation.ts";
import { addMonths, dateOfDay, dayOfDate } from "#engine/time/epoch-day.ts";
import { Forbidden } from "../access/forbidden.ts";
import type { Reader } from "../access/reader.ts";
import { Refused } from "../commands/refused.ts";
import type { Runtime } from "../commands/runtime.ts";
import { metricWindow } from "../store/metrics-window.ts";
import type { PersonListRow } from "../store/people-list.ts";
import { type PersonPage, personPage } from "../store/people-page.ts";
import { listCases } from "./case-briefs.ts";
import { withoutPay } from "./person-fields.ts";
import { pointsOf, rowsOfGrain } from "./series-points.ts";

/** Months of results that a person's page shows. */
const MONTHS_BACK = 14;
/** Cases that it lists, the newest first. */
const CASES = 200;

/** A person as lists show them. */
export function personRow({ unit, unitTitle, ...person }: PersonListRow): PersonRow {
  return { ...person, unit: unitTitle ?? unit, unitId: unit };
}

/**
 * A person's page for a reader. Pay, and further fields whose name says pay, only where the policy opens pay.
 * Throws `Forbidden` where the person is not the reader's to see (whether there is one or not), `Refused` (`not-found`).
 */
export async function personView(runtime: Runtime, reader: Reader, id: string): Promise<PersonView> {
  const { policy } = reader;
  if (!policy.seesPerson(id)) {
    throw new Forbidden("This person's record is not open to you.", { kind: "person", id });
  }
  const page = await personPage(runtime.db, id, policy.date);
  if (!page) throw new Refused("not-found", `There is no person "${id}".`);
  const directory = await runtime.organisation.directory();
  const { person } = page;
  const seesPay = policy.seesPay(id);
  const unitTitle = (unit: string) => directory.unit(unit)?.title ?? unit;
  return {
    person: rowOf(page),
    email: person.email,
    grade: person.grade,
    hireDate: person.hireDate,
    endDate: person.endDate,
    timeZone: directory.zoneOf(id, policy.date),
    salary:
      seesPay && person.salaryMinor !== null
        ? { minor: person.salaryMinor, currency: person.currency ?? directory.data.currency }
        : null,
    chain: page.chain,
    reports: page.reports,
    units: page.units,
    assignments: page.assignments.map(({ unit, manager, kind, validFrom, validTo }) => ({
      unit: unitTitle(unit),
      unitId: unit,
      manager: manager === null ? null : directory.nameOf(manager),
      managerId: manager,
      kind,
      validFrom,
      validTo,
    })),
    metrics: await metricsOf(runtime, id, policy.date),
    cases: (await listCases(runtime, reader, { subject: id }, { limit: CASES })).items
      .filter(({ subject }) => subject.kind === "person")
      .map(({ id: caseId, definition, period, status }) => ({ id: caseId, title: definition.title, period, status })),
    fields: seesPay ? person.fields : withoutPay(person.fields),
    roles: page.roles.map(({ role, unit }) => ({ role, unit: unit === null ? null : unitTitle(unit) })),
  };
}

function rowOf({ person, units, chain, reports }: PersonPage): PersonRow {
  return {
    id: person.id,
    name: person.name,
    title: person.title,
    unit: units[0]?.title ?? null,
    unitId: units[0]?.id ?? null,
    manager: chain[0] ?? null,
    status: person.status,
    reports: reports.length,
  };
}

/** A person's own results of the last months, of every metric that has any, by title. */
async function metricsOf(runtime: Runtime, id: string, date: string): Promise<PersonView["metrics"]> {
  const metrics = runtime.catalogue.live.all("metric");
  const from = dateOfDay(addMonths(dayOfDate(date), -MONTHS_BACK));
  const found = await metricWindow(
    runtime.db,
    metrics.map((metric) => ({ metric: metric.id, subjectKind: "person", subject: id, from, to: "9999-12-31" })),
  );
  return metrics
    .map((metric, i) => ({
      metric: metric.id,
      title: metric.title,
      unit: metric.unit,
      points: pointsOf(
        rowsOfGrain(
          (found[i] ?? []).map((row) => ({ ...row, n: 1 })),
          metric,
        ),
        metric,
      ).map(({ period, value, target }) => ({ period, value, target })),
    }))
    .filter(({ points }) => points.length > 0)
    .sort((a, b) => a.title.localeCompare(b.title, "en"));
}
