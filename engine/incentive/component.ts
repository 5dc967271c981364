import type { CompiledConditions } from "../rules/guard.ts";
import { attainmentOf } from "./attainment.ts";
import { type Calculation, rateDetail } from "./calculation.ts";
import { decidedBy, factName } from "./judge.ts";
import type { LineInProgress } from "./line.ts";
import type { Component } from "./plan.ts";
import type { TraceStep } from "./trace.ts";

/** A component with its gate compiled. */
export interface CompiledComponent {
  component: Component;
  gate: CompiledConditions | undefined;
}

/**
 * One component: attainment → curve → gate → weight → its part of the target incentive.
 * `base` is the step with the prorated target incentive, undefined while that is missing: the line is still traced as far
 * as it goes, so that everything missing is named at once.
 */
export function componentLine(
  calc: Calculation,
  { component, gate }: CompiledComponent,
  base: string | undefined,
  ramp: string | undefined,
): LineInProgress {
  const { id, title } = component;
  const steps: TraceStep[] = [];
  const line: LineInProgress = { id, title, steps };
  const weight = calc.rate(component.weight, id);
  const attainment = attainmentOf(calc, component, steps, ramp);
  const factor =
    attainment &&
    calc.tracer.step(steps, `${id}/curve`, "curve", "curve", {
      curve: component.curve,
      attainment: { from: attainment },
    });
  const gated = gate && component.gate ? gateStep(calc, component, gate, factor, steps) : factor;
  if (!gated || !attainment || weight === undefined) return line;
  calc.tracer.step(
    steps,
    `${id}/weighted`,
    "weight",
    "product",
    { factors: [{ from: gated }, weight] },
    {
      ...rateDetail(component.weight),
    },
  );
  line.attainment = { step: attainment, weight };
  if (!base) return line;
  const factors = [{ from: `${id}/weighted` }, { from: base }];
  line.amount = calc.tracer.step(steps, `${id}/amount`, "proration", "product", { factors });
  const cap = component.cap === undefined ? undefined : calc.rate(component.cap, id);
  if (cap !== undefined) {
    const limit = { factors: [cap, weight, { from: base }] };
    line.cap = calc.tracer.step(steps, `${id}/cap-limit`, "cap", "product", limit, { per: "component", cap });
  }
  return line;
}

function gateStep(
  calc: Calculation,
  component: Component,
  gate: CompiledConditions,
  factor: string | undefined,
  steps: TraceStep[],
): string | undefined {
  const { id, title } = component;
  const otherwise = calc.rate(component.gate!.else, id);
  const verdict = gate.test(calc.read);
  if (verdict === "not evaluated") {
    for (const use of gate.missing(calc.read)) {
      const { name, words } = factName(use);
      calc.lacks("fact", name, `The gate of ${title} needs ${words}, which is not known.`, id);
    }
    return undefined;
  }
  if (!factor || otherwise === undefined) return undefined;
  return calc.tracer.step(
    steps,
    `${id}/gate`,
    "gate",
    "gate",
    { value: { from: factor }, passed: verdict, else: otherwise },
    { decidedBy: decidedBy(gate, calc.read) },
  );
}
