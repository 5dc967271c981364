import { dateInWords } from "../time/epoch-day.ts";
import type { PersonRef } from "../words/reference.ts";
import { factPeopleInWords } from "./fact-people.ts";
import type { PeopleContext } from "./resolution.ts";

/** People found by one way of naming them, before absences and exceptions. */
export interface Found {
  people: string[];
  because: string;
  /** Passed over while looking. */
  skipped: { person: string; why: string }[];
  /**
   * Whether another person may stand in. What only this person can give (their own review, their feedback) has no stand-in;
   * an office (manager, role, queue) has.
   */
  delegable: boolean;
}

type Way = Exclude<PersonRef, { metric: "owner" | "steward" }>;

/** Finds the people of a reference other than a metric's, as of `date`. */
export function findPeople(ref: Way, context: PeopleContext, date: string): Found {
  if ("relation" in ref) return byRelation(ref, context, date);
  if ("role" in ref) return byRole(ref.role, context, date);
  if ("unitRole" in ref) return byUnitRole(ref.unitRole, ref.level, context, date);
  if ("queue" in ref) return byQueue(ref.queue, context, date);
  return byFact(ref.fact, context);
}

const found = (people: string[], because: string, delegable: boolean, skipped: Found["skipped"] = []): Found => ({
  people,
  because,
  skipped,
  delegable,
});

type Relation = Extract<PersonRef, { relation: string }>;

/** The person that relations start from. */
export function personOf(of: "subject" | "actor", context: PeopleContext): string | undefined {
  if (of === "actor") return context.actor;
  return context.subject.kind === "person" ? context.subject.id : context.subject.about;
}

function byRelation(ref: Relation, context: PeopleContext, date: string): Found {
  const { directory } = context;
  const of = ref.of ?? "subject";
  const person = personOf(of, context);
  if (person === undefined) {
    const why =
      of === "actor" ? "nobody holds the step yet" : `the case is about a ${context.subject.kind}, not a person`;
    return found([], `the ${of}'s ${ref.relation}: ${why}`, false);
  }
  const name = directory.nameOf(person);
  const on = `on ${dateInWords(date)}`;
  switch (ref.relation) {
    case "subject":
      return found([person], `${name}, the ${of}`, false);
    case "manager":
      return upTheLine(1, `${name}'s manager ${on}`, directory.chainOf(person, date), context);
    case "skip-manager":
      return upTheLine(2, `the manager of ${name}'s manager ${on}`, directory.chainOf(person, date), context);
    case "matrix-manager":
      return found(directory.matrixManagersOf(person, date), `${name}'s matrix manager ${on}`, true);
    case "reports":
      return found(directory.reportsOf(person, date), `${name}'s direct reports ${on}`, false);
    case "peers": {
      const manager = directory.managerOf(person, date);
      const because = `those who report to the same manager as ${name} ${on}`;
      if (manager === undefined) return found([], `${because}: ${name} has no manager`, false);
      return found(
        directory.reportsOf(manager, date).filter((peer) => peer !== person),
        because,
        false,
      );
    }
  }
}

/** The manager at a height above the person; who is shut out is passed over, so the line goes on above. */
function upTheLine(height: number, because: string, chain: string[], context: PeopleContext): Found {
  const at = chain.slice(height - 1);
  const skipped: Found["skipped"] = [];
  for (const manager of at) {
    const why = context.shutOut?.get(manager);
    if (why === undefined) return found([manager], because, true, skipped);
    skipped.push({ person: manager, why });
  }
  return found([], because, true, skipped);
}

/** The unit that a case belongs to: scopes roles. */
export function unitOfCase(context: PeopleContext, date: string): string | undefined {
  const { subject, directory } = context;
  if (subject.kind === "unit") return subject.id;
  if (subject.unit !== undefined) return subject.unit;
  const person = personOf("subject", context);
  return person === undefined ? undefined : directory.unitOf(person, date);
}

function byRole(role: string, context: PeopleContext, date: string): Found {
  const { directory } = context;
  const unit = unitOfCase(context, date);
  const scopes = [...(unit === undefined ? [] : directory.unitPath(unit).map(({ id }) => id)), null];
  return nearest(
    role,
    scopes,
    context,
    date,
    `${role} of ${unit === undefined ? "the organisation" : title(unit, context)}`,
  );
}

function byUnitRole(role: string, level: string | undefined, context: PeopleContext, date: string): Found {
  const { directory } = context;
  const unit = unitOfCase(context, date);
  const on = `on ${dateInWords(date)}`;
  if (unit === undefined) return found([], `${role} ${on}: the case belongs to no unit`, true);
  const path = directory.unitPath(unit);
  const start = level === undefined ? 0 : path.findIndex((candidate) => candidate.level === level);
  if (start < 0) return found([], `${role} ${on}: ${title(unit, context)} is in no ${level}`, true);
  // With a level named, the unit of that level answers; those above only where all its holders are shut out.
  const holders = directory.grantHoldersAt(role, path[start]?.id ?? unit, date);
  const because = `${role} of ${title(path[start]?.id ?? unit, context)}`;
  if (level !== undefined && holders.length === 0) return found([], `${because} ${on}`, true);
  return nearest(
    role,
    path.slice(start).map(({ id }) => id),
    context,
    date,
    because,
  );
}

const title = (unit: string, context: PeopleContext) => context.directory.unit(unit)?.title ?? unit;

/** The holders in the first scope that has any who is not shut out. */
function nearest(
  role: string,
  scopes: (string | null)[],
  context: PeopleContext,
  date: string,
  because: string,
): Found {
  const on = `on ${dateInWords(date)}`;
  const skipped: Found["skipped"] = [];
  for (const scope of scopes) {
    const people: string[] = [];
    for (const person of context.directory.grantHoldersAt(role, scope, date)) {
      const why = context.shutOut?.get(person);
      if (why === undefined) people.push(person);
      else skipped.push({ person, why });
    }
    if (people.length === 0) continue;
    const where = scope === null ? `${role} everywhere` : `${role} of ${title(scope, context)}`;
    return found(people, because === where ? `${where} ${on}` : `${because}: ${where} ${on}`, true, skipped);
  }
  return found([], `${because} ${on}`, true, skipped);
}

function byQueue(id: string, context: PeopleContext, date: string): Found {
  const { directory } = context;
  const queue = directory.queue(id);
  if (!queue) return found([], `the queue ${id}, which does not exist`, true);
  const away = (person: string) =>
    directory.absenceOf(person, date) !== undefined || directory.person(person)?.status === "leave";
  const present = queue.members.filter((person) => !away(person));
  const because = `the queue ${queue.title}`;
  // Work in a queue is anyone's: who is away is left out while somebody is there, and stood in for only otherwise.
  if (present.length === 0) return found(queue.members, because, true);
  const skipped = queue.members.filter(away).map((person) => ({ person, why: "is away" }));
  return found(present, because, false, skipped);
}

/** A fact that names a person, or a list of them. One person holds an office; each of a list speaks for themselves. */
function byFact(name: string, context: PeopleContext): Found {
  const value = context.fact(name);
  const words = factPeopleInWords(name);
  if (typeof value === "string") return found(value === "" ? [] : [value], words, true);
  if (!Array.isArray(value))
    return found([], `${words}, which ${value == null ? "has no value" : "names no people"}`, true);
  const ids = value.filter((item): item is string => typeof item === "string" && item !== "");
  return found(ids, words, false);
}
