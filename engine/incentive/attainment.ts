import { thePeriod } from "../time/period.ts";
import type { Json } from "../words/json.ts";
import { type Calculation, own, rateDetail } from "./calculation.ts";
import { BLOCKING_STATES, type MeasureResult, type TeamResult } from "./inputs.ts";
import { decimalText, type Numeric, readNumeric } from "./numeric.ts";
import type { Component } from "./plan.ts";
import type { TraceStep } from "./trace.ts";

/**
 * Attainment of a component (1 = on target): given, or actual ÷ target, or the mean of the payee's teams by their weights,
 * against a ramped quota where the plan has one. Returns the id of the step, or undefined when something is missing; a
 * missing result never becomes zero.
 */
export function attainmentOf(
  calc: Calculation,
  component: Component,
  steps: TraceStep[],
  ramp: string | undefined,
): string | undefined {
  const { id, measure } = component;
  const result = own(calc.inputs.results, id) ?? own(calc.inputs.results, measure);
  if (!result) {
    return calc.lacks(
      "measure",
      measure,
      `There is no result of ${measure} for ${thePeriod(calc.inputs.period.id)}.`,
      id,
    );
  }
  if (result.state && BLOCKING_STATES.has(result.state)) {
    return calc.lacks("measure", measure, `The result of ${measure} is ${result.state}; it cannot be paid on.`, id);
  }
  const plain = result.parts
    ? teamAttainment(calc, component, result.parts, steps)
    : singleAttainment(calc, component, result, `${id}/attainment`, measure, steps, detailOf(measure, result));
  if (plain === undefined || ramp === undefined) return plain;
  return calc.tracer.step(steps, `${id}/ramped`, "attainment", "ramped", {
    value: { from: plain },
    quota: { from: ramp },
  });
}

function singleAttainment(
  calc: Calculation,
  component: Component,
  result: { actual?: Numeric | null; target?: Numeric | null; attainment?: Numeric | null },
  step: string,
  what: string,
  steps: TraceStep[],
  detail: Record<string, Json>,
): string | undefined {
  const { measure, id } = component;
  const given = readNumeric(result.attainment);
  const actual = readNumeric(result.actual);
  const observed = readNumeric(result.target);
  const target = observed ?? planTarget(calc, component);
  if (given !== undefined) {
    const levels = {
      ...(actual === undefined ? {} : { actual: decimalText(actual) }),
      ...(target === undefined ? {} : { target: decimalText(target) }),
    };
    return calc.tracer.step(
      steps,
      step,
      "attainment",
      "given",
      { value: decimalText(given) },
      { ...detail, ...levels },
    );
  }
  if (actual === undefined) return calc.lacks("measure", measure, `There is no actual value of ${what}.`, id);
  if (target === undefined) return calc.lacks("measure", measure, `There is no target for ${what}.`, id);
  if (target.lte(0)) {
    const message = `The target for ${what} is ${decimalText(target)}; attainment needs a target above zero.`;
    return calc.lacks("measure", measure, message, id);
  }
  const inputs = { actual: decimalText(actual), target: decimalText(target) };
  const origin =
    observed === undefined && component.target !== undefined
      ? { targetOf: "plan", ...rateDetail(component.target) }
      : {};
  return calc.tracer.step(steps, step, "attainment", "ratio", inputs, { ...detail, ...origin });
}

/** The target that the plan sets for what is observed without one. */
function planTarget(calc: Calculation, component: Component) {
  return component.target === undefined ? undefined : readNumeric(calc.rate(component.target, component.id));
}

function teamAttainment(
  calc: Calculation,
  component: Component,
  parts: readonly TeamResult[],
  steps: TraceStep[],
): string | undefined {
  const { id, measure } = component;
  const teams = parts.toSorted((a, b) => (a.team < b.team ? -1 : a.team > b.team ? 1 : 0));
  const equal = component.credit?.weights === "equal";
  const values: { from: string }[] = [];
  const weights: string[] = [];
  for (const [index, team] of teams.entries()) {
    const what = `${measure} in ${team.team}`;
    const weight = equal ? readNumeric(1) : readNumeric(team.weight ?? (teams.length === 1 ? 1 : undefined));
    if (weight === undefined || weight.lt(0)) {
      calc.lacks("input", `weight of ${team.team}`, `${what} has no weight; say the payee's share of work in it.`, id);
      continue;
    }
    if (index > 0 && teams[index - 1]!.team === team.team) {
      calc.lacks("input", `team ${team.team}`, `${what} is given twice.`, id);
      continue;
    }
    const detail = { measure, team: team.team, ...(team.figuresOf ? { figuresOf: team.figuresOf } : {}) };
    const step = singleAttainment(calc, component, team, `${id}/team/${team.team}`, what, steps, detail);
    if (step === undefined) continue;
    values.push({ from: step });
    weights.push(decimalText(weight));
  }
  if (values.length < teams.length) return undefined;
  if (weights.every((weight) => Number(weight) === 0)) {
    const why = teams.length === 0 ? "The payee has no team" : "The weights of the payee's teams sum to zero";
    return calc.lacks("input", `teams of ${measure}`, `${why} for ${measure}.`, id);
  }
  return calc.tracer.step(
    steps,
    `${id}/attainment`,
    "attainment",
    "weighted mean",
    { values, weights },
    {
      measure,
      teams: teams.map((team) => team.team),
    },
  );
}

function detailOf(measure: string, result: MeasureResult): Record<string, string> {
  return {
    measure,
    ...(result.unit ? { unit: result.unit } : {}),
    ...(result.asOf === null || result.asOf === undefined ? {} : { asOf: String(result.asOf) }),
    ...(result.state ? { state: result.state } : {}),
  };
}
