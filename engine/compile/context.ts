import type { Json } from "../words/json.ts";

/** What a case remembers of a step: how often it was entered, how it last ended, and what was answered there. */
export interface StepMemory {
  visits: number;
  enteredAt: number;
  outcome?: string;
  by?: string | null;
  at?: number;
  comment?: string;
  answers?: Record<string, Json>;
  score?: number | null;
  flagged?: boolean;
}

/** One of many who are asked at a step, and what they said. */
export interface MemberMemory {
  outcome?: string;
  by?: string | null;
  at?: number;
  answers?: Record<string, Json>;
  score?: number | null;
}

/** The machine's context: plain JSON, part of the snapshot. */
export interface Context {
  data: Record<string, Json>;
  steps: Record<string, StepMemory>;
  /** Outcomes of the ends inside each frame, by branch (`""` in a group). */
  ends: Record<string, Record<string, string>>;
  /** Who is asked at a step that asks many, by person, in the order in which they were found. */
  members: Record<string, Record<string, MemberMemory>>;
  /** How often each bounded transition was taken. */
  counts: Record<string, number>;
}

/** The context of a case that has not moved yet. */
export function freshContext(data: Record<string, Json>): Context {
  return { data, steps: {}, ends: {}, members: {}, counts: {} };
}
