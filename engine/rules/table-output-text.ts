import { Decimal } from "../words/decimal.ts";
import { type Json, sameJson } from "../words/json.ts";
import type { DecisionTable } from "./table.ts";
import { valueText } from "./table-cell-text.ts";

type Output = DecisionTable["outputs"][number] | undefined;

/** An answer as a spreadsheet shows it: `12%`, `yes`, a text as it is; JSON where that would read as something else. */
export function writeOutput(value: Json, output: Output): string {
  const json = JSON.stringify(value);
  const ways = [shownAs(value, output), json].flatMap((text) => text ?? []);
  return ways.find((text) => sameJson(readOutput(text, output), value)) ?? `${JSON_MARK}${json}`;
}

/** Before what is meant as JSON where the column would take it for a text. */
const JSON_MARK = "json:";

function shownAs(value: Json, output: Output): string | undefined {
  if (value === null) return "";
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return valueText(value, output?.type ?? "number");
  return undefined;
}

/** Reads an answer: nothing is null, numbers and percents as such, `yes` and `no` in a column of those, JSON, else a text. */
export function readOutput(text: string, output: Output): Json {
  const bare = text.trim();
  if (bare === "") return null;
  const marked = bare.startsWith(JSON_MARK) ? bare.slice(JSON_MARK.length) : bare;
  const json = marked !== bare || /^["[{]/.test(bare) ? fromJson(marked) : undefined;
  if (json !== undefined) return json;
  const type = output?.type;
  if (type === "text" || type === "date") return bare === "null" ? null : text;
  if (/^[+-]?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d{1,3})?$/.test(bare)) return Number(bare);
  const percent = /^([+-]?\d+(?:\.\d+)?)\s*%$/.exec(bare)?.[1];
  if (percent !== undefined) return new Decimal(percent).div(100).toNumber();
  const said = { true: true, false: false, null: null }[bare];
  if (said !== undefined) return said;
  if (type === "boolean" && /^(?:yes|no)$/i.test(bare)) return bare.toLowerCase() === "yes";
  return text;
}

function fromJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
