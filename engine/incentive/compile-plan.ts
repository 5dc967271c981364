import type { RulesetBody } from "../rules/decide.ts";
import { type CompiledConditions, compileConditions } from "../rules/guard.ts";
import { Decimal } from "../words/decimal.ts";
import { type Issue, IssuesError, publishable } from "../words/issue.ts";
import { Calculation } from "./calculation.ts";
import { applyCaps } from "./caps.ts";
import { clawbackAdjustments } from "./clawback.ts";
import { componentLine } from "./component.ts";
import { drawAdjustments } from "./draw.ts";
import { payoutFacts } from "./fact-reader.ts";
import type { PayoutInputs } from "./inputs.ts";
import { decidedBy, factName } from "./judge.ts";
import type { LineInProgress } from "./line.ts";
import { applyModifiers, compileModifiers } from "./modifier.ts";
import { decimalText } from "./numeric.ts";
import type { Payout } from "./payout.ts";
import type { PlanDocument } from "./plan.ts";
import { rampQuota } from "./ramp.ts";
import { settleLines } from "./settlement.ts";
import { targetIncentive } from "./target-incentive.ts";
import { transactionLines } from "./transactions.ts";
import { unsupportedPlanParts } from "./unsupported.ts";

/** A plan made ready for many payees. Pure: the same inputs give the same payout, in whatever order they are written. */
export type CompiledPlan = (inputs: PayoutInputs) => Payout;

/**
 * Compiles a plan: its conditions and the rule sets of its modifiers once, for a batch.
 * Throws `IssuesError` for a plan that cannot run (`unsupportedPlanParts`, a modifier whose rule set is not given). What a
 * single payee lacks never throws: the payout says `not evaluated` and names it.
 */
export function compilePlan(plan: PlanDocument, rulesets: Record<string, RulesetBody | undefined> = {}): CompiledPlan {
  const issues: Issue[] = unsupportedPlanParts(plan);
  const modifiers = compileModifiers(plan, rulesets, issues);
  if (!publishable(issues)) throw new IssuesError(issues);
  const eligible = plan.eligible && compileConditions(plan.eligible, { at: "/eligible" });
  const components = (plan.components ?? []).map((component, index) => ({
    component,
    gate: component.gate && compileConditions(component.gate.when, { at: `/components/${index}/gate/when` }),
  }));

  return (inputs) => {
    const calc = new Calculation(plan, inputs, payoutFacts(plan, inputs));
    if (eligible && !isEligible(calc, eligible)) {
      return calc.missing.length > 0 ? notEvaluated(calc, []) : notEligible(calc);
    }
    const base = targetIncentive(calc);
    const lines = plan.basis === "attainment" ? componentLines(calc, components, base) : transactionLines(calc);
    applyModifiers(calc, modifiers, lines);
    applyCaps(calc, lines, base);
    const settled = settleLines(calc, lines, base);
    if (!settled) return notEvaluated(calc, lines, base);
    const draw = settled.inReview ? undefined : drawAdjustments(calc, settled.payableMinor);
    const clawback = settled.inReview ? undefined : clawbackAdjustments(calc, settled.totalMinor);
    if (calc.missing.length > 0) return notEvaluated(calc, lines, base);
    const adjustments = [...(draw?.adjustments ?? []), ...(clawback?.adjustments ?? [])];
    const adjusted = adjustments.reduce((sum, adjustment) => sum + adjustment.amountMinor, 0);
    return {
      ...frame(calc, lines, base),
      status: settled.inReview ? "in review" : "computed",
      totalMinor: settled.totalMinor,
      payableMinor: settled.payableMinor + adjusted,
      heldMinor: settled.heldMinor,
      reviewMinor: settled.reviewMinor,
      lines: settled.lines,
      adjustments,
      balances: {
        drawMinor: draw?.balanceMinor ?? inputs.balances?.drawMinor ?? 0,
        clawbackMinor: clawback?.balanceMinor ?? inputs.balances?.clawbackMinor ?? 0,
      },
      ...(settled.heldMinor !== 0 && plan.holdback ? { release: { ...plan.holdback.release } } : {}),
    };
  };
}

/**
 * One person's payout by a plan, with its trace. Rule sets of modifiers are taken from `inputs.rulesets`.
 * For a batch use `compilePlan` or `computePayouts`, which compile once.
 */
export function computePayout(plan: PlanDocument, inputs: PayoutInputs): Payout {
  return compilePlan(plan, inputs.rulesets)(inputs);
}

/** Payouts of many people by one plan, in the order of `inputs`. */
export function computePayouts(
  plan: PlanDocument,
  inputs: Iterable<PayoutInputs>,
  rulesets: Record<string, RulesetBody | undefined> = {},
): Payout[] {
  const compute = compilePlan(plan, rulesets);
  return Array.from(inputs, compute);
}

function isEligible(calc: Calculation, eligible: CompiledConditions): boolean {
  const verdict = eligible.test(calc.read);
  if (verdict === "not evaluated") {
    for (const use of eligible.missing(calc.read)) {
      const { name, words } = factName(use);
      calc.lacks("fact", name, `Eligibility needs ${words}, which is not known.`);
    }
    return false;
  }
  const value = verdict ? "1" : "0";
  calc.tracer.step(
    calc.trace,
    "eligible",
    "eligibility",
    "given",
    { value },
    { decidedBy: decidedBy(eligible, calc.read) },
  );
  return verdict;
}

function componentLines(
  calc: Calculation,
  components: readonly Parameters<typeof componentLine>[1][],
  base: string | undefined,
): LineInProgress[] {
  const ramp = rampQuota(calc);
  return components.map((component) => componentLine(calc, component, base, ramp));
}

/** What every payout says, whatever its status. */
function frame(calc: Calculation, lines: readonly LineInProgress[], base: string | undefined) {
  const { plan, inputs } = calc;
  return {
    plan: { id: plan.id, title: plan.title, ...(plan.version === undefined ? {} : { version: plan.version }) },
    payee: { id: inputs.payee.id, ...(inputs.payee.name === undefined ? {} : { name: inputs.payee.name }) },
    period: { id: inputs.period.id, from: inputs.period.from, to: inputs.period.to },
    currency: plan.currency,
    targetMinor: base === undefined ? null : calc.tracer.value(base).toDecimalPlaces(0).toNumber(),
    attainment: overallAttainment(calc, lines),
    missing: calc.missing,
    trace: calc.trace,
  };
}

function overallAttainment(calc: Calculation, lines: readonly LineInProgress[]): string | null {
  if (lines.length === 0 || lines.some((line) => !line.attainment)) return null;
  const sum = lines.reduce(
    (all, { attainment }) => all.plus(calc.tracer.value(attainment!.step).times(attainment!.weight)),
    new Decimal(0),
  );
  return decimalText(sum.toDecimalPlaces(12));
}

const noBalance = (calc: Calculation) => ({
  drawMinor: calc.inputs.balances?.drawMinor ?? 0,
  clawbackMinor: calc.inputs.balances?.clawbackMinor ?? 0,
});

function notEligible(calc: Calculation): Payout {
  const zero = { totalMinor: 0, payableMinor: 0, heldMinor: 0, reviewMinor: 0 };
  return {
    ...frame(calc, [], undefined),
    status: "not eligible",
    ...zero,
    lines: [],
    adjustments: [],
    balances: noBalance(calc),
  };
}

/** No amounts at all: part of a payout is not a payout. What could be traced is shown, and each line says what it lacks. */
function notEvaluated(calc: Calculation, lines: readonly LineInProgress[], base?: string): Payout {
  return {
    ...frame(calc, lines, base),
    status: "not evaluated",
    totalMinor: null,
    payableMinor: null,
    heldMinor: null,
    reviewMinor: null,
    lines: lines.map(({ id, title, steps }) => {
      const missing = calc.missing.filter((each) => each.component === id).map((each) => each.message);
      return { component: id, title, amountMinor: null, ...(missing.length > 0 ? { missing } : {}), trace: steps };
    }),
    adjustments: [],
    balances: noBalance(calc),
  };
}
