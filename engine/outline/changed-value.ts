import type { Conditions } from "../rules/conditions.ts";
import type { Clock } from "../time/clock.ts";
import { DURATION_UNITS, type Duration } from "../words/duration.ts";
import { type ParameterRef, PERSON_WAYS, type PersonRef, type Reference } from "../words/reference.ts";
import { isNamedParts, type Place } from "./changed-place.ts";
import { personInWords } from "./person-in-words.ts";
import type { Wording } from "./wording.ts";
import { listed, quoted, spell } from "./words.ts";

/** Whether a value is told as a whole and not member by member: a person, a condition, a duration, a reference. */
export function isOneValue(at: Place, value: object): boolean {
  return kindOf(at, value) !== undefined;
}

/** A value in words: `their manager`, `10 working days`, `rating is at least 4`, `“Self review”`. */
export function changedValue(at: Place, value: unknown, wording: Wording): string {
  if (value === undefined || value === null) return "nothing";
  if (typeof value === "string") return quoted(value);
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value !== "object") return String(value);
  switch (kindOf(at, value)) {
    case "condition":
      return wording.condition(asConditions(value));
    case "duration":
      return wording.duration(value as Duration);
    case "person":
      return personInWords(value as PersonRef);
    case "reference":
      return "parameter" in value && isTime(at)
        ? wording.duration(value as ParameterRef)
        : wording.value(value as Reference);
    case "clock":
      return wording.clock(value as Clock);
    case "list":
      return (value as unknown[]).length === 0
        ? "an empty list"
        : listed((value as unknown[]).map((one) => changedValue(at, one, wording)));
    case undefined:
      return inShort(value);
  }
}

type ValueKind = "condition" | "duration" | "person" | "reference" | "clock" | "list";

function kindOf(at: Place, value: object): ValueKind | undefined {
  if (Array.isArray(value)) return value.every((one) => one === null || typeof one !== "object") ? "list" : undefined;
  // What authors name (parameters, fields, steps) may be called "days" or "all"; only the format's own members are read.
  if (isNamedParts(at.at(-1)?.key)) return undefined;
  const keys = Object.keys(value);
  if ("operator" in value || "all" in value || "any" in value || "not" in value || "condition" in value)
    return "condition";
  if (keys.length > 0 && keys.every((key) => (DURATION_UNITS as readonly string[]).includes(key))) return "duration";
  if ("parameter" in value && keys.length === 1) return "reference";
  if ("fact" in value && !isPersonPlace(at)) return "type" in value ? undefined : "reference";
  if (
    PERSON_WAYS.some((way) => way in value && typeof (value as Record<string, unknown>)[way] === "string") &&
    isPersonPlace(at)
  )
    return "person";
  if (at.at(-1)?.key === "until") return "clock";
  return undefined;
}

const isTime = (at: Place) => at.at(-1)?.key === "after" || at.at(-1)?.key === "every";

const PEOPLE = new Set(["actor", "actors", "notify", "except", "else", "fallback", "owner", "steward"]);

/** Whether people are named at a place; `to` names people in a notify step and a step in a transition. */
function isPersonPlace(at: Place): boolean {
  const keys = at.slice(-2).map(({ key }) => key);
  return keys.some((key) => typeof key === "string" && (PEOPLE.has(key) || key === "of" || key === "to"));
}

const asConditions = (value: object) => ("operator" in value ? { all: [value] } : value) as unknown as Conditions;

/** An object without words of its own: its members in short. */
function inShort(value: object): string {
  const { title, to } = value as { title?: unknown; to?: unknown };
  if (typeof title === "string") return quoted(title);
  if (typeof to === "string") return quoted(to);
  if (Array.isArray(value)) return `${value.length} entries`;
  return listed(Object.keys(value).map(spell)) || "nothing";
}
