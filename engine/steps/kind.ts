import type { Lowering, StateNode } from "./lowering.ts";

/** What a step kind is: its words, what it waits for, and how it becomes a state. One file per kind says it. */
export interface StepKindSpec<Step> {
  title: string;
  /** One line, for the palette and for help. */
  summary: string;
  /** What keeps a case in the step: it decides what counts as an endless loop and as an orphan. */
  waits: "people" | "time" | "an answer" | "steps" | "nothing";
  lower(id: string, step: Step, lowering: Lowering): StateNode;
}
