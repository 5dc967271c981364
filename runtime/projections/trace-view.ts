import type { TraceView } from "#engine/contract/views/cases.ts";
import type { FactRead } from "#engine/execute/journal.ts";
import { traceInWords } from "#engine/rules/condition-words.ts";
import type { ComparisonTrace, ConditionTrace } from "#engine/rules/explain.ts";
import type { FactReader } from "#engine/rules/facts.ts";
import { factInWords, type Wording } from "#engine/rules/words.ts";
import { canonical, type Json } from "#engine/words/json.ts";
import { factAsOf, type SourceOf } from "./fact-source.ts";

/** A reader over the facts that a journal entry holds; a null stands for a fact that was missing then. */
export function recordedReader(facts: readonly FactRead[]): FactReader {
  const known = new Map(facts.map(({ fact, params, value }) => [nameOf(fact, params), value]));
  return (fact, params) => {
    const value = known.get(nameOf(fact, params));
    return value === null ? undefined : value;
  };
}

const nameOf = (fact: string, params: unknown) => `${fact}\n${params === undefined ? "" : canonical(params)}`;

/**
 * A trace of the engine as the screen draws it: verdict, a sentence, and whether it decided, on every node. Each comparison
 * also says where its fact comes from, where that can be told.
 */
export function traceView(trace: ConditionTrace, wording: Wording = {}, source?: SourceOf): TraceView {
  const verdict = trace.verdict === true ? "true" : trace.verdict === false ? "false" : "not evaluated";
  if (trace.kind === "comparison") {
    return {
      kind: "comparison",
      verdict,
      words: comparisonWords(trace, wording),
      deciding: trace.decides,
      fact: factInWords(
        { fact: trace.fact, ...(trace.params && { params: trace.params }), ...(trace.path && { path: trace.path }) },
        wording,
      ),
      ...(trace.actual === undefined ? {} : { actual: trace.actual as Json }),
      ...(trace.expected === undefined ? {} : { expected: trace.expected as Json }),
      ...asOf(trace.actual),
      ...(source && { source: source({ ...trace, value: (trace.actual ?? null) as Json }) }),
    };
  }
  return {
    kind: trace.kind,
    verdict,
    words: trace.title ?? groupWords(trace.kind, verdict),
    deciding: trace.decides,
    children: trace.members.map((member) => traceView(member, wording, source)),
  };
}

/** The sentence of one comparison, as the engine says it of those that decided. */
function comparisonWords(trace: ComparisonTrace, wording: Wording): string {
  return traceInWords({ ...trace, decides: true }, wording)[0] ?? "";
}

function groupWords(kind: "all" | "any" | "not", verdict: TraceView["verdict"]): string {
  if (verdict === "not evaluated") return "This could not be evaluated: something is missing.";
  const held = verdict === "true";
  if (kind === "all") return held ? "All of these hold." : "Not all of these hold.";
  if (kind === "any") return held ? "At least one of these holds." : "None of these holds.";
  return held ? "This does not hold, as it should be." : "This holds, and should not.";
}

function asOf(value: unknown): { asOf?: string } {
  const known = factAsOf(value);
  return known === null ? {} : { asOf: known };
}
