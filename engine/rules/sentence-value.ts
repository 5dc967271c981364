import { Decimal } from "../words/decimal.ts";
import type { FactType } from "./ruleset.ts";
import { factInWords, type Wording } from "./words.ts";

/** What is known where a value stands in a sentence: the type of the fact, and the phrases that mean facts. */
export interface ValuePlace {
  type?: FactType | undefined;
  /** Lower-case phrases that read as facts, so that a text that looks like one is put in quotes. */
  phrases?: ReadonlySet<string>;
}

/**
 * A literal as a sentence says it, so that `readValue` finds the same again: `80 %`, `15 days`, `yes`, `nothing`,
 * `sales`. A text that would read as something else stands in quotes.
 */
export function writeValue(value: unknown, place: ValuePlace): string {
  if (value === null) return "nothing";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "number" && Number.isFinite(value)) return writeNumber(value, place.type);
  if (typeof value !== "string") return JSON.stringify(value) ?? String(value);
  return isPlain(value, place) ? value : JSON.stringify(value);
}

function writeNumber(value: number, type: FactType | undefined): string {
  if (type?.type === "percent") return `${new Decimal(value).times(100).toFixed()} %`;
  return type?.unit ? `${value} ${type.unit}` : String(value);
}

const DELIMITERS = /\.$|[,;()[\]{}"\\\n\r\t]|^the text | {2}|(?:^| )(?:and|or)(?: |$)/i;

function isPlain(text: string, place: ValuePlace): boolean {
  if (text === "" || text.trim() !== text || DELIMITERS.test(text)) return false;
  if (place.phrases?.has(text.toLowerCase())) return false;
  return readValue(text, place) === text;
}

/** Reads one value of a sentence, the opposite of `writeValue`; undefined where quotes or brackets do not match. */
export function readValue(text: string, place: ValuePlace): unknown {
  const bare = text.trim();
  if (/^["[{]/.test(bare)) return fromJson(bare);
  const said = SAID.get(bare.toLowerCase());
  if (said !== undefined) return said;
  const percent = /^(.+?)\s*%$/.exec(bare)?.[1];
  if (percent !== undefined && NUMBER.test(percent)) return new Decimal(percent).div(100).toNumber();
  const unit = place.type?.unit;
  const number = unit && bare.endsWith(unit) ? bare.slice(0, -unit.length).trim() : bare;
  return NUMBER.test(number) ? Number(number) : bare;
}

const NUMBER = /^[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i;
const SAID = new Map<string, unknown>([
  ["yes", true],
  ["no", false],
  ["true", true],
  ["false", false],
  ["nothing", null],
  ["an empty list", []],
]);

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The phrases that stand for the facts that a wording declares. */
export function phrasesOf(wording: Wording): Set<string> {
  return new Set(Object.keys(wording.facts ?? {}).map((fact) => factInWords({ fact }, wording).toLowerCase()));
}
