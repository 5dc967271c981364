import type { Context, MemberMemory } from "../compile/context.ts";
import type { Subject } from "../contract/subject.ts";
import { minorDigits } from "../incentive/currency.ts";
import type { FactReader } from "../rules/facts.ts";
import { compilePath } from "../rules/path.ts";
import type { Clock } from "../time/clock.ts";
import { dueInstant, shift } from "../time/due-instant.ts";
import { parsePeriod } from "../time/period.ts";
import { type ClockValues, durationOfParameter, resolveClock } from "../time/resolved-clock.ts";
import type { Duration } from "../words/duration.ts";
import { FORBIDDEN_KEYS } from "../words/ids.ts";
import type { Json } from "../words/json.ts";
import type { FactRef, Reference, Value } from "../words/reference.ts";
import { Incident } from "./incident.ts";
import type { Joining } from "./members.ts";
import { defaultPlace, placeOfPerson, today } from "./place.ts";
import { timeFact } from "./time-facts.ts";
import type { World } from "./world.ts";

/** What never changes in a case, as far as facts go. */
export interface CaseHead {
  id: string;
  subject: Subject;
  period: string | null;
  trigger: Record<string, Json>;
  openedAt: number;
  /** What the event being handled says, read by rules as `event.*`. */
  event?: Record<string, Json>;
  /** Of a case that many share. */
  members?: readonly Joining[];
  /** Types of the declared parameters: they tell a number of days from a number of working days. */
  parameterTypes: Readonly<Record<string, { type: string }>>;
}

/** What has been said in the event being handled and is not yet in the context. */
export interface Said {
  step: string;
  outcome: string;
  by: string | null;
  answers?: Record<string, Json>;
  score?: number | null;
  comment?: string;
  /** The one of many who says it. */
  member?: string;
}

const own = (record: Record<string, unknown> | undefined, key: string): unknown =>
  record !== undefined && !FORBIDDEN_KEYS.has(key) && Object.hasOwn(record, key) ? record[key] : undefined;

/** The person a case is about: the subject itself, or whom the record, unit or metric is about. */
export function aboutPerson(head: CaseHead, world: World): string | null {
  return head.subject.kind === "person" ? head.subject.id : (world.subject(head.subject)?.about ?? null);
}

/** Replaces `$subject` and `$period` in a fact's params by what they stand for in this case. */
export function bindParams(
  params: Record<string, Json>,
  head: Pick<CaseHead, "subject" | "period">,
): Record<string, Json> {
  const bound = Object.entries(params).map(([key, value]): [string, Json] => [
    key,
    value === "$subject" ? head.subject.id : value === "$period" ? head.period : value,
  ]);
  return Object.fromEntries(bound);
}

/**
 * Reads the facts of a case: `case. step. trigger. event. subject. person. unit. period. parameter. time`, the fields of a
 * record by its type, and stored facts such as `metric`. Undefined where nothing is known.
 */
export function caseFacts(head: CaseHead, context: Context, world: World, now: number, said?: Said): FactReader {
  const read: FactReader = (fact, params) => {
    const dot = fact.indexOf(".");
    if (dot < 0) return world.stored(fact, bindParams({ ...(params ?? {}) }, head));
    const [scope, name] = [fact.slice(0, dot), fact.slice(dot + 1)];
    switch (scope) {
      case "case":
        if (name === "openedAt") return head.openedAt;
        if (name === "id") return head.id;
        if (name === "members" && head.members) return head.members.map((member) => member.subject.id);
        if (name === "memberCount" && head.members) return head.members.length;
        return own(context.data, name);
      case "trigger":
        return own(head.trigger, name);
      case "event":
        return own(head.event, name);
      case "parameter":
        return own(world.parameters, name);
      case "period":
        return own(head.period ? { ...(parsePeriod(head.period) ?? {}), id: head.period } : undefined, name);
      case "step":
        return stepFact(context, name, said);
      case "person":
        return personFact(aboutPerson(head, world), name, world, now);
      case "subject":
        return subjectFact(head, name, world, now);
      case "unit":
        return unitFact(unitOfSubject(head, world, now), name, world);
      case "time":
        return name === "reached"
          ? reached(params ?? {}, head, world, now, read)
          : timeFact(fact, params ?? {}, {
              now,
              place: placeOfPerson(world, aboutPerson(head, world), now),
              world,
              read,
            });
      default:
        return scope === head.subject.type
          ? own(world.subject(head.subject)?.fields, name)
          : world.stored(fact, bindParams({ ...(params ?? {}) }, head));
    }
  };
  return read;
}

/** What a step remembers beside its answers; questions of these names are not to be read by rules. */
const REMEMBERED: ReadonlySet<string> = new Set([
  "outcome",
  "by",
  "at",
  "comment",
  "score",
  "visits",
  "enteredAt",
  "flagged",
]);

function stepFact(context: Context, name: string, said: Said | undefined): unknown {
  const dot = name.indexOf(".");
  const [step, field] = dot < 0 ? [name, "outcome"] : [name.slice(0, dot), name.slice(dot + 1)];
  const memory = own(context.steps, step) as Context["steps"][string] | undefined;
  const members = own(context.members, step) as Context["members"][string] | undefined;
  if (members) {
    const known = ofMembers(members, field);
    if (known !== undefined) return known;
  }
  const now = said?.step === step ? { ...memory, ...said } : memory;
  if (!now) return undefined;
  // What Rondo itself remembers comes first: no answer may pass for who did a step, or how it ended.
  return own(REMEMBERED.has(field) ? (now as unknown as Record<string, unknown>) : now.answers, field);
}

/**
 * What many said, together: `members` who were asked, `answered` how many did, `count.<outcome>` how many ended so, `score`
 * the mean of their scores, `mean.<question>` the mean of their answers, `all.<question>` all of them.
 */
function ofMembers(members: Record<string, MemberMemory>, field: string): unknown {
  const all = Object.values(members);
  const ended = all.filter((member) => member.outcome !== undefined);
  const mean = (values: readonly unknown[]) => {
    const numbers = values.filter((value): value is number => typeof value === "number");
    return numbers.length === 0 ? undefined : numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
  };
  const dot = field.indexOf(".");
  const [what, name] = dot < 0 ? [field, ""] : [field.slice(0, dot), field.slice(dot + 1)];
  const answers = () => ended.map((member) => own(member.answers, name)).filter((value) => value !== undefined);
  switch (what) {
    case "members":
      return Object.keys(members);
    case "answered":
      return ended.length;
    case "count":
      return ended.filter((member) => member.outcome === name).length;
    case "score":
      return mean(ended.map((member) => member.score));
    case "mean":
      return mean(answers());
    case "all":
      return answers();
    default:
      return undefined;
  }
}

/** A field of a person, as rules read it. Money is in major units, as rules compare and never compute pay. */
function personFact(id: string | null, name: string, world: World, now: number): unknown {
  const person = id === null ? undefined : world.directory.person(id);
  if (!person) return undefined;
  const date = today(world, now);
  switch (name) {
    case "fte":
      return Number(person.fte);
    case "salary":
      return person.salaryMinor === null
        ? undefined
        : person.salaryMinor / 10 ** minorDigits(person.currency ?? world.directory.data.currency);
    case "manager":
      return world.directory.managerOf(person.id, date) ?? undefined;
    case "unit":
      return world.directory.unitOf(person.id, date) ?? undefined;
    case "reports":
      return world.directory.reportsOf(person.id, date).length;
    case "fields":
    case "salaryMinor":
      return undefined;
    default: {
      const known = own(person as unknown as Record<string, unknown>, name) ?? own(person.fields, name);
      return known === null ? undefined : known;
    }
  }
}

function unitOfSubject(head: CaseHead, world: World, now: number): string | null {
  if (head.subject.kind === "unit") return head.subject.id;
  const known = head.subject.kind === "person" ? undefined : world.subject(head.subject);
  if (known?.unit) return known.unit;
  const person = aboutPerson(head, world);
  return person ? (world.directory.unitOf(person, today(world, now)) ?? null) : null;
}

/** A field of a unit, or the id of the unit of some level above it (`unit.region`). */
function unitFact(id: string | null, name: string, world: World): unknown {
  if (id === null) return undefined;
  const path = world.directory.unitPath(id);
  const [unit] = path;
  if (!unit) return undefined;
  return own(unit as unknown as Record<string, unknown>, name) ?? path.find((above) => above.level === name)?.id;
}

function subjectFact(head: CaseHead, name: string, world: World, now: number): unknown {
  if (name === "id") return head.subject.id;
  if (name === "kind") return head.subject.kind;
  if (name === "about") return aboutPerson(head, world) ?? undefined;
  if (name.startsWith("unit.")) return unitFact(unitOfSubject(head, world, now), name.slice(5), world);
  if (name === "unit") return unitOfSubject(head, world, now) ?? undefined;
  const fields = head.subject.kind === "person" ? undefined : world.subject(head.subject)?.fields;
  return (
    own(fields, name) ??
    (head.subject.kind === "unit"
      ? unitFact(head.subject.id, name, world)
      : personFact(aboutPerson(head, world), name, world, now)) ??
    unitFact(unitOfSubject(head, world, now), name, world)
  );
}

/** What values stand for in this case: parameters, facts and paths, dates shifted by `plus`. */
export function clockValues(head: CaseHead, world: World, read: FactReader, now: number): ClockValues {
  return {
    duration: (value): Duration => {
      if (!("parameter" in value)) return value;
      const known = own(world.parameters, value.parameter);
      const duration = durationOfParameter(head.parameterTypes[value.parameter]?.type ?? "", known);
      if (!duration)
        throw new Incident(
          `The parameter "${value.parameter}" is ${JSON.stringify(known ?? null)}, which is no length of time.`,
        );
      return duration;
    },
    value: (reference) => referenceValue(reference, world, read),
    plus: (value, duration) => shift(value, duration, placeOfPerson(world, aboutPerson(head, world), now)),
  };
}

/** The value of a reference, `plus` not yet added; undefined where nothing is known. */
function referenceValue(reference: Reference, world: World, read: FactReader): unknown {
  if ("parameter" in reference) return own(world.parameters, reference.parameter);
  const value = read(reference.fact, reference.params);
  return reference.path && value !== undefined ? compilePath(reference.path).read(value) : value;
}

/** The value that a literal or a reference in a document means; null where nothing is known. */
export function valueIn(value: Value, head: CaseHead, world: World, read: FactReader, now: number): Json {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return value as Json;
  if (!("parameter" in value) && !("fact" in value)) return value as Json;
  const found = referenceValue(value as Reference, world, read);
  const plus = (value as FactRef).plus;
  const shifted =
    plus && found !== undefined && found !== null ? clockValues(head, world, read, now).plus(found, plus) : found;
  return shifted === undefined ? null : (shifted as Json);
}

/** Whether an instant that a duration after a date names has passed: how a late ladder finds the level it has reached. */
function reached(
  params: Record<string, Json>,
  head: CaseHead,
  world: World,
  now: number,
  read: FactReader,
): boolean | undefined {
  const clock = { after: params.after, from: params.from, calendar: params.calendar } as unknown as Clock;
  const resolved = resolveClock(clock, clockValues(head, world, read, now));
  if (resolved.from === null || resolved.from === undefined) return undefined;
  const place = placeOfPerson(world, aboutPerson(head, world), now);
  const due = dueInstant(resolved, {
    startAt: now,
    calendars: world.calendars,
    place,
    subject: place,
    actor: defaultPlace(world),
  });
  return due === undefined ? undefined : due <= now;
}
