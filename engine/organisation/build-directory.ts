import { groupBy, validAt } from "./as-of.ts";
import type { Directory, GrantHolders } from "./directory.ts";
import type { Assignment, OrganisationData, Person } from "./model.ts";
import { buildUnitTree, type UnitTree } from "./unit-tree.ts";

const NONE: readonly never[] = [];

/**
 * Indexes an organisation. The data is not copied and must not change afterwards: build a new directory for new data.
 * Linear in the rows; lookups cost the assignments of one person, manager or unit.
 */
export function buildDirectory(data: OrganisationData): Directory {
  const tree = buildUnitTree(data.units);
  const people = new Map(data.people.map((person) => [person.id, person]));
  const staff = indexStaff(data, tree, people);
  return {
    data,
    ...tree,
    ...staff,
    ...indexRoles(data, tree, staff.isHere),
    ...indexPlaces(data, tree, people, staff),
  };
}

type Staff = Pick<
  Directory,
  | "person"
  | "people"
  | "nameOf"
  | "isHere"
  | "assignmentAt"
  | "assignmentsAt"
  | "assignmentsOf"
  | "managerOf"
  | "matrixManagersOf"
  | "reportsOf"
  | "matrixReportsOf"
  | "chainOf"
  | "unitOf"
  | "unitAt"
  | "membersOf"
>;

function indexStaff(data: OrganisationData, tree: UnitTree, people: ReadonlyMap<string, Person>): Staff {
  const ofPerson = groupBy(data.assignments, (assignment) => assignment.person);
  for (const assignments of ofPerson.values()) {
    if (assignments.length > 1) assignments.sort(byKindAndStart);
  }
  const primary = data.assignments.filter((assignment) => assignment.kind === "primary");
  const matrix = data.assignments.filter((assignment) => assignment.kind === "matrix");
  const ofManager = groupBy(primary, (assignment) => assignment.manager);
  const matrixOfManager = groupBy(matrix, (assignment) => assignment.manager);
  const ofUnit = groupBy(primary, (assignment) => assignment.unit);

  const assignmentAt: Staff["assignmentAt"] = (person, date, kind = "primary") =>
    ofPerson.get(person)?.find((assignment) => assignment.kind === kind && validAt(assignment, date));
  const managerOf: Staff["managerOf"] = (person, date) => assignmentAt(person, date)?.manager ?? undefined;
  const unitOf: Staff["unitOf"] = (person, date) => assignmentAt(person, date)?.unit;
  const membersOf: Staff["membersOf"] = (unit, date, options) => {
    const units = options?.deep ? tree.below(unit) : [unit];
    return distinct(units.flatMap((id) => peopleOf(ofUnit.get(id), date)));
  };
  return {
    person: (id) => people.get(id),
    people: () => data.people,
    nameOf: (id) => people.get(id)?.name ?? id,
    isHere: (id, date) => isHere(people.get(id), date),
    assignmentAt,
    assignmentsAt: (person, date) => (ofPerson.get(person) ?? []).filter((assignment) => validAt(assignment, date)),
    assignmentsOf: (person) => ofPerson.get(person) ?? NONE,
    managerOf,
    matrixManagersOf: (person, date) =>
      distinct(
        (ofPerson.get(person) ?? [])
          .filter((assignment) => assignment.kind === "matrix" && validAt(assignment, date))
          .flatMap((assignment) => assignment.manager ?? []),
      ),
    reportsOf: (manager, date) => peopleOf(ofManager.get(manager), date),
    matrixReportsOf: (manager, date) => distinct(peopleOf(matrixOfManager.get(manager), date)),
    chainOf: (person, date) => chainOf(person, (id) => managerOf(id, date)),
    unitOf,
    unitAt: (person, date, level) => {
      const unit = unitOf(person, date);
      return unit === undefined ? undefined : tree.unitPath(unit).find((candidate) => candidate.level === level);
    },
    membersOf,
  };
}

const byKindAndStart = (a: Assignment, b: Assignment) =>
  a.kind === b.kind ? compare(a.validFrom, b.validFrom) : a.kind === "primary" ? -1 : 1;
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const distinct = (ids: string[]) => (ids.length > 1 ? [...new Set(ids)] : ids);

function peopleOf(assignments: readonly Assignment[] | undefined, date: string): string[] {
  const ids: string[] = [];
  for (const assignment of assignments ?? NONE) {
    if (validAt(assignment, date)) ids.push(assignment.person);
  }
  return ids;
}

/** Someone marked as left was still here on dates up to their last day. */
function isHere(person: Person | undefined, date: string): boolean {
  if (!person) return false;
  return person.endDate === null ? person.status !== "left" : date <= person.endDate;
}

function chainOf(person: string, managerOf: (id: string) => string | undefined): string[] {
  const seen = new Set([person]);
  const chain: string[] = [];
  for (let above = managerOf(person); above !== undefined && !seen.has(above); above = managerOf(above)) {
    seen.add(above);
    chain.push(above);
  }
  return chain;
}

type Roles = Pick<Directory, "grantHolders" | "grantHoldersAt" | "grantsOf" | "queue">;

function indexRoles(data: OrganisationData, tree: UnitTree, here: Directory["isHere"]): Roles {
  const ofPlace = groupBy(data.grants, (grant) => `${grant.role} ${grant.unit ?? ""}`);
  const ofPerson = groupBy(data.grants, (grant) => grant.person);
  const queues = new Map(data.queues.map((queue) => [queue.id, queue]));

  const grantHoldersAt: Roles["grantHoldersAt"] = (role, unit, date) => {
    const grants = ofPlace.get(`${role} ${unit ?? ""}`);
    if (!grants) return [];
    const current = grants.filter((grant) => validAt(grant, date) && here(grant.person, date));
    return distinct(current.map((grant) => grant.person));
  };
  const grantHolders = (role: string, unit: string | undefined, date: string): GrantHolders => {
    for (const { id } of unit === undefined ? NONE : tree.unitPath(unit)) {
      const holders = grantHoldersAt(role, id, date);
      if (holders.length > 0) return { people: holders, unit: id };
    }
    const everywhere = grantHoldersAt(role, null, date);
    return { people: everywhere, unit: everywhere.length > 0 ? null : undefined };
  };
  return {
    grantHolders,
    grantHoldersAt,
    grantsOf: (person, date) => (ofPerson.get(person) ?? []).filter((grant) => validAt(grant, date)),
    queue: (id) => queues.get(id),
  };
}

type Places = Pick<Directory, "absenceOf" | "zoneOf" | "calendarOf">;

function indexPlaces(
  data: OrganisationData,
  tree: UnitTree,
  people: ReadonlyMap<string, Person>,
  staff: Pick<Staff, "unitOf" | "assignmentsOf">,
): Places {
  const absences = groupBy(data.absences, (absence) => absence.person);
  const place = (id: string, date: string | undefined, member: "timeZone" | "calendar"): string => {
    const own = people.get(id)?.[member];
    if (own) return own;
    const last = staff.assignmentsOf(id).findLast((assignment) => assignment.kind === "primary");
    const unit = date === undefined ? last?.unit : staff.unitOf(id, date);
    for (const above of unit === undefined ? NONE : tree.unitPath(unit)) {
      const found = above[member];
      if (found) return found;
    }
    return data[member];
  };
  return {
    absenceOf: (person, date) => absences.get(person)?.find(({ from, to }) => from <= date && date < to),
    zoneOf: (person, date) => place(person, date, "timeZone"),
    calendarOf: (person, date) => place(person, date, "calendar"),
  };
}
