import type { FactRead } from "#engine/execute/journal.ts";
import { parsePeriod } from "#engine/time/period.ts";
import type { Json } from "#engine/words/json.ts";
import { spelled } from "./say.ts";

/** Titles by id, where they are known: metrics, record types, steps. */
export type TitleOf = (kind: "metric" | "record-type" | "step", id: string) => string | undefined;

/** Tells where the value of a fact comes from; its params are as the rule wrote them. */
export type SourceOf = (one: Pick<FactRead, "fact" | "params" | "value">) => string;

/** Where the value of a fact comes from, in words: `people data`, `metric “Laptops sold”, 2026-02, final`. */
export function factSource(
  { fact, params, value }: Pick<FactRead, "fact" | "params" | "value">,
  title: TitleOf,
): string {
  const [space = "", name = ""] = fact.split(".");
  const quoted = (kind: Parameters<TitleOf>[0], id: string) => `“${title(kind, id) ?? spelled(id)}”`;
  switch (space) {
    case "person":
    case "unit":
    case "subject":
      return "people data";
    case "case":
      return "the case";
    case "step":
      return `the step ${quoted("step", name)}`;
    case "parameter":
      return "a parameter";
    case "period":
      return "the period";
    case "trigger":
      return "what opened the case";
    case "time":
      return "the clock";
    case "metric":
      return listed(
        typeof params?.id === "string" ? `metric ${quoted("metric", params.id)}` : "a metric",
        windowWords(params?.window),
        memberText(value, "state"),
      );
    case "records":
      return listed(
        typeof params?.type === "string" ? `records of ${quoted("record-type", params.type)}` : "records",
        windowWords(params?.period),
      );
    default:
      return title("record-type", space) === undefined ? "given" : `the record ${quoted("record-type", space)}`;
  }
}

/** The date that a fact's data cover, where it says so. */
export function factAsOf(value: unknown): string | null {
  return memberText(value, "asOf") ?? null;
}

const listed = (...parts: (string | undefined)[]) => parts.filter((part) => part !== undefined).join(", ");

const windowWords = (window: Json | undefined) =>
  typeof window !== "string" ? undefined : parsePeriod(window) ? window : spelled(window);

function memberText(value: unknown, member: string): string | undefined {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return undefined;
  const found = (value as Record<string, unknown>)[member];
  return typeof found === "string" ? found : undefined;
}
