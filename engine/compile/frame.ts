import type { Json } from "../words/json.ts";
import type { Value } from "../words/reference.ts";
import type { Context, StepMemory } from "./context.ts";
import type { WayInfo } from "./source-map.ts";

/**
 * What the machine's guards and actions may ask while one transition runs. Facts and "now" never ride on the event: after a
 * join or a group's end XState hands guards an internal event that carries nothing.
 */
export interface EvaluationFrame {
  now: number;
  /** Whether a transition's own condition holds. */
  holds(way: WayInfo, context: Context): boolean;
  /** The event that a decision step's rules choose. */
  decide(step: string, context: Context): string;
  /** The values that a transition or a record step sets. */
  values(key: string, set: Record<string, Value>, context: Context): Record<string, Json>;
  /** The people that a step asks, found when it is entered. */
  members(step: string, context: Context): string[];
  /** The one of many whose answer is being handled. */
  member(step: string): string | undefined;
  /** Told of each transition as it is taken. */
  took(way: WayInfo): void;
  /** Told when a bounded loop has no round left: the case blocks instead of going on. */
  exhausted(step: string, event: string): void;
  /** The case data that the event being handled sets. */
  given(): Record<string, Json>;
  /** What the event being handled says of a step that is being left. */
  answered(step: string): Partial<Pick<StepMemory, "outcome" | "by" | "comment" | "answers" | "score">> | undefined;
}

let current: EvaluationFrame | undefined;

/** The frame of the transition that is running; asking outside of one is our bug. */
export function frame(): EvaluationFrame {
  if (!current) throw new Error("a guard or action of a Rondo machine ran outside of an evaluation frame");
  return current;
}

/** Runs one synchronous transition inside a frame; a frame inside a frame is our bug. */
export function inFrame<Result>(evaluation: EvaluationFrame, run: () => Result): Result {
  if (current) throw new Error("an evaluation frame was opened inside another");
  current = evaluation;
  try {
    return run();
  } finally {
    current = undefined;
  }
}
