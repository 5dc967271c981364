import type { Compiled } from "../compile/compile.ts";
import type { Beginning, Figure, PersonChange } from "../definition/story.ts";
import type { CaseEvent, JournalEntry } from "../execute/journal.ts";
import type { CaseState } from "../execute/state.ts";

/** A case on a stage, as it stands. */
export interface StagedCase {
  state: CaseState;
  journal: readonly JournalEntry[];
  compiled: Compiled;
}

/** Why something was not accepted. */
export interface Refused {
  code: string;
  message: string;
}

/** Something that runs cases in virtual time: the simulator, or a server with a manual clock. */
export interface Stage {
  /** Moves time on, never back; what is due on the way happens at its own instant. */
  advanceTo(at: number): Promise<void>;
  start(beginning: Beginning): Promise<Refused | undefined>;
  send(caseId: string, event: CaseEvent): Promise<Refused | undefined>;
  /** Figures come in. */
  figures(figures: readonly Figure[]): Promise<void>;
  /** Something else becomes known of people. */
  people(changes: readonly PersonChange[]): Promise<void>;
  /** In the order in which they were opened. */
  cases(): Promise<readonly StagedCase[]>;
  messages(): Promise<readonly { to: readonly string[]; title: string }[]>;
  /** Effects asked for so far, counted by kind. */
  effects(): Promise<Readonly<Record<string, number>>>;
}
