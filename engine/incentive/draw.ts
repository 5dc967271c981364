import type { Calculation } from "./calculation.ts";
import { toMinor } from "./currency.ts";
import { decimalText, readNumeric } from "./numeric.ts";
import type { Adjustment } from "./payout.ts";
import type { TraceStep } from "./trace.ts";

/**
 * A draw: where less than it is payable, the difference is advanced. A recoverable draw is a balance that later periods
 * pay back out of what they earn above the draw, at most `recoverAtMost` (money) a period; the rest is carried on.
 */
export function drawAdjustments(
  calc: Calculation,
  payableMinor: number,
): { adjustments: Adjustment[]; balanceMinor: number } {
  const { draw } = calc.plan;
  const opening = calc.inputs.balances?.drawMinor ?? 0;
  const amount = draw && readNumeric(calc.rate(draw.amount));
  if (!draw || !amount) return { adjustments: [], balanceMinor: opening };
  const { tracer } = calc;
  const steps: TraceStep[] = [];
  const drawMinor = decimalText(toMinor(amount, calc.plan.currency).floor());
  const payable = String(payableMinor);
  tracer.step(steps, "draw/advance", "draw", "draw advance", { draw: drawMinor, payable });
  const advance = tracer.value("draw/advance").toNumber();
  if (advance > 0) {
    const balanceMinor = draw.recoverable ? opening + advance : opening;
    return { adjustments: [{ kind: "draw advance", amountMinor: advance, trace: steps }], balanceMinor };
  }
  if (opening <= 0) return { adjustments: [], balanceMinor: opening };
  const above = Math.max(0, payableMinor - Number(drawMinor));
  const most = draw.recoverAtMost && readNumeric(draw.recoverAtMost);
  const limit = most ? Math.min(above, toMinor(most, calc.plan.currency).floor().toNumber()) : above;
  const recovery: TraceStep[] = [];
  const inputs = { balance: String(opening), limit: String(limit) };
  const detail = { payable, draw: drawMinor, ...(draw.recoverAtMost ? { recoverAtMost: draw.recoverAtMost } : {}) };
  tracer.step(recovery, "draw/recovery", "draw", "recovery", inputs, detail);
  const amountMinor = tracer.value("draw/recovery").toNumber();
  if (amountMinor === 0) return { adjustments: [], balanceMinor: opening };
  return {
    adjustments: [{ kind: "draw recovery", amountMinor, trace: recovery }],
    balanceMinor: opening + amountMinor,
  };
}
