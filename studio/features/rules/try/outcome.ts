import type { Ruleset } from "#engine/definition/ruleset.ts";
import type { Decision } from "#engine/rules/decide.ts";
import { factInWords, typeOf, valueInWords, type Wording } from "#engine/rules/words.ts";
import type { Json } from "#engine/words/json.ts";
import { isObject } from "../../../document/json-value.ts";
import { words } from "../../../text/kinds.ts";
import { valueText } from "../../../ui/json-value.tsx";
import type { TriedRules } from "../use-rule-tries.ts";
import type { TryInput, TryValues } from "./inputs.ts";
import type { Outcome } from "./live-strip.tsx";

/** What came out, for the strip. */
export function outcomeOf({ decision, why }: TriedRules): Outcome | null {
  if (!decision) return null;
  const params = decision.winner?.event.params ?? {};
  return {
    word: decision.blocked ? "waits for data" : words(decision.outcome),
    tone: decision.winner ? "good" : decision.outcome === "not-evaluated" ? "attention" : "quiet",
    why,
    given: Object.entries(params).map(([name, value]) => `${words(name)}: ${valueText(value as Json)}`),
  };
}

/** The answers that a rule set can give. */
export function answersOf({ rules = [], table }: Ruleset): string[] {
  const types = table ? rowEvents(table) : rules.map(({ event }) => event.type);
  return [...new Set([...types, ...(table?.default ? [] : ["otherwise"])])];
}

/** What the rows of a table answer: what their output called `event` names, or what the table does. */
function rowEvents({ rows, outputs, event = "matched" }: NonNullable<Ruleset["table"]>): string[] {
  const named = outputs.findIndex(({ name }) => name === "event");
  return rows.map(({ out }) => {
    const own = out[named];
    return typeof own === "string" && own !== "" ? own : event;
  });
}

/** A title for a test that is saved from what is seen: `rating 4, laptops sold attainment 70 %: outlier`. */
export function testTitle(
  decision: Decision,
  inputs: readonly TryInput[],
  values: TryValues,
  wording: Wording,
): string {
  const all = `${factsInWords(inputs, values, wording)}: ${words(decision.outcome).toLowerCase()}`;
  return all.length > 200 ? `…${all.slice(-199)}` : all;
}

/** Facts as one reads them: `rating 4, laptops sold attainment 70 %`. */
export function factsInWords(inputs: readonly TryInput[], values: TryValues, wording: Wording): string {
  const said = inputs.flatMap(({ key, fact, params, parts }) => {
    const value = values.get(key);
    if (value === undefined || value === null) return [];
    const uses = (parts.length > 0 ? parts : [undefined]).map((part) => ({
      use: { fact, ...(params ? { params } : {}), ...(part ? { path: `$.${part}` } : {}) },
      value: part === undefined ? value : isObject(value) ? value[part] : undefined,
    }));
    return uses.flatMap(({ use, value: one }) =>
      one === undefined ? [] : [`${factInWords(use, wording)} ${valueInWords(one, typeOf(use, wording))}`],
    );
  });
  return said.join(", ");
}
