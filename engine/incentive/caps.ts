import { type Calculation, rateDetail } from "./calculation.ts";
import { toMinor } from "./currency.ts";
import type { LineInProgress } from "./line.ts";
import { decimalText, readNumeric } from "./numeric.ts";
import type { PlanBody, Rate } from "./plan.ts";

/** The caps of a plan as a list, in the fixed order in which they apply: each deal, then the plan as a whole. */
export function capsInOrder(plan: PlanBody): { per: "plan" | "deal"; value: Rate; path: string }[] {
  const caps = plan.cap === undefined ? [] : Array.isArray(plan.cap) ? plan.cap : [plan.cap];
  const placed = caps.map((cap, index) => ({ ...cap, path: Array.isArray(plan.cap) ? `/cap/${index}` : "/cap" }));
  return [...placed.filter((cap) => cap.per === "deal"), ...placed.filter((cap) => cap.per === "plan")];
}

/**
 * Applies caps in their fixed order: the component's or the deal's first, then the plan's. A plan cap takes from all
 * components in proportion; deals use it up one after the other, in their order.
 */
export function applyCaps(calc: Calculation, lines: LineInProgress[], base: string | undefined): void {
  for (const line of lines) {
    if (line.amount === undefined || line.cap === undefined) continue;
    const inputs = { value: { from: line.amount }, cap: { from: line.cap } };
    line.amount = calc.tracer.step(line.steps, `${line.id}/cap`, "cap", "least", inputs);
  }
  for (const cap of capsInOrder(calc.plan)) {
    const limit = limitStep(calc, cap.value, base, `cap/${cap.per}`, "cap");
    if (limit === undefined) continue;
    if (cap.per === "deal") {
      for (const line of lines) {
        if (line.amount === undefined) continue;
        const inputs = { value: { from: line.amount }, cap: { from: limit } };
        line.amount = calc.tracer.step(line.steps, `${line.id}/cap`, "cap", "least", inputs, { per: "deal" });
      }
    } else if (calc.plan.basis === "attainment") scaleTogether(calc, lines, limit);
    else takeFromCap(calc, lines, limit);
  }
}

function scaleTogether(calc: Calculation, lines: LineInProgress[], limit: string): void {
  const amounts = lines.flatMap((line) => (line.amount === undefined ? [] : [{ from: line.amount }]));
  if (amounts.length < lines.length) return;
  calc.tracer.step(calc.trace, "before-plan-cap", "cap", "sum", { terms: amounts });
  for (const line of lines) {
    const inputs = { value: { from: line.amount! }, sum: { from: "before-plan-cap" }, cap: { from: limit } };
    line.amount = calc.tracer.step(line.steps, `${line.id}/plan-cap`, "cap", "scale to cap", inputs, { per: "plan" });
  }
}

/** What earlier deals took is one running sum, so that a trace of many deals stays as long as they are many. */
function takeFromCap(calc: Calculation, lines: LineInProgress[], limit: string): void {
  let taken: string | undefined;
  for (const line of lines) {
    if (line.amount === undefined) return;
    const inputs = { value: { from: line.amount }, cap: { from: limit }, taken: taken ? { from: taken } : "0" };
    line.amount = calc.tracer.step(line.steps, `${line.id}/plan-cap`, "cap", "rest of cap", inputs, { per: "plan" });
    const terms = [...(taken ? [{ from: taken }] : []), { from: line.amount }];
    taken = calc.tracer.step(line.steps, `${line.id}/taken`, "cap", "sum", { terms });
  }
}

/**
 * A limit of the whole payout in exact minor units: a multiple of the prorated target incentive, or, on a transaction plan
 * without one, an amount of money.
 */
export function limitStep(
  calc: Calculation,
  value: Rate,
  base: string | undefined,
  step: string,
  stage: "cap" | "windfall",
): string | undefined {
  const rate = calc.rate(value);
  if (rate === undefined) return undefined;
  const money = calc.plan.basis === "transaction" && (step === "cap/deal" || base === undefined);
  if (money) {
    const amount = decimalText(toMinor(readNumeric(rate)!, calc.plan.currency));
    return calc.tracer.step(calc.trace, step, stage, "given", { value: amount }, rateDetail(value));
  }
  if (base === undefined) return undefined;
  const factors = [rate, { from: base }];
  return calc.tracer.step(calc.trace, step, stage, "product", { factors }, { times: rate, ...rateDetail(value) });
}
