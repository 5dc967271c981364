import { Decimal } from "../words/decimal.ts";
import { type Calculation, rateDetail } from "./calculation.ts";
import { toMinor } from "./currency.ts";
import type { AssignmentSegment } from "./inputs.ts";
import { decimalText, readNumeric } from "./numeric.ts";
import { type CountedPeriod, countSegments } from "./segments.ts";

const PER_YEAR = { month: 12, quarter: 4, "half-year": 2, year: 1 } as const;

/**
 * The payee's target incentive for the period after proration, in exact minor units. Returns the id of the step that holds
 * it, or undefined when something is missing (noted) or when a transaction plan has none.
 */
export function targetIncentive(calc: Calculation): string | undefined {
  const before = calc.missing.length;
  const counted = countSegments(calc);
  if (calc.missing.length > before) return undefined;
  if (!counted) return targetOf(calc, undefined, "target");
  if (counted.segments.length === 0) {
    return calc.tracer.step(calc.trace, "prorated", "proration", "given", { value: "0" }, { share: "0" });
  }
  return prorated(calc, counted);
}

function prorated(calc: Calculation, { segments, of }: CountedPeriod): string | undefined {
  const ownTerms = segments.some(
    ({ segment }) => segment.targetIncentiveMinor !== undefined || segment.salaryMinor !== undefined,
  );
  const shared = ownTerms ? undefined : targetOf(calc, undefined, "target");
  const targets = segments.map(({ segment }, index) =>
    ownTerms ? targetOf(calc, segment, `target/${index + 1}`) : shared,
  );
  if (targets.some((target) => target === undefined)) return undefined;
  const days = segments.map((segment) => segment.days);
  const shares = segments.map((segment) => segment.share);
  const counts = segments.reduce(
    (sum, { days: count, share }) => sum.plus(new Decimal(share).times(count)),
    new Decimal(0),
  );
  return calc.tracer.step(
    calc.trace,
    "prorated",
    "proration",
    "target by segment",
    { targets: targets.map((target) => ({ from: target! })), days, shares, of },
    {
      share: decimalText(counts.dividedBy(of)),
      segments: segments.map(({ segment }) => ({
        from: segment.from,
        to: segment.to,
        ...(segment.leave ? { leave: segment.leave } : {}),
      })),
    },
  );
}

/** The target incentive of the whole period on the terms of one segment, or on the payee's where none is given. */
function targetOf(calc: Calculation, segment: AssignmentSegment | undefined, step: string): string | undefined {
  const { plan, inputs, tracer, trace } = calc;
  const given =
    segment?.targetIncentiveMinor ?? (segment?.salaryMinor === undefined ? inputs.targetIncentiveMinor : null);
  if (given !== undefined && given !== null) {
    const amount = readNumeric(given);
    if (!amount || amount.lt(0)) {
      return calc.lacks("input", "targetIncentiveMinor", "The target incentive is not an amount.");
    }
    return tracer.step(trace, step, "target incentive", "given", { value: decimalText(amount) }, { source: "given" });
  }
  const rule = plan.targetIncentive;
  if (!rule) {
    if (plan.basis === "transaction") return undefined;
    return calc.lacks(
      "input",
      "targetIncentive",
      "The plan does not say what the target incentive is, and none was given.",
    );
  }
  if ("shareOf" in rule) return shareOfSalary(calc, segment?.salaryMinor ?? inputs.salaryMinor, step);
  const source = "amount" in rule ? rateDetail(rule.amount) : { fact: rule.fact };
  const amount = "amount" in rule ? readNumeric(calc.rate(rule.amount)) : readNumeric(calc.read(rule.fact));
  if (amount === undefined || amount.lt(0)) {
    if ("fact" in rule) {
      return calc.lacks("fact", rule.fact, `The fact ${rule.fact} has no amount to take as target incentive.`);
    }
    if (amount) calc.lacks("input", "targetIncentive", `The target incentive is ${decimalText(amount)}, below zero.`);
    return undefined;
  }
  const value = decimalText(toMinor(amount, plan.currency));
  return tracer.step(trace, step, "target incentive", "given", { value }, source);
}

function shareOfSalary(calc: Calculation, salaryMinor: number | null | undefined, step: string): string | undefined {
  const rule = calc.plan.targetIncentive;
  if (!rule || !("shareOf" in rule)) return undefined;
  const share = calc.rate(rule.value);
  const salary = readNumeric(salaryMinor);
  if (salary === undefined || salary.lt(0)) {
    return calc.lacks("input", "salary", "There is no salary to take the target incentive from.");
  }
  const currency = calc.inputs.salaryCurrency;
  if (currency !== undefined && currency !== calc.plan.currency) {
    const message = `The salary is in ${currency} and the plan pays in ${calc.plan.currency}; nothing is converted.`;
    return calc.lacks("input", "salaryCurrency", message);
  }
  if (share === undefined) return undefined;
  const per = calc.inputs.salaryPer ?? "year";
  const parts = PER_YEAR[calc.plan.period];
  const times = per === "period" ? parts : PER_YEAR[per];
  const inputs = { salary: decimalText(salary), share, times, parts };
  return calc.tracer.step(calc.trace, step, "target incentive", "share of salary", inputs, {
    salaryPer: per,
    ...rateDetail(rule.value),
  });
}
