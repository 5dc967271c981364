import type { Absence, Assignment, OrganisationData, Person, Queue, RoleGrant, Unit } from "./model.ts";

/**
 * The organisation, indexed for questions as of a date (`"2026-03-03"`). Answers name people and units by id; who has left
 * is still answered where the data says so (`managerOf`), because whether that matters is the asker's business
 * (`resolvePeople` never finds them).
 */
export interface Directory {
  readonly data: OrganisationData;

  person(id: string): Person | undefined;
  people(): readonly Person[];
  /** The person's name, or the id of one that is not known. */
  nameOf(person: string): string;
  /** Whether the person belongs to the organisation on that date: `endDate` is the last day. */
  isHere(person: string, date: string): boolean;

  unit(id: string): Unit | undefined;
  units(): readonly Unit[];
  /** The unit and its ancestors, leaf to root. Safe on a cycle of units; empty for an unknown unit. */
  unitPath(unit: string): readonly Unit[];
  childrenOf(unit: string): readonly Unit[];

  assignmentAt(person: string, date: string, kind?: Assignment["kind"]): Assignment | undefined;
  /** All assignments on a date, primary first. */
  assignmentsAt(person: string, date: string): Assignment[];
  /** All assignments there ever were, by start. */
  assignmentsOf(person: string): readonly Assignment[];
  managerOf(person: string, date: string): string | undefined;
  matrixManagersOf(person: string, date: string): string[];
  /** People whose primary manager this is. */
  reportsOf(manager: string, date: string): string[];
  matrixReportsOf(manager: string, date: string): string[];
  /** The managers above a person, nearest first; stops where a reporting line would come round again. */
  chainOf(person: string, date: string): string[];
  unitOf(person: string, date: string): string | undefined;
  /** The unit of that level (`region`) that the person is in. */
  unitAt(person: string, date: string, level: string): Unit | undefined;
  /** People whose primary assignment is in the unit, with `deep` also in the units below. */
  membersOf(unit: string, date: string, options?: { deep?: boolean }): string[];

  /**
   * Holders of a role for a unit, from the nearest unit upward that has any (a grant covers its unit and everything below
   * it), last those who hold it everywhere. People who have left do not count.
   */
  grantHolders(role: string, unit: string | undefined, date: string): GrantHolders;
  /** Holders of a role granted exactly for this unit (null: everywhere). */
  grantHoldersAt(role: string, unit: string | null, date: string): string[];
  /** What a person holds on a date. */
  grantsOf(person: string, date: string): RoleGrant[];

  queue(id: string): Queue | undefined;
  absenceOf(person: string, date: string): Absence | undefined;
  /** IANA zone: the person's, else of the nearest unit that has one, else the organisation's. Without a date, as last known. */
  zoneOf(person: string, date?: string): string;
  /** Calendar id, found as the zone is. */
  calendarOf(person: string, date?: string): string;
}

export interface GrantHolders {
  people: string[];
  /** The unit whose grants these are; null: held everywhere; undefined: nobody holds the role. */
  unit: string | null | undefined;
}
