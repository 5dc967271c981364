import type { Json } from "../words/json.ts";

/**
 * The organisation as data. Calendar dates are ISO text; intervals are half-open `[validFrom, validTo)` and an open end is
 * null. Everything here is what the engine may read of people; it is loaded by the runtime or made up by a scenario.
 */
export interface Person {
  id: string;
  name: string;
  email: string | null;
  /** `active`, `leave` (employed, away) or `left`. */
  status: "active" | "leave" | "left";
  title: string | null;
  /** Job role, e.g. `sales`: what rules read as `person.role`. Not an access role. */
  role: string | null;
  grade: string | null;
  hireDate: string | null;
  endDate: string | null;
  /** IANA zone; null takes the zone of the person's unit, then of the organisation. */
  timeZone: string | null;
  /** Calendar id; null takes the unit's, then the organisation's default. */
  calendar: string | null;
  /** Full-time share as a decimal text, e.g. `"1"`, `"0.5"`. */
  fte: string;
  /** Yearly base salary in minor units of `currency`. */
  salaryMinor: number | null;
  currency: string | null;
  /** Whatever else was imported or written by a record step (`person.rating`, …). */
  fields: Record<string, Json>;
}

/** A node of the organisation tree: company, region, location, team. `level` names the kind of node. */
export interface Unit {
  id: string;
  title: string;
  level: string;
  parent: string | null;
  timeZone: string | null;
  calendar: string | null;
}

/** Where a person works and to whom they report, for a time. At most one `primary` at any date. */
export interface Assignment {
  person: string;
  unit: string;
  manager: string | null;
  kind: "primary" | "matrix";
  /** Share of the person's work as a decimal text; the shares at one date need not sum to 1. */
  weight: string;
  validFrom: string;
  validTo: string | null;
}

/** An access or organisational role held by a person, for a unit and everything below it (null: everywhere). */
export interface RoleGrant {
  person: string;
  /** e.g. `hr-partner`, `hr-admin`, `hr-designer`, `head`; unit heads are grants of `head`. */
  role: string;
  unit: string | null;
  validFrom: string;
  validTo: string | null;
}

/** A named queue of people who take work in turn. */
export interface Queue {
  id: string;
  title: string;
  members: string[];
}

/** A declared absence, with who acts meanwhile. Dates half-open. */
export interface Absence {
  person: string;
  from: string;
  to: string;
  delegate: string | null;
}

/** All of it. */
export interface OrganisationData {
  people: Person[];
  units: Unit[];
  assignments: Assignment[];
  grants: RoleGrant[];
  queues: Queue[];
  absences: Absence[];
  /** Defaults of the organisation. */
  timeZone: string;
  calendar: string;
  currency: string;
}
