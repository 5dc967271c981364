import type { Subject } from "../contract/subject.ts";
import type { Json } from "../words/json.ts";
import type { Joining } from "./members.ts";
import type { DefinitionPin } from "./state.ts";

/** How a case begins. */
export interface StartEvent {
  type: "start";
  caseId: string;
  definition: DefinitionPin;
  subject: Subject;
  period: string | null;
  key: string | null;
  trigger: Record<string, Json>;
  data: Record<string, Json>;
  parent: { caseId: string; effect: string } | null;
  /** Of a case that many share: who asked for it first. */
  members?: Joining[];
  /** The case that began it stands still, and this one with it. */
  haltedWith?: { reason: string };
  by: string | null;
}

/** What may happen to a running case. `by` is a person id, null for the system itself. */
export type CaseEvent =
  | {
      type: "complete";
      task: string;
      outcome: string;
      answers?: Record<string, Json>;
      comment?: string;
      /** Of a session: what is different for each subject, by subject id, over `answers`. */
      rows?: Record<string, Record<string, Json>>;
      by: string | null;
    }
  | { type: "claim"; task: string; by: string }
  /** Passes a task that several people work on in turns to another of them: the one named, else the next. */
  | {
      type: "pass";
      task: string;
      to?: string;
      answers?: Record<string, Json>;
      comment?: string;
      by: string | null;
    }
  /** `act`: the one act that several of them are, and that is taken back whole. */
  | { type: "transfer"; task: string; to: string; reason: string; by: string | null; act?: string }
  | {
      type: "event";
      event: string;
      /** Where only one step is meant; else whichever steps wait for it. */
      step?: string;
      data?: Record<string, Json>;
      by: string | null;
    }
  | { type: "timer"; timer: string; generation: number }
  /** The answer to an effect: a child case ended, a webhook answered, a payout was booked. */
  | { type: "answer"; effect: string; outcome: string; data?: Record<string, Json> }
  /** Somebody attaches to a case that many share, or leaves it. */
  | { type: "join"; members: Joining[]; by: string | null }
  | { type: "leave"; effect: string; reason: string; by: string | null }
  /** An admin takes the case to a step by hand: forward or back; of a case that has ended, `reopen`. */
  | { type: "move"; to: string; reason: string; by: string | null }
  | { type: "reopen"; to: string; reason: string; by: string | null }
  /** An admin corrects case data. */
  | { type: "set-data"; data: Record<string, Json>; reason: string; by: string | null }
  /** Takes back what an admin did last. */
  | { type: "undo"; reason: string; by: string | null }
  /** People moved: open tasks follow as the workflow says. */
  | { type: "follow"; reason: string; by: string | null }
  /** `told`: the case that began it said so, and waits for no answer to it. */
  | { type: "cancel"; reason: string; by: string | null; told?: true }
  | { type: "retry"; reason: string; by: string | null }
  /** A parameter was changed for open cases at once: clocks that count by parameters are set anew. */
  | { type: "rearm"; reason: string; by: string | null }
  /** Facts may have changed that pause a clock: the conditions are looked at again. */
  | { type: "look"; reason: string; by: string | null }
  /** Something happened that a wait of the case is for, before the case waits: it counts until an instant. */
  | { type: "hold"; step: string; event: string; data: Record<string, Json>; until: number; by: null }
  /** The whole case stands still, and goes on. `told`: with the case that began it. */
  | { type: "pause"; reason: string; by: string | null; told?: true }
  | { type: "resume"; reason: string; by: string | null; told?: true };

/** A fact that was read for an answer, with the instant or date it stands for where known. */
export interface FactRead {
  fact: string;
  params?: Record<string, Json>;
  value: Json;
  asOf?: string;
}

/**
 * One answer that the evaluation frame gave during a transition, in order. Replay reads the answers back instead of
 * asking again, so a journal gives the same state whatever has become of the facts, the people and the rules.
 */
export interface TapeItem {
  /** What was asked: a guard's verdict, a decision, people for a reference, a value, an instant. */
  ask: "verdict" | "decision" | "people" | "value" | "due";
  /** Where in the definition, e.g. `outlier` or `acknowledge.disputed.0`. */
  key: string;
  /**
   * A verdict is true, false or `{ missing: [facts] }`; a decision `{ outcome, rule, params, missing }`; people
   * `{ people, because }`; values a record; an instant a number.
   */
  answer: Json;
  facts?: FactRead[];
  /** For people: the sentence that says why these. */
  because?: string;
}

/** One line of the append-only log of a case. */
export interface JournalEntry {
  /** Equal to the revision after it. */
  seq: number;
  at: number;
  /** When it should have happened, for timers. */
  dueAt: number | null;
  late: boolean;
  by: string | null;
  /** For whom `by` acted, being away themselves. */
  onBehalf?: string;
  event: StartEvent | CaseEvent;
  tape: TapeItem[];
  /** Transitions taken, in order: for drawing the path. */
  taken: { from: string; to: string; event: string }[];
  /** Steps where the case stands afterwards. */
  active: string[];
}
