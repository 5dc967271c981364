import type { Json } from "../words/json.ts";
import type { PayoutPeriod } from "./inputs.ts";
import type { TraceStep } from "./trace.ts";

/**
 * `computed` is final, `in review` waits for a decision on a windfall, `not evaluated` lacks a result or a fact (named in
 * `missing`) and has no amount, `not eligible` pays nothing.
 */
export type PayoutStatus = "computed" | "in review" | "not evaluated" | "not eligible";

/** Something a payout could not be computed without. */
export interface Missing {
  kind: "measure" | "fact" | "parameter" | "input";
  /** The measure, fact, parameter or input. */
  name: string;
  /** The component or transaction that needs it; absent where the whole payout does. */
  component?: string;
  /** One sentence for the person who has to supply it. */
  message: string;
}

/** What one component (or one transaction) pays. */
export interface PayoutLine {
  component: string;
  title: string;
  /** Minor units; null while the payout is not evaluated. */
  amountMinor: number | null;
  /** Why there is no amount, where this line is the reason. */
  missing?: string[];
  trace: TraceStep[];
}

/** What is added to or taken from the payable amount after the lines: advances and recoveries. */
export interface Adjustment {
  kind: "draw advance" | "draw recovery" | "clawback" | "clawback carried";
  amountMinor: number;
  /** The payment that is taken back. */
  payment?: string;
  transaction?: string;
  trace: TraceStep[];
}

/** One person's payout by one plan for one period. Money is integer minor units of `currency`. */
export interface Payout {
  plan: { id: string; title: string; version?: number };
  payee: { id: string; name?: string };
  period: PayoutPeriod;
  currency: string;
  status: PayoutStatus;
  /** Sum of the lines; null while not evaluated. */
  totalMinor: number | null;
  /** Paid now: total less held, plus adjustments; 0 while in review. */
  payableMinor: number | null;
  /** Held back until `release`. */
  heldMinor: number | null;
  /** Waits in review: the whole total of a windfall, else 0. */
  reviewMinor: number | null;
  /** The target incentive after proration, rounded, for comparison; null where the plan has none. */
  targetMinor: number | null;
  /** Weighted attainment of the components as decimal text; null on transaction plans. */
  attainment: string | null;
  lines: PayoutLine[];
  adjustments: Adjustment[];
  /** To carry into the next period. */
  balances: { drawMinor: number; clawbackMinor: number };
  /** When what is held becomes payable, as the plan says it. */
  release?: { after: Json };
  missing: Missing[];
  /** Steps that belong to the whole payout, in the fixed order. */
  trace: TraceStep[];
}
