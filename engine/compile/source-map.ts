import type { Conditions } from "../rules/conditions.ts";
import type { ClockPurpose } from "../steps/lowering.ts";
import type { MachineStep } from "../steps/registry.ts";
import type { Clock, Deadline } from "../time/clock.ts";
import type { DurationValue, Value } from "../words/reference.ts";

/** A transition of the document, as the machine names it. */
export interface WayInfo {
  /** `step.event.index`: the guard's and the action's param, the key on the tape. */
  key: string;
  from: string;
  event: string;
  to: string;
  when?: Conditions;
  set?: Record<string, Value>;
  /** How often it may be taken in one case; null for no bound (it closes no loop). */
  limit: number | null;
}

/** A clock of the document, as the machine names it. */
export interface ClockInfo {
  key: string;
  step: string;
  title: string;
  purpose: ClockPurpose;
  clock: Clock | Deadline;
  /** Taken off the clock's duration: a ladder counts from level to level. */
  less?: DurationValue;
  /** The clock of the ladder that it is a part of: pausing one level's clock pauses the clock. */
  ladder?: string;
}

/** A step with where it stands. */
export interface StepInfo {
  id: string;
  step: MachineStep;
  /** The group or parallel around it, null at the top. */
  parent: string | null;
}

/** From the names in the machine back to the document. */
export interface SourceMap {
  steps: Map<string, StepInfo>;
  ways: Map<string, WayInfo>;
  clocks: Map<string, ClockInfo>;
}
