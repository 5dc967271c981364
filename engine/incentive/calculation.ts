import type { FactReader } from "../rules/facts.ts";
import type { Json } from "../words/json.ts";
import type { PayoutInputs } from "./inputs.ts";
import { decimalText, readNumeric } from "./numeric.ts";
import type { Missing } from "./payout.ts";
import type { PlanDocument, Rate } from "./plan.ts";
import { Tracer, type TraceStep } from "./trace.ts";

/** The state of one payout under way: what it reads, its trace, and what it found missing. */
export class Calculation {
  readonly plan: PlanDocument;
  readonly inputs: PayoutInputs;
  readonly read: FactReader;
  readonly tracer = new Tracer();
  /** Steps of the whole payout. */
  readonly trace: TraceStep[] = [];
  readonly missing: Missing[] = [];

  constructor(plan: PlanDocument, inputs: PayoutInputs, read: FactReader) {
    this.plan = plan;
    this.inputs = inputs;
    this.read = read;
  }

  /** Notes that something is missing; the payout will not be evaluated. Returns undefined for the caller to pass on. */
  lacks(kind: Missing["kind"], name: string, message: string, component?: string): undefined {
    this.missing.push({ kind, name, message, ...(component === undefined ? {} : { component }) });
    return undefined;
  }

  /** The decimal text of a rate: the literal, or the parameter's published value, or its default. */
  rate(rate: Rate, component?: string): string | undefined {
    if (typeof rate === "string") return rate;
    const name = rate.parameter;
    const published = own(this.inputs.parameters, name);
    const value = readNumeric(published ?? own(this.plan.parameters, name)?.default);
    if (value !== undefined) return decimalText(value);
    const why = published === undefined ? "has no value" : `is ${JSON.stringify(published)}, which is not a number`;
    return this.lacks("parameter", name, `The parameter ${name} ${why}.`, component);
  }
}

/** The parameter that a rate is taken from, as detail of a step. */
export function rateDetail(rate: Rate): Record<string, Json> | undefined {
  return typeof rate === "string" ? undefined : { parameter: rate.parameter };
}

/** An own member of a record, never one of its prototype. */
export function own<Value>(record: Record<string, Value> | undefined, key: string): Value | undefined {
  return record && Object.hasOwn(record, key) ? record[key] : undefined;
}
