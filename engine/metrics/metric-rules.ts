import type { PeriodKind } from "../time/period.ts";
import type { Duration } from "../words/duration.ts";

/** The parts of a metric document that values are computed with; the document's own type (`definition/metric.ts`) fits. */
export interface MetricRules {
  id: string;
  /** Decimal places that the metric is declared in: what rules compare is rounded to them. */
  scale: number;
  direction: Direction;
  /** The period that one observation covers. */
  grain: Exclude<PeriodKind, "half">;
  aggregate: "sum" | "mean" | "min" | "max" | "last" | "count";
  levels?: Levels;
  /** How many earlier periods make the baseline, and how many of them must have a value. */
  baseline?: { periods: number; minimum?: number };
  refresh?: { every: string; staleAfter: Duration };
  quality?: {
    missing?: "block" | "exclude" | "carry-forward" | "impute";
    outlier?: { sigma: number; then: "flag" | "winsorise" | "hold" };
  };
}

/** Whether more is better, less is better, or the target itself is best. */
export type Direction = "higher" | "lower" | "band";

/** Levels of attainment as decimal text: 1 is on target. */
export interface Levels {
  threshold?: string;
  target?: string;
  stretch?: string;
  boundary?: "inclusive" | "exclusive";
}

/** States of a value before and after its period closes, from the least settled. */
export const OBSERVATION_STATES = ["provisional", "adjusted", "final"] as const;
export type ObservationState = (typeof OBSERVATION_STATES)[number];

/** One measured value of one subject for one period. Dates are ISO and half-open; numbers are decimal text. */
export interface Observation {
  metric: string;
  subject: string;
  periodFrom: string;
  periodTo: string;
  value: string;
  target: string | null;
  state: ObservationState;
  /** When it was recorded, epoch milliseconds: of two for one period, the later counts. */
  recordedAt: number;
}
