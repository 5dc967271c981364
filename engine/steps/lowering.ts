import type { Clock, Deadline } from "../time/clock.ts";
import type { DurationValue, PersonRef, Value } from "../words/reference.ts";
import type { Shared } from "./shapes.ts";
import type { Steps } from "./step.ts";
import type { On } from "./transition.ts";

/** A named action of the machine; everything it needs is in `params`, so that the exported machine says it all. */
export interface Act {
  type: string;
  params: Record<string, string | number | boolean | null>;
}

/** One transition of the machine; guards are named, with params. */
export interface Way {
  target?: string;
  reenter?: boolean;
  guard?: { type: string; params: Record<string, string | number> };
  actions?: Act[];
}

/** A state node of the machine: the part of XState's config that Rondo uses, plain JSON. */
export interface StateNode {
  id: string;
  type?: "final" | "parallel" | "history";
  /** Of a history state: the whole configuration that was left, however deep. */
  history?: "deep";
  /** Of a history state: where to begin when the frame was never entered. */
  target?: string;
  initial?: string;
  states?: Record<string, StateNode>;
  entry?: Act[];
  exit?: Act[];
  on?: Record<string, Way[]>;
  always?: Way[];
  after?: Record<string, Way[]>;
  onDone?: Way[];
  meta?: { step: string; kind: string };
}

/** What a clock of a step is for: it decides what the firing does. */
export type ClockPurpose = "deadline" | "until";

/** A step around others: what an `end` inside it answers to. */
export interface Frame {
  step: string;
  /** The branch, where the frame is a parallel. */
  branch: string;
}

/**
 * What a step kind may ask of the compiler while it lowers itself. The compiler keeps the source map: which transition,
 * clock and reference of the document each name in the machine stands for.
 */
export interface Lowering {
  /** The transitions of one event of a step, each registered; `guard` adds a condition of the step's own kind. */
  ways(step: string, event: string, on: On, guard?: Way["guard"]): Way[];
  /** Registers a clock and returns its name in the machine. */
  clock(step: string, title: string, purpose: ClockPurpose, clock: Clock | Deadline, less?: DurationValue): string;
  /** Lowers the steps inside a frame. */
  inside(steps: Steps, frame: Frame): Record<string, StateNode>;
  /** The frame that the step stands in, null at the top. */
  frame: Frame | null;
}

/** A step of a ladder: made by lowering an escalation, never written by an author. */
export interface LevelStep {
  kind: "level";
  title: string;
  description?: string;
  notify: PersonRef[];
  via: ("inbox" | "email")[];
  message?: string;
  starts?: { workflow: string; subject?: Value; with: Record<string, Value>; shared?: Shared };
  outcomes: string[];
  deadline?: { clock: Deadline; less?: DurationValue };
  /** The levels below it of the same clock, each with the clock by which it fires. */
  earlier?: { id: string; title: string; clock: Clock }[];
  on: On;
}
