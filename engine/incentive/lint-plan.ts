import { Decimal } from "../words/decimal.ts";
import { error, type Issue, warning } from "../words/issue.ts";
import { pointer } from "../words/pointer.ts";
import { capsInOrder } from "./caps.ts";
import { lintCurve } from "./lint-curve.ts";
import { decimalText, readNumeric } from "./numeric.ts";
import type { PlanDocument, Rate } from "./plan.ts";
import { unsupportedPlanParts } from "./unsupported.ts";

/** Where the reader's expectation of a rate lies. */
interface RateCheck {
  path: string;
  rate: Rate | undefined;
  most?: number;
}

/**
 * Everything odd about a plan that its schema cannot see: weights that do not sum to 1, curves (`lintCurve`), bands out of
 * order, limits that never bite, negative rates, parameters that are not declared, and what cannot run. Parameters are
 * checked by their defaults. References to metrics and rule sets are the catalogue's business (`engine/lint`).
 */
export function lintPlan(plan: PlanDocument & { uses?: string[] }): Issue[] {
  return [
    ...unsupportedPlanParts(plan),
    ...weights(plan),
    ...(plan.components ?? []).flatMap((component, index) =>
      lintCurve(component.curve, {
        path: pointer("components", index, "curve"),
        diminishing: plan.diminishing === true,
      }),
    ),
    ...rates(plan),
    ...bands(plan),
    ...limits(plan),
    ...ramp(plan),
  ];
}

/** A rate by its literal or by the default of its parameter. */
function defaultOf(plan: PlanDocument, rate: Rate | undefined): Decimal | undefined {
  if (rate === undefined) return undefined;
  if (typeof rate === "string") return readNumeric(rate);
  const declared = plan.parameters;
  return declared && Object.hasOwn(declared, rate.parameter)
    ? readNumeric(declared[rate.parameter]!.default)
    : undefined;
}

function weights(plan: PlanDocument): Issue[] {
  const components = plan.components ?? [];
  const values = components.map((component) => defaultOf(plan, component.weight));
  if (plan.basis !== "attainment" || components.length === 0 || values.some((value) => !value)) return [];
  const sum = values.reduce((all: Decimal, value) => all.plus(value!), new Decimal(0));
  if (sum.eq(1)) return [];
  const message = `The weights of the components sum to ${decimalText(sum)}, not to 1.`;
  return [error("weights-sum", "/components", message, "Weights are shares of the target incentive: 0.7 and 0.3.")];
}

function rates(plan: PlanDocument & { uses?: string[] }): Issue[] {
  const caps = capsInOrder(plan).map((cap): RateCheck => ({ path: `${cap.path}/value`, rate: cap.value }));
  const all: RateCheck[] = [
    ...(plan.components ?? []).flatMap((component, index): RateCheck[] => [
      { path: pointer("components", index, "weight"), rate: component.weight, most: 1 },
      { path: pointer("components", index, "gate", "else"), rate: component.gate?.else, most: 1 },
      { path: pointer("components", index, "cap"), rate: component.cap },
      { path: pointer("components", index, "target"), rate: component.target },
    ]),
    ...(plan.modifiers ?? []).flatMap((modifier, index): RateCheck[] => [
      { path: pointer("modifiers", index, "floor"), rate: modifier.floor },
      { path: pointer("modifiers", index, "ceiling"), rate: modifier.ceiling },
    ]),
    ...(plan.rate?.bands ?? []).map(
      (band, index): RateCheck => ({ path: pointer("rate", "bands", index, "rate"), rate: band.rate }),
    ),
    ...caps,
    { path: "/windfall/above", rate: plan.windfall?.above },
    { path: "/holdback/share", rate: plan.holdback?.share, most: 1 },
    { path: "/draw/amount", rate: plan.draw?.amount },
    { path: "/draw/recoverAtMost", rate: plan.draw?.recoverAtMost },
    { path: "/clawback/limit/perPeriod", rate: plan.clawback?.limit?.perPeriod, most: 1 },
    ...(plan.clawback?.schedule ?? []).map(
      (term, index): RateCheck => ({
        path: pointer("clawback", "schedule", index, "share"),
        rate: term.share,
        most: 1,
      }),
    ),
    ...targetRate(plan),
  ];
  return all.flatMap((check) => checkRate(plan, check));
}

function targetRate({ targetIncentive: rule }: PlanDocument): RateCheck[] {
  if (!rule || "fact" in rule) return [];
  return "amount" in rule
    ? [{ path: "/targetIncentive/amount", rate: rule.amount }]
    : [{ path: "/targetIncentive/value", rate: rule.value }];
}

function checkRate(plan: PlanDocument & { uses?: string[] }, { path, rate, most }: RateCheck): Issue[] {
  if (rate === undefined) return [];
  const value = defaultOf(plan, rate);
  if (value === undefined) {
    if (typeof rate === "string" || (plan.uses?.length ?? 0) > 0) return [];
    const message = `The parameter ${rate.parameter} is not declared as a number.`;
    return [error("unknown-parameter", path, message, 'Declare it under "parameters", or name its sheet in "uses".')];
  }
  if (value.lt(0)) return [error("negative-rate", path, `${decimalText(value)} is below zero.`, "Use 0 or more.")];
  if (most === undefined || value.lte(most)) return [];
  const message = `${decimalText(value)} is more than the whole.`;
  return [error("rate-above-one", path, message, 'Rates are fractions: write "0.2" for 20 %.')];
}

function bands(plan: PlanDocument): Issue[] {
  const all = plan.rate?.bands ?? [];
  let before: Decimal | undefined;
  return all.flatMap((band, index) => {
    const path = pointer("rate", "bands", index, "below");
    const last = index === all.length - 1;
    const below = defaultOf(plan, band.below);
    const floor = before;
    if (below) before = below;
    if (band.below === undefined && !last) {
      return [error("band-open", path, "Only the last band has no upper end.", 'Say "below" here.')];
    }
    if (last && band.below !== undefined) {
      return [
        error("band-closed", path, "Nothing is said above the last band.", 'Leave "below" out of the last band.'),
      ];
    }
    if (below && floor?.gte(below)) {
      return [
        error(
          "band-unsorted",
          path,
          `${decimalText(below)} does not lie above ${decimalText(floor)}.`,
          "Sort the bands.",
        ),
      ];
    }
    return [];
  });
}

function limits(plan: PlanDocument): Issue[] {
  const issues: Issue[] = [];
  const caps = capsInOrder(plan);
  const planCap = defaultOf(plan, caps.find((cap) => cap.per === "plan")?.value);
  for (const per of ["plan", "deal"] as const) {
    const same = caps.filter((cap) => cap.per === per);
    if (same.length > 1) issues.push(error("cap-twice", same[1]!.path, `There are two caps per ${per}.`, "Keep one."));
  }
  const windfall = defaultOf(plan, plan.windfall?.above);
  if (planCap && windfall?.gte(planCap)) {
    const message = `No payout reaches the windfall limit ${decimalText(windfall)}: the plan is capped at ${decimalText(planCap)}.`;
    issues.push(warning("limit-never-reached", "/windfall/above", message, "Review below the cap, or leave it out."));
  }
  for (const [index, component] of (plan.components ?? []).entries()) {
    const [cap, weight] = [defaultOf(plan, component.cap), defaultOf(plan, component.weight)];
    if (cap && weight && planCap && cap.times(weight).gt(planCap)) {
      const message = `The cap of ${component.title} lies above the cap of the whole plan.`;
      issues.push(
        warning("limit-never-reached", pointer("components", index, "cap"), message, "Lower it or leave it out."),
      );
    }
  }
  for (const [index, modifier] of (plan.modifiers ?? []).entries()) {
    const [floor, ceiling] = [defaultOf(plan, modifier.floor), defaultOf(plan, modifier.ceiling)];
    if (floor && ceiling && floor.gt(ceiling)) {
      const message = `The floor ${decimalText(floor)} lies above the ceiling ${decimalText(ceiling)}.`;
      issues.push(error("floor-above-ceiling", pointer("modifiers", index, "floor"), message, "Exchange them."));
    }
  }
  return issues;
}

function ramp(plan: PlanDocument): Issue[] {
  const seen = new Set<number>();
  return (plan.ramp ?? []).flatMap(({ month, quota }, index) => {
    const twice = seen.has(month);
    seen.add(month);
    if (twice) {
      const path = pointer("ramp", index, "month");
      return [error("ramp-month-twice", path, `Month ${month} stands in the ramp twice.`, "Keep one.")];
    }
    if (new Decimal(quota).gt(0)) return [];
    const message = "A quota of nothing cannot be attained.";
    return [error("ramp-no-quota", pointer("ramp", index, "quota"), message, 'Use a share above 0, e.g. "0.5".')];
  });
}
