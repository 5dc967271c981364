import type { FactReader } from "../rules/facts.ts";
import { TODAY } from "../rules/today.ts";
import { dateOfDay, dayOfDate } from "../time/epoch-day.ts";
import { type Json, sameJson } from "../words/json.ts";
import { own } from "./calculation.ts";
import type { GivenFact, PayoutInputs } from "./inputs.ts";
import { readNumeric } from "./numeric.ts";
import type { PlanDocument } from "./plan.ts";

/**
 * What the conditions of a plan read: first the caller's facts, then what the inputs know themselves: `person.<field>`,
 * `person.id`, `period.<field>`, `time.today` (the last day of the period), `parameter.<name>`, and `metric` for the results of this payout.
 * `$subject`, `$period` and `$unit` in params are bound here to the payee, the period and the payee's unit. Undefined is
 * "not known".
 */
export function payoutFacts(plan: PlanDocument, inputs: PayoutInputs): FactReader {
  const { facts, payee, period } = inputs;
  const unit = payee.fields && own(payee.fields, "unit");
  const bound: Record<string, Json> = {
    $subject: payee.id,
    $period: period.id,
    ...(typeof unit === "string" ? { $unit: unit } : {}),
  };
  const look = givenFacts(facts);
  return (fact, params) => {
    const exact = params && bind(params, bound);
    const given = look(fact, exact);
    if (given !== undefined) return given;
    const dot = fact.indexOf(".");
    const name = fact.slice(dot + 1);
    switch (dot === -1 ? fact : fact.slice(0, dot)) {
      case "person":
        return personFact(inputs, name);
      case "period":
        return name === "id" || name === "from" || name === "to" ? period[name] : undefined;
      case "parameter":
        return parameterFact(own(inputs.parameters, name) ?? own(plan.parameters, name)?.default);
      case "time":
        // What is in force on the last day of a period is what the period is paid by, whenever it is computed.
        return fact === TODAY ? dateOfDay(dayOfDate(period.to) - 1) : undefined;
      case "metric":
        return metricFact(inputs, exact);
      default:
        return undefined;
    }
  };
}

function givenFacts(facts: PayoutInputs["facts"]): FactReader {
  if (typeof facts === "function") return facts;
  if (!isList(facts)) return (fact) => own(facts, fact);
  return (fact, params = {}) => facts.find((one) => one.fact === fact && sameParams(one.params ?? {}, params))?.value;
}

/** A handful of facts with a handful of params: looking is faster than an index would be built, for thousands of payees. */
function sameParams(a: Record<string, Json>, b: Record<string, Json>): boolean {
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && sameJson(a[name], b[name]))
  );
}

const isList = (facts: PayoutInputs["facts"]): facts is readonly GivenFact[] => Array.isArray(facts);

function personFact({ payee }: PayoutInputs, name: string): unknown {
  const field = own(payee.fields, name);
  if (field !== undefined) return field;
  return name === "id" || name === "name" || name === "hireDate" ? (payee[name] ?? undefined) : undefined;
}

/** Decimals are text in documents and numbers in rules: converted once, here. */
function parameterFact(value: unknown): unknown {
  return typeof value === "string" ? (readNumeric(value)?.toNumber() ?? value) : value;
}

/** A result of this payout as a metric fact: only the payee's own, in this period. */
function metricFact(inputs: PayoutInputs, params: Record<string, Json> | undefined): unknown {
  const { id, of, window } = params ?? {};
  if (typeof id !== "string") return undefined;
  // Without "of" a metric is the organisation's, which the payee's own result must never stand for.
  if (of !== inputs.payee.id) return undefined;
  if (window !== undefined && window !== inputs.period.id) return undefined;
  const result = own(inputs.results, id);
  if (!result) return undefined;
  const [actual, target, given] = [result.actual, result.target, result.attainment].map(readNumeric);
  const attainment = given ?? (actual && target?.gt(0) ? actual.dividedBy(target) : undefined);
  return {
    ...(actual ? { value: actual.toNumber() } : {}),
    ...(target ? { target: target.toNumber() } : {}),
    ...(attainment ? { attainment: attainment.toNumber() } : {}),
    ...(result.state ? { state: result.state } : {}),
    ...(result.asOf === null || result.asOf === undefined ? {} : { asOf: result.asOf }),
  };
}

function bind(params: Record<string, Json>, bound: Record<string, Json>): Record<string, Json> {
  let copy: Record<string, Json> | undefined;
  for (const [name, value] of Object.entries(params)) {
    if (typeof value !== "string" || !Object.hasOwn(bound, value)) continue;
    copy ??= { ...params };
    copy[name] = bound[value]!;
  }
  return copy ?? params;
}
