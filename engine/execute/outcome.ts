import type { JournalEntry } from "./journal.ts";
import type { Announcement, CaseState, Effect, Message, TaskChange, Timer } from "./state.ts";

/** What the engine answers to an accepted event: everything that the runtime must commit, as data. */
export interface Outcome {
  ok: true;
  state: CaseState;
  entry: JournalEntry;
  tasks: TaskChange[];
  timers: { armed: Timer[]; cancelled: { id: string; generation: number }[] };
  messages: Message[];
  effects: Effect[];
  announcements: Announcement[];
}

/** What a case accepts now, and from whom. */
export interface Possible {
  event: string;
  step: string;
  title: string;
  task: string | null;
  people: string[];
}

/** Why an event was not accepted; nothing changed. */
export interface Refusal {
  ok: false;
  code:
    | "closed"
    | "not-possible"
    | "no-such-task"
    | "not-yours"
    | "already-claimed"
    | "too-early"
    | "paused"
    | "stale-timer"
    | "incident"
    | "bad-answers";
  message: string;
  possible: Possible[];
}
