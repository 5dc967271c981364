import { z } from "zod";
import { type Issue, IssuesError } from "../words/issue.ts";
import type { FactReader, FactUse, Verdict } from "./facts.ts";
import { Frame, MISSING } from "./frame.ts";
import { compileConditions, readerSource } from "./guard.ts";
import { interpret } from "./interpret.ts";
import type { PlannedRule, RuleEvent } from "./plan.ts";
import { planRules } from "./plan-rules.ts";
import { rulesetShape } from "./ruleset.ts";
import type { TableAnswer } from "./table-answer.ts";
import { type CompiledTable, compileTable } from "./table-compile.ts";
import { TODAY } from "./today.ts";
import { inForce, type Validity } from "./validity.ts";

/** What a rule set needs to decide: its document, the envelope aside. */
const _body = z.object(rulesetShape);
export type RulesetBody = z.infer<typeof _body>;

/** What one rule, or one row of a table, said. */
export interface RuleVerdict {
  /** The rule's name, or `row 3`. */
  name: string;
  /** Its place in the document, from zero. */
  index: number;
  priority: number;
  result: Verdict;
  event: RuleEvent;
  missing?: FactUse[];
}

/** What a rule set answers. */
export interface Decision {
  winner: { rule: string; index: number; event: RuleEvent } | null;
  /** The type of the winner's event; `otherwise` where nothing holds, `not-evaluated` where missing facts leave it open. */
  outcome: string;
  /** The rule set says that missing facts block: the case waits, visibly, and is asked again when they are there. */
  blocked: boolean;
  verdicts: RuleVerdict[];
  /** The facts that are missing and could still change the outcome. */
  missing: FactUse[];
  /** Rows of a table contradict each other; the outcome is then `not-evaluated`. */
  problem?: Issue;
}

export interface CompiledRuleset {
  decide: (read: FactReader) => Decision;
  /** Every place that its conditions, cells and event params read. */
  facts: readonly FactUse[];
}

/**
 * Compiles the body of a rule set: rules, or a decision table. The winner is the true rule of the highest priority, the
 * first among equals. A rule whose facts are missing and that could have won leaves the outcome open, as `missing` says:
 * `not-evaluated` (default) and `block` answer so, `skip` counts it as false. Throws IssuesError for what is refused.
 */
export function compileRuleset(ruleset: RulesetBody): CompiledRuleset {
  const compiled = ruleset.table
    ? fromTable(compileTable(ruleset.table, { at: "/table" }), ruleset)
    : fromRules(ruleset);
  return ruleset.valid ? whileInForce(compiled, ruleset.valid, ruleset.missing) : compiled;
}

/** A rule set out of force says nothing: `otherwise`. Where nobody knows the day, it is open, as with any missing fact. */
function whileInForce(compiled: CompiledRuleset, valid: Validity, policy: RulesetBody["missing"]): CompiledRuleset {
  const today = compileConditions({ all: inForce(valid) });
  const silent = { winner: null, verdicts: [], missing: [] };
  return {
    facts: [...today.facts, ...compiled.facts.filter(({ fact }) => fact !== TODAY)],
    decide: (read) => {
      const verdict = today.test(read);
      if (verdict === true) return compiled.decide(read);
      if (verdict === false || policy === "skip") return { ...silent, outcome: "otherwise", blocked: false };
      return { ...silent, outcome: "not-evaluated", blocked: policy === "block", missing: today.missing(read) };
    },
  };
}

function fromRules(ruleset: RulesetBody): CompiledRuleset {
  const { plan, planner } = planRules(ruleset.rules ?? [], {
    conditions: ruleset.conditions ?? {},
    replaceFactsInEventParams: true,
    rulesAt: "/rules",
  });
  if (planner.issues.length > 0) throw new IssuesError(planner.issues);
  const rules = plan.rules.map((rule) => ({ rule, test: interpret(rule.node, false) }));
  return {
    facts: plan.slots.map((slot) => slot.use),
    decide: (read) => {
      const frame = new Frame(plan, readerSource(read), true);
      const verdicts = rules.map(({ rule, test }) => {
        frame.missing = [];
        return verdictOf(rule, test(frame), frame);
      });
      return settle(verdicts, ruleset.missing);
    },
  };
}

function verdictOf(rule: PlannedRule, said: boolean | undefined, frame: Frame): RuleVerdict {
  const taken = new Map<string, unknown>();
  for (const { key, slot } of said === true ? rule.eventParams : []) {
    const value = frame.read(slot);
    if (value === MISSING) frame.missing.push(slot);
    taken.set(key, value);
  }
  const open = said === undefined || frame.missing.length > 0;
  const params = Object.entries(rule.event.params ?? {}).map(([key, value]) => [
    key,
    taken.has(key) ? taken.get(key) : value,
  ]);
  return {
    name: rule.name === undefined ? `rule ${rule.index + 1}` : String(rule.name),
    index: rule.index,
    priority: rule.priority,
    result: open ? "not evaluated" : said,
    event: taken.size > 0 && !open ? { type: rule.event.type, params: Object.fromEntries(params) } : rule.event,
    ...(open && { missing: frame.uses() }),
  };
}

/** Verdicts come by priority, then by position: the first that is true wins, unless one before it is still open. */
function settle(verdicts: RuleVerdict[], policy: RulesetBody["missing"] = "not-evaluated"): Decision {
  const first = verdicts.findIndex((verdict) => verdict.result === true);
  const before = first === -1 ? verdicts : verdicts.slice(0, first);
  const missing = distinct(before.flatMap((verdict) => verdict.missing ?? []));
  const open = policy !== "skip" && before.some((verdict) => verdict.result === "not evaluated");
  const won = verdicts[first];
  if (open) return { winner: null, outcome: "not-evaluated", blocked: policy === "block", verdicts, missing };
  if (!won) return { winner: null, outcome: "otherwise", blocked: false, verdicts, missing };
  const winner = { rule: won.name, index: won.index, event: won.event };
  return { winner, outcome: won.event.type, blocked: false, verdicts, missing };
}

function distinct(uses: FactUse[]): FactUse[] {
  return [...new Map(uses.map((use) => [JSON.stringify(use), use])).values()];
}

/** A table decides by its hit policy; its event carries the outputs as params. */
function fromTable(table: CompiledTable, ruleset: RulesetBody): CompiledRuleset {
  return {
    facts: table.facts,
    decide: (read) => {
      const answer = table.evaluateRead(read);
      const verdicts = rowVerdicts(answer, table);
      const policy = ruleset.missing ?? "not-evaluated";
      const { missing } = answer;
      if (answer.open.length > 0 && policy !== "skip") {
        return { winner: null, outcome: "not-evaluated", blocked: policy === "block", verdicts, missing };
      }
      if (answer.problem) {
        return {
          winner: null,
          outcome: "not-evaluated",
          blocked: policy === "block",
          verdicts,
          missing,
          problem: answer.problem,
        };
      }
      const event = table.eventOf(answer);
      if (!event) return { winner: null, outcome: "otherwise", blocked: false, verdicts, missing };
      const index = answer.matched[0] ?? -1;
      const rule = index === -1 ? "default row" : `row ${index + 1}`;
      return { winner: { rule, index, event }, outcome: event.type, blocked: false, verdicts, missing };
    },
  };
}

/** The rows that matched or are open; the thousands that did not are not worth a line in a journal. */
function rowVerdicts(answer: TableAnswer, table: CompiledTable): RuleVerdict[] {
  const one = (index: number, result: Verdict): RuleVerdict => ({
    name: `row ${index + 1}`,
    index,
    priority: 1,
    result,
    event: table.rowEvent(index),
    ...(result === "not evaluated" && { missing: answer.missing }),
  });
  return [...answer.matched.map((row) => one(row, true)), ...answer.open.map((row) => one(row, "not evaluated"))];
}
