import type { RulesetBody } from "../rules/decide.ts";
import type { FactReader } from "../rules/facts.ts";
import type { Json } from "../words/json.ts";
import type { Numeric } from "./numeric.ts";

/** The period a payout is for. Dates are ISO, the interval is half-open: `to` is the first day after the period. */
export interface PayoutPeriod {
  id: string;
  from: string;
  to: string;
}

/** The person who is paid. `fields` is what rules read as `person.<name>`. */
export interface Payee {
  id: string;
  name?: string;
  /** Needed by a plan with a ramp. */
  hireDate?: string | null;
  fields?: Record<string, unknown>;
}

/** What was achieved in one team, and the payee's share of work in it. */
export interface TeamResult {
  team: string;
  actual?: Numeric | null;
  target?: Numeric | null;
  /** Wins over actual and target, for measures where more is not better. */
  attainment?: Numeric | null;
  /** The unit whose figures these are, where the team has none of its own. */
  figuresOf?: string;
  /** Share of the payee's work, in any unit (0.7 or 70): weights are taken relative to their sum. */
  weight?: Numeric | null;
}

/**
 * The result of one measure for the payee. `attainment` (1 = on target) wins over actual / target; `parts` wins over both.
 * A result that is absent, or in a state of `BLOCKING_STATES`, is never paid as zero: the payout is not evaluated.
 */
export interface MeasureResult {
  actual?: Numeric | null;
  target?: Numeric | null;
  attainment?: Numeric | null;
  parts?: TeamResult[];
  unit?: string;
  asOf?: string | number | null;
  /** Data quality, e.g. `ok`, `stale`. */
  state?: string | null;
}

/** States of a result on which nothing is paid. */
export const BLOCKING_STATES: ReadonlySet<string> = new Set([
  "missing",
  "stale",
  "uncertified",
  "retired",
  "blocked",
  "held",
  "not evaluated",
]);

/**
 * A dated stretch in one role: from `from` to before `to`. Days of the period in no segment are days not employed.
 * A change of salary or target starts a new segment.
 */
export interface AssignmentSegment {
  from: string;
  to: string;
  /** Full-time share; 1 where absent. */
  fte?: Numeric;
  /** The kind of absence, where the segment is one, e.g. `parental`. */
  leave?: string;
  /** What the target incentive of the whole period would be on this segment's terms; the payee's where absent. */
  targetIncentiveMinor?: number;
  /** Yearly salary during this segment; the payee's where absent. */
  salaryMinor?: number;
}

/** One transaction (deal, order) that may pay. `fields` is what `$.` paths of the plan read. */
export interface Transaction {
  id: string;
  date: string;
  fields: Record<string, unknown>;
}

/** An event that takes back what was paid for a transaction. */
export interface Reversal {
  id: string;
  /** The payment that is taken back, e.g. a ledger id; it stands on the adjustment. */
  payment: string;
  transaction?: string;
  /** The event, e.g. `customer-lost`. */
  on: string;
  /** ISO dates of payment and event. */
  paidOn: string;
  happenedOn: string;
  paidMinor: number;
}

/** A fact as it was found, with the params it was asked with ($subject, $period and $unit bound). */
export interface GivenFact {
  fact: string;
  params?: Record<string, Json>;
  value: Json;
}

/** All that one payout is computed from: plain data, so that it can be stored beside the payout and computed again. */
export interface PayoutInputs {
  payee: Payee;
  period: PayoutPeriod;
  /** Base salary in minor units, per `salaryPer` (a year where absent). */
  salaryMinor?: number | null;
  salaryPer?: "year" | "half-year" | "quarter" | "month" | "period";
  /** The currency of the salary; where it is not the plan's, nothing is converted: the payout is not evaluated. */
  salaryCurrency?: string;
  /** The target incentive of the whole period in minor units; wins over the plan's own way of finding it. */
  targetIncentiveMinor?: number | null;
  segments?: AssignmentSegment[];
  /** By component id, else by measure id. */
  results?: Record<string, MeasureResult | undefined>;
  /** Facts for eligibility, gates and modifiers: a reader, values by fact name, or found facts each with its params. */
  facts?: FactReader | Record<string, unknown> | readonly GivenFact[];
  /** Rule sets of the modifiers by id; `compilePlan` takes them once for a batch instead. */
  rulesets?: Record<string, RulesetBody | undefined>;
  /** Published values of parameters; the plan's defaults where absent. */
  parameters?: Record<string, Json | undefined>;
  transactions?: Transaction[];
  reversals?: Reversal[];
  /** Carried over from earlier periods: a recoverable draw and clawbacks not yet recovered. */
  balances?: { drawMinor?: number; clawbackMinor?: number };
  /** A reviewer's answer to a windfall: with `approved`, the payout is computed and no longer waits. */
  windfallReview?: { approved: boolean; by?: string };
}
