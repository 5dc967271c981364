import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The recorded answers of json-rules-engine, beside the checkout; `../shared/data/README.md` explains the format. */
export const CORPUS = fileURLToPath(new URL("../../../../shared/data/rules/", import.meta.url));
export const hasCorpus = existsSync(CORPUS);

export interface CorpusResult {
  name?: unknown;
  priority: number;
  result: boolean;
  event: unknown;
  trace?: Record<string, { r: unknown; f: unknown; v: unknown }>;
}
export interface CorpusCase {
  id: string;
  family: string;
  tags?: string[];
  demand?: string;
  options: { allowUndefinedFacts?: boolean; allowUndefinedConditions?: boolean; replaceFactsInEventParams?: boolean };
  conditions: Record<string, unknown>;
  rules: unknown[];
  facts: Record<string, unknown>;
  factOptions?: Record<string, { priority?: number }>;
  dynamicFacts?: Record<
    string,
    { priority?: number; entries: { params: unknown; value: unknown }[]; otherwise: unknown }
  >;
  hooks?: { rule: string; on: "success" | "failure"; addFacts?: Record<string, unknown>; stop?: boolean }[];
  expected: {
    events?: unknown[];
    failureEvents?: unknown[];
    results?: CorpusResult[];
    error?: { kind: string; message?: string };
  };
}

/** Values that JSON cannot spell come tagged. */
export function untag(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(untag);
  if (value === null || typeof value !== "object") return value;
  const tagged = value as Record<string, unknown>;
  switch (tagged.$v) {
    case "NaN":
      return Number.NaN;
    case "Infinity":
      return Number.POSITIVE_INFINITY;
    case "-Infinity":
      return Number.NEGATIVE_INFINITY;
    case "-0":
      return -0;
    case "undefined":
      return undefined;
    case "date":
      return new Date(String(tagged.iso));
    case "bigint":
      return BigInt(String(tagged.n));
    default:
      return Object.fromEntries(Object.entries(tagged).map(([key, member]) => [key, untag(member)]));
  }
}

/** All cases of the files whose name passes. */
export function cases(pass: (file: string) => boolean): CorpusCase[] {
  if (!hasCorpus) return [];
  return readdirSync(CORPUS)
    .filter((file) => file.endsWith(".jsonl") && pass(file))
    .flatMap((file) =>
      readFileSync(CORPUS + file, "utf8")
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => untag(JSON.parse(line)) as CorpusCase),
    );
}

/** The facts of a case: plain ones, and functions over the table of a dynamic one. */
export function factsOf(one: CorpusCase): Record<string, unknown> {
  const dynamic = Object.entries(one.dynamicFacts ?? {}).map(([name, table]) => [
    name,
    (params: unknown) => {
      const key = sorted(params);
      const hit = table.entries.find((entry) => sorted(entry.params) === key);
      return hit ? hit.value : table.otherwise;
    },
  ]);
  return { ...one.facts, ...Object.fromEntries(dynamic) };
}

function sorted(value: unknown): string {
  return JSON.stringify(value, (_, member) =>
    member !== null && typeof member === "object" && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}

/** Priorities of facts, which order conditions that name none. */
export function factPriorities(one: CorpusCase): Record<string, number> {
  const named = { ...one.dynamicFacts, ...one.factOptions };
  return Object.fromEntries(Object.entries(named).map(([name, { priority }]) => [name, priority ?? 1]));
}
