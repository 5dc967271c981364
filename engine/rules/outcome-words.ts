import { canonical, type Json } from "../words/json.ts";
import type { Decision, RulesetBody } from "./decide.ts";
import { writeOutput } from "./table-output-text.ts";
import { spell } from "./words.ts";

/** What a rule set said of one subject, as people are counted by it. */
export interface Outcome {
  kind: "answer" | "otherwise" | "not-evaluated";
  /** The same for two decisions exactly where they say the same. */
  key: string;
  /** In few words: `8%`, `Tier gold, Rate 8%`, `outlier`, `no answer`. */
  label: string;
}

const OTHERWISE: Outcome = { kind: "otherwise", key: "otherwise", label: "no answer" };
const OPEN: Outcome = { kind: "not-evaluated", key: "not-evaluated", label: "not evaluated" };
const TORN: Outcome = { kind: "not-evaluated", key: "contradiction", label: "rows that contradict each other" };

/** What a decision comes to. The rule or row behind it does not count: another row with the same answer changes nothing. */
export function outcomeOf(decision: Decision, ruleset: RulesetBody): Outcome {
  const event = decision.winner?.event;
  if (!event) return decision.outcome === "otherwise" ? OTHERWISE : decision.problem ? TORN : OPEN;
  const params = (event.params ?? {}) as Record<string, Json>;
  const key = canonical([event.type, params]);
  return {
    kind: "answer",
    key,
    label: ruleset.table ? answers(event.type, params, ruleset.table) : said(event.type, params),
  };
}

function answers(type: string, params: Record<string, Json>, table: NonNullable<RulesetBody["table"]>): string {
  const texts = table.outputs.map((output) => {
    const value = output.name === "event" ? type : (params[output.name] ?? null);
    const text = (Array.isArray(value) ? value : [value]).map((one) => writeOutput(one, output)).join(" + ");
    return { title: output.title ?? spell(output.name), text: text === "" ? "nothing" : text };
  });
  const [only] = texts;
  return only && texts.length === 1 ? only.text : texts.map(({ title, text }) => `${title} ${text}`).join(", ");
}

function said(type: string, params: Record<string, Json>): string {
  const named = Object.entries(params).flatMap(([name, value]) =>
    value !== null && typeof value !== "object" ? [`${spell(name)} ${String(value)}`] : [],
  );
  return [spell(type), ...named].join(", ");
}
