import { factPeopleInWords } from "#engine/organisation/fact-people.ts";
import { DURATION_UNITS, durationInWords } from "#engine/words/duration-in-words.ts";
import type { Json } from "#engine/words/json.ts";
import { isObject, valueAt } from "../document/json-value.ts";
import { words } from "../text/kinds.ts";

/*
 * Short words for the cards, from documents that may not be finished: what cannot be said is null, never an exception.
 * The handbook text of a whole definition comes from engine/outline.
 */

const RELATIONS: Record<string, string> = {
  subject: "The employee",
  manager: "Their manager",
  "skip-manager": "Their manager's manager",
  "matrix-manager": "Their matrix manager",
  reports: "Their reports",
  peers: "Their peers",
};

/** A person reference as people say it: `Their manager`, `HR partner`, `Head of the region`. */
export function whoInWords(ref: Json | undefined): string | null {
  if (Array.isArray(ref)) {
    const all = ref.map(whoInWords).filter((one) => one !== null);
    return all.length === 0 ? null : all.length > 2 ? `${all[0]} and ${all.length - 1} more` : all.join(" and ");
  }
  if (!isObject(ref)) return null;
  const way = wayInWords(ref);
  if (way === null) return null;
  const rest = whoInWords(ref.else);
  return rest ? `${way}, else ${lower(rest)}` : way;
}

function wayInWords(ref: { [key: string]: Json }): string | null {
  if (typeof ref.relation === "string") {
    const relation = RELATIONS[ref.relation] ?? words(ref.relation);
    return ref.of === "actor"
      ? relation.replace(/^The employee$/, "Whoever had the task").replace("Their", "The reviewer's")
      : relation;
  }
  if (typeof ref.role === "string") return roleWord(ref.role);
  if (typeof ref.unitRole === "string")
    return `${words(ref.unitRole)} of the ${typeof ref.level === "string" ? lower(words(ref.level)) : "unit"}`;
  if (typeof ref.queue === "string") return `Queue ${lower(words(ref.queue))}`;
  if (typeof ref.metric === "string")
    return ref.metric === "steward" ? "Data steward of the metric" : "Owner of the metric";
  if (typeof ref.fact === "string") return factPeopleInWords(ref.fact).replace(/^w/, "W");
  return null;
}

/** `hr-partner` is `HR partner`. */
export const roleWord = (role: string) => words(role).replace(/^Hr\b/, "HR");
const lower = (text: string) => (/^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text);

const UNIT_OF_TYPE: Record<string, string> = { workingDays: "workingDays", days: "days", hours: "hours" };

/** A duration or the parameter that holds it, with the parameter's default: `10 working days`. */
export function durationWords(value: Json | undefined, parameters: Json | undefined): string | null {
  if (!isObject(value)) return null;
  if (typeof value.parameter === "string") {
    const type = valueAt(parameters, [value.parameter, "type"]);
    const amount = valueAt(parameters, [value.parameter, "default"]);
    const unit = typeof type === "string" ? UNIT_OF_TYPE[type] : undefined;
    if (typeof amount === "number" && unit) return durationInWords({ [unit]: amount });
    return lower(words(value.parameter));
  }
  const known = DURATION_UNITS.filter((unit) => typeof value[unit] === "number");
  return known.length === 0 ? null : durationInWords(value);
}

/** When a clock runs out: `10 working days`, `on 2026-03-01`, `on a date from person.hireDate`, `every month`. */
export function clockWords(clock: Json | undefined, parameters: Json | undefined): string | null {
  if (!isObject(clock)) return null;
  const after = durationWords(clock.after, parameters);
  if (after) return after;
  if (typeof clock.at === "string") return `on ${clock.at}`;
  if (isObject(clock.at)) return typeof clock.at.fact === "string" ? `at ${clock.at.fact}` : "on a date";
  if (typeof clock.every === "string") return "again and again";
  return null;
}

const SIGNS: Record<string, string> = {
  equal: "=",
  notEqual: "≠",
  lessThan: "<",
  lessThanInclusive: "≤",
  greaterThan: ">",
  greaterThanInclusive: "≥",
  in: "in",
  notIn: "not in",
  contains: "contains",
  doesNotContain: "without",
};

/** A condition in a few words for a label: `rating ≥ 4`, `2 conditions`. */
export function conditionLabel(condition: Json | undefined): string | null {
  if (!isObject(condition)) return null;
  const list = condition.all ?? condition.any;
  if (Array.isArray(list)) {
    if (list.length === 1) return conditionLabel(list[0]);
    return list.length === 0 ? null : `${list.length} conditions`;
  }
  if (condition.not !== undefined) {
    const inner = conditionLabel(condition.not);
    return inner ? `not ${inner}` : null;
  }
  if (typeof condition.condition === "string") return condition.condition;
  if (typeof condition.fact !== "string") return null;
  const path = typeof condition.path === "string" ? condition.path.replace(/^\$\.?/, "") : "";
  const metric = condition.fact === "metric" ? valueAt(condition.params, ["id"]) : undefined;
  const fact = typeof metric === "string" ? metric : (condition.fact.split(".").at(-1) ?? condition.fact);
  const value = isObject(condition.value)
    ? (String(condition.value.fact ?? "…")
        .split(".")
        .at(-1) ?? "…")
    : JSON.stringify(condition.value ?? null);
  const text = `${path && path !== "value" ? `${fact} ${path}` : fact} ${SIGNS[String(condition.operator)] ?? words(String(condition.operator ?? "")).toLowerCase()} ${value.replaceAll('"', "")}`;
  return text.length > 34 ? `${text.slice(0, 32)}…` : text;
}
