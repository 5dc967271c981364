import type { RulesetBody } from "../rules/decide.ts";
import { type CompiledRuleset, compileRuleset } from "../rules/decide.ts";
import { error, type Issue, IssuesError } from "../words/issue.ts";
import type { Json } from "../words/json.ts";
import { type Calculation, rateDetail } from "./calculation.ts";
import { factName } from "./judge.ts";
import type { LineInProgress } from "./line.ts";
import { decimalText, readNumeric } from "./numeric.ts";
import type { PlanDocument } from "./plan.ts";
import { valueAt } from "./simple-path.ts";
import type { TraceValue } from "./trace.ts";

type Modifier = NonNullable<PlanDocument["modifiers"]>[number];

/** A modifier with its rule set compiled. */
export interface CompiledModifier {
  modifier: Modifier;
  title: string;
  ruleset: CompiledRuleset;
}

/** Compiles the rule sets of a plan's modifiers; a rule set that is not given or is refused becomes an issue. */
export function compileModifiers(
  plan: PlanDocument,
  rulesets: Record<string, RulesetBody | undefined>,
  issues: Issue[],
): CompiledModifier[] {
  return (plan.modifiers ?? []).flatMap((modifier, index) => {
    const path = `/modifiers/${index}/rules`;
    const body = Object.hasOwn(rulesets, modifier.rules) ? rulesets[modifier.rules] : undefined;
    if (!body) {
      const message = `The modifier needs the rule set ${modifier.rules}, which was not given.`;
      issues.push(error("unknown-reference", path, message, "Publish the rule set first, or correct its id."));
      return [];
    }
    try {
      return [{ modifier, title: modifier.title ?? modifier.rules, ruleset: compileRuleset(body) }];
    } catch (cause) {
      if (!(cause instanceof IssuesError)) throw cause;
      for (const issue of cause.issues) issues.push({ ...issue, path, message: `${modifier.rules}: ${issue.message}` });
      return [];
    }
  });
}

/**
 * Multiplies every line by the factor of each modifier, in the plan's order, each factor kept between its floor and
 * ceiling. A rule set of which no rule applies leaves the payout as it is (factor 1); one that could not be evaluated
 * leaves the payout not evaluated.
 */
export function applyModifiers(
  calc: Calculation,
  modifiers: readonly CompiledModifier[],
  lines: readonly LineInProgress[],
): void {
  for (const [index, compiled] of modifiers.entries()) {
    const factor = factorStep(calc, compiled, `modifier/${index + 1}`);
    if (factor === undefined) continue;
    for (const line of lines) {
      if (line.amount === undefined) continue;
      const factors = [{ from: line.amount }, { from: factor }];
      line.amount = calc.tracer.step(line.steps, `${line.id}/modifier/${index + 1}`, "modifier", "product", {
        factors,
      });
    }
  }
}

function factorStep(
  calc: Calculation,
  { modifier, title, ruleset }: CompiledModifier,
  step: string,
): string | undefined {
  const decision = ruleset.decide(calc.read);
  if (!decision.winner && decision.outcome === "not-evaluated") {
    for (const use of decision.missing) {
      const { name, words } = factName(use);
      calc.lacks("fact", name, `The modifier ${title} needs ${words}, which is not known.`);
    }
    if (decision.missing.length === 0) {
      calc.lacks("fact", modifier.rules, `The modifier ${title} could not be evaluated.`);
    }
    return undefined;
  }
  const winner = decision.winner;
  const given = winner ? readNumeric(valueAt(winner.event.params ?? {}, modifier.factor)) : readNumeric(1);
  if (!given || given.lt(0)) {
    const message = `The rule set ${modifier.rules} answered ${winner?.event.type ?? "nothing"} without a factor at ${modifier.factor}.`;
    return calc.lacks("fact", modifier.rules, message);
  }
  const floor = modifier.floor === undefined ? null : calc.rate(modifier.floor);
  const ceiling = modifier.ceiling === undefined ? null : calc.rate(modifier.ceiling);
  if (floor === undefined || ceiling === undefined) return undefined;
  const inputs: Record<string, TraceValue> = { value: decimalText(given), floor, ceiling };
  const rule: Record<string, Json> = winner
    ? { event: winner.event.type, rule: winner.rule }
    : { rule: "no rule applies" };
  return calc.tracer.step(calc.trace, step, "modifier", "clamp", inputs, {
    title,
    rules: modifier.rules,
    ...rule,
    ...(modifier.floor === undefined ? {} : rateDetail(modifier.floor)),
  });
}
