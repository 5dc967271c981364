import type { Parameter } from "../definition/parameter.ts";
import { personInWords } from "./person-in-words.ts";
import { quoted } from "./words.ts";

const units: Partial<Record<Parameter["type"], string>> = { workingDays: "working days", days: "days", hours: "hours" };

/** Each parameter as a sentence: what it is, from where to where it may go, who may change it. */
export function parameterSentences(parameters: Readonly<Record<string, Parameter>>): string[] {
  return Object.values(parameters).map((parameter) => {
    const { title, min, max, owner, description } = parameter;
    const bounds =
      min !== undefined && max !== undefined
        ? `, between ${amountInWords(parameter, min)} and ${amountInWords(parameter, max)}`
        : min !== undefined
          ? `, at least ${amountInWords(parameter, min)}`
          : max !== undefined
            ? `, at most ${amountInWords(parameter, max)}`
            : "";
    const who = owner ? ` ${personInWords(owner)} may change it.` : "";
    const unit = units[parameter.type] ?? parameter.unit;
    const value = `${amountInWords(parameter, parameter.default)}${unit ? ` ${unit}` : ""}`;
    return `${quoted(title)} is ${value}${bounds}.${who ? who.replace(/ (.)/, (_all, first: string) => ` ${first.toUpperCase()}`) : ""}${description ? ` ${description}` : ""}`;
  });
}

/** A value of a parameter in words: `80 %`, `yes`, `12`. */
export function amountInWords({ type }: Parameter, value: unknown): string {
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  if (type === "percent" && typeof number === "number" && Number.isFinite(number))
    return `${Number((number * 100).toFixed(6))} %`;
  if (typeof value === "boolean") return value ? "yes" : "no";
  return String(value);
}
