import type { ImpactPerson, ImpactView } from "#engine/contract/views/impact.ts";
import type { Json } from "#engine/words/json.ts";
import { calendarDate } from "../../text/dates.ts";
import { count, measured, number, percent } from "../../text/number.ts";

/** The first thing one wants to know. */
export function headline({ changed, looked, since }: ImpactView): string {
  if (since === null) return `${count(looked, "person", "people")} would be answered for the first time`;
  if (changed === 0) return `Nobody is answered otherwise than today`;
  return `${number(changed, 0)} of ${count(looked, "person", "people")} would be answered otherwise`;
}

/** What was read of somebody, as people write it. */
export function valueWords(value: Json, { type, unit }: ImpactView["inputs"][number]): string {
  if (value === null) return "not known";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "number") {
    if (type === "percent") return percent(value, 1);
    return unit ? measured(value, unit) : number(value);
  }
  if (typeof value === "string") return type === "date" ? calendarDate(value) : value;
  return JSON.stringify(value);
}

/** Why somebody is answered as they are: what was read of them, and which rule or row that leads to, before and now. */
export function whyWords({ values, fromRule, toRule }: ImpactPerson, view: ImpactView): string {
  const facts = values
    .map((value, at) => `${view.inputs[at]!.title} ${valueWords(value, view.inputs[at]!)}`)
    .join(", ");
  if (view.since === null) return [facts, toRule].filter(Boolean).join(" · ");
  const rules = [fromRule ?? "no row", toRule ?? "no row"];
  return [facts, rules[0] === rules[1] ? rules[0] : `${rules[0]} → ${rules[1]}`].filter(Boolean).join(" · ");
}

/** An amount of money that a table's answers sum to; without a unit, the bare number. */
export const amount = (text: string, unit: string | null): string =>
  unit ? measured(Number(text), unit) : number(Number(text));

/** What a change costs: "+₹ 12,000". */
export function differenceWords({ difference, unit }: ImpactView["money"][number]): string {
  const value = Number(difference);
  return `${value > 0 ? "+" : value < 0 ? "−" : "±"}${amount(String(Math.abs(value)), unit)}`;
}
