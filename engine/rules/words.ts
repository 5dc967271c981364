import { isDay } from "./date-order.ts";
import type { FactUse } from "./facts.ts";
import type { FactType } from "./ruleset.ts";
import { timeFactInWords } from "./time-facts.ts";

/** What a sentence needs to know beside the rule: titles and types of facts. */
export interface Wording {
  /** The facts a rule set declares, by name. */
  facts?: Record<string, FactType>;
  /** The title of a fact, where a catalogue knows one; undefined falls back to its name in words. */
  title?: (use: FactUse) => string | undefined;
  /** The type of a place, where it is known though no rule set declares it: a metric's attainment is a share. */
  type?: (use: FactUse) => FactType | undefined;
}

const OPENERS = new Set(["person", "subject", "case", "step", "answer"]);

/** camelCase, kebab-case and dots as words: `lastReviewDate` is `last review date`. */
export function spell(name: string): string {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replaceAll(/[-_.]+/g, " ")
    .toLowerCase()
    .trim();
}

/** A fact in words, lower case: its title, or `laptops sold attainment` for the metric's attainment. */
export function factInWords(use: FactUse, wording: Wording = {}): string {
  const declared = wording.facts && Object.hasOwn(wording.facts, use.fact) ? wording.facts[use.fact]?.title : undefined;
  const title = wording.title?.(use) ?? declared;
  if (title) return title;
  const ofTime = timeFactInWords(use, (name) => (isDay(name) ? name : factInWords({ fact: name }, wording)));
  if (ofTime) return ofTime;
  const [first, ...others] = use.fact.split(".");
  const name = others.length > 0 && OPENERS.has(first ?? "") ? others.join(" ") : use.fact;
  const metric = use.fact === "metric" && typeof use.params?.id === "string" ? use.params.id : name;
  const step = use.path?.match(/([A-Za-z_][\w-]*)$/)?.[1];
  const part = step && step !== "value" ? ` ${spell(step)}` : "";
  return `${spell(metric)}${part}`;
}

/** The type of a place: as the wording knows it, else as the fact is declared, where it is read whole. */
export function typeOf(use: FactUse, wording: Wording): FactType | undefined {
  const known = wording.type?.(use);
  if (known) return known;
  return wording.facts && !use.path && Object.hasOwn(wording.facts, use.fact) ? wording.facts[use.fact] : undefined;
}

/** A value in words: `80 %`, `sales, support`, `yes`, `nothing`. */
export function valueInWords(value: unknown, type?: FactType, decimals?: number): string {
  if (value === null || value === undefined) return "nothing";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (Array.isArray(value))
    return value.length === 0 ? "an empty list" : value.map((one) => valueInWords(one, type)).join(", ");
  if (typeof value === "number") return numberInWords(value, type, decimals);
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function numberInWords(value: number, type: FactType | undefined, decimals: number | undefined): string {
  if (type?.type === "percent") return `${trimmed(value * 100)} %`;
  const text = decimals === undefined ? trimmed(value) : value.toFixed(decimals);
  return type?.unit ? `${text} ${type.unit}` : text;
}

/** At most six decimals, no zeros at the end: 0.1 + 0.2 reads 0.3. */
function trimmed(value: number): string {
  return Number.isInteger(value) || !Number.isFinite(value) ? String(value) : String(Number(value.toFixed(6)));
}

/** Decimals that two numbers are shown with side by side: `0.72, below 0.80`. */
export function sharedDecimals(a: unknown, b: unknown): number | undefined {
  if (typeof a !== "number" || typeof b !== "number") return undefined;
  const count = (value: number) => trimmed(value).split(".")[1]?.length ?? 0;
  return Math.max(count(a), count(b));
}

const FIGURES = ["value", "target", "attainment", "state"];

/** A fact's value in words, each part of one that has parts by its own type: `value 12, attainment 80 %`. */
export function factValueInWords(use: FactUse, value: unknown, wording: Wording = {}): string {
  if (value === null || typeof value !== "object" || Array.isArray(value))
    return valueInWords(value, typeOf(use, wording));
  // Of a metric's figures those that people ask for; how they came about is told by the metric's own page.
  const told = use.fact === "metric" && !use.path ? FIGURES.filter((name) => name in value) : Object.keys(value);
  const parts = told
    .map((name) => [name, (value as Record<string, unknown>)[name]] as const)
    .map(
      ([name, part]) =>
        `${spell(name)} ${factValueInWords({ ...use, path: `${use.path ?? "$"}.${name}` }, part, wording)}`,
    );
  return parts.join(", ") || "nothing";
}

/** The first letter large. */
export function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
