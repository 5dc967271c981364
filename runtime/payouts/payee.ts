import { minorDigits } from "#engine/incentive/currency.ts";
import type { AssignmentSegment, Payee } from "#engine/incentive/inputs.ts";
import type { Directory } from "#engine/organisation/directory.ts";
import type { Person } from "#engine/organisation/model.ts";
import { dateOfDay, dayOfDate } from "#engine/time/epoch-day.ts";
import type { Period } from "#engine/time/period.ts";
import { Decimal } from "#engine/words/decimal.ts";
import type { Json } from "#engine/words/json.ts";

/** A field of a person as rules read it (`person.role`), on a day; undefined where nothing is known. Money in major units. */
export function personFact(directory: Directory, person: Person, name: string, date: string): Json | undefined {
  switch (name) {
    case "fte":
      return Number(person.fte);
    case "salary":
      return person.salaryMinor === null
        ? undefined
        : person.salaryMinor / 10 ** minorDigits(person.currency ?? directory.data.currency);
    case "unit":
      return directory.unitOf(person.id, date);
    case "manager":
      return directory.managerOf(person.id, date);
    case "reports":
      return directory.reportsOf(person.id, date).length;
    case "fields":
    case "salaryMinor":
      return undefined;
    default: {
      const own = (record: object) =>
        Object.hasOwn(record, name) ? (record as Record<string, Json>)[name] : undefined;
      return own(person) ?? own(person.fields) ?? undefined;
    }
  }
}

/** A field of the payee's unit, or the id of the unit of some level above it (`unit.region`). */
export function unitFact(directory: Directory, unit: string | undefined, name: string): Json | undefined {
  const path = unit === undefined ? [] : directory.unitPath(unit);
  const [own] = path;
  if (!own) return undefined;
  if (Object.hasOwn(own, name)) return (own as unknown as Record<string, Json>)[name] ?? undefined;
  return path.find((above) => above.level === name)?.id;
}

/** The payee as the engine takes them: with those fields that the plan reads, and their unit. */
export function payeeOf(directory: Directory, person: Person, names: readonly string[], date: string): Payee {
  const fields: Record<string, Json> = {};
  for (const name of [...names, "unit"]) {
    const value = personFact(directory, person, name, date);
    if (value !== undefined) fields[name] = value;
  }
  return { id: person.id, name: person.name, hireDate: person.hireDate, fields };
}

/** The days of the period on which somebody was employed, as one stretch with their full-time share. */
export function employment(person: Person, period: Pick<Period, "from" | "to">): AssignmentSegment[] {
  const from = person.hireDate !== null && person.hireDate > period.from ? person.hireDate : period.from;
  const after = person.endDate === null ? period.to : dateOfDay(dayOfDate(person.endDate) + 1);
  const [to = period.to] = [after, period.to].sort();
  return from < to ? [{ from, to, fte: person.fte }] : [];
}

/** A team and the share of work in it. */
export interface TeamShare {
  team: string;
  weight: string;
}

/**
 * The units somebody worked in during the period with the weight of each: of an assignment its weight; where assignments
 * changed within the period, its weight times its days. The engine takes weights relative to their sum.
 */
export function teamShares(directory: Directory, person: Person, period: Pick<Period, "from" | "to">): TeamShare[] {
  const [employed] = employment(person, period);
  if (!employed) return [];
  const lines = directory.assignmentsOf(person.id).flatMap((line) => {
    const [, from = employed.from] = [line.validFrom, employed.from].sort();
    const [to = employed.to] = [line.validTo ?? employed.to, employed.to].sort();
    return from < to ? [{ unit: line.unit, weight: line.weight, days: dayOfDate(to) - dayOfDate(from) }] : [];
  });
  const whole = lines.every(({ days }) => days === lines[0]!.days);
  const shares = new Map<string, Decimal>();
  for (const { unit, weight, days } of lines) {
    const share = whole ? new Decimal(weight) : new Decimal(weight).times(days);
    shares.set(unit, (shares.get(unit) ?? new Decimal(0)).plus(share));
  }
  return [...shares]
    .map(([team, weight]) => ({ team, weight: weight.toFixed() }))
    .sort((a, b) => (a.team < b.team ? -1 : 1));
}
