import type { Company } from "../definition/company.ts";
import type { OrganisationData } from "../organisation/model.ts";

/** Long before any story begins. */
const ALWAYS = "2000-01-01";

/** The organisation that a company written down small stands for. */
export function companyData(company: Company): OrganisationData {
  const { timeZone, calendar, currency, units, people, works, roles, queues, absences } = company;
  return {
    timeZone,
    calendar,
    currency,
    units: units.map((unit) => ({
      id: unit.id,
      title: unit.title,
      level: unit.level,
      parent: unit.parent ?? null,
      timeZone: unit.timeZone ?? null,
      calendar: unit.calendar ?? null,
    })),
    people: people.map((person) => ({
      id: person.id,
      name: person.name,
      email: `${person.id}@example.org`,
      status: person.status ?? "active",
      title: null,
      role: person.role ?? null,
      grade: person.grade ?? null,
      hireDate: person.hireDate ?? null,
      endDate: person.endDate ?? null,
      timeZone: person.timeZone ?? null,
      calendar: person.calendar ?? null,
      fte: person.fte ?? "1",
      salaryMinor: person.salaryMinor ?? null,
      currency: person.salaryMinor === undefined ? null : currency,
      fields: person.fields ?? {},
    })),
    assignments: works.map(({ person, unit, manager, matrix }) => ({
      person,
      unit,
      manager: manager ?? null,
      kind: matrix ? "matrix" : "primary",
      weight: "1",
      validFrom: ALWAYS,
      validTo: null,
    })),
    grants: roles.map(({ person, role, unit }) => ({
      person,
      role,
      unit: unit ?? null,
      validFrom: ALWAYS,
      validTo: null,
    })),
    queues: queues ?? [],
    absences: (absences ?? []).map(({ person, from, to, delegate }) => ({
      person,
      from,
      to,
      delegate: delegate ?? null,
    })),
  };
}
