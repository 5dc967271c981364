import type { Subject } from "../contract/subject.ts";
import type { Pause, Remainder } from "../time/pause.ts";
import type { Channel } from "../words/channel.ts";
import type { Json } from "../words/json.ts";
import type { Held } from "./held.ts";
import type { Joining, Member } from "./members.ts";
import type { OnBehalf } from "./people.ts";
import type { Together } from "./together.ts";

/** Which immutable version a case runs. */
export interface DefinitionPin {
  kind: "workflow" | "escalation";
  id: string;
  version: number;
  hash: string;
}

/** Work that a step gives to people. Only open tasks stand in a case's state; closed ones are history. */
export interface Task {
  /** `caseId/revision/n`: made by the engine, hence the same in every replay. */
  id: string;
  step: string;
  kind: "form" | "approval" | "calibration" | "level";
  title: string;
  /** The one of many whose task this is; absent where the step asks once. */
  member?: string;
  /** What it has in common with the tasks of other cases that are worked on together with it. */
  bundle?: string;
  /** How several people work on it; absent where any one of its people does it alone. */
  together?: Together;
  /** Form document, where the task has one. */
  form: string | null;
  outcomes: string[];
  /** Person ids: any one of them may act. */
  assignees: string[];
  /** Those of its people who act for somebody who is away; absent where all act for themselves. */
  onBehalf?: OnBehalf[];
  /** People who had it before somebody moved, and may still look at it; absent where there are none. */
  contributors?: string[];
  claimedBy: string | null;
  /** Why it is with these people, as a sentence. */
  because: string;
  openedAt: number;
  dueAt: number | null;
  overdue: boolean;
}

/** An armed clock. It fires only while it stands in the state; arming again raises the generation. */
export interface Timer {
  /** The send id that XState gives to the delayed event, stable per step and purpose. */
  id: string;
  step: string;
  title: string;
  generation: number;
  dueAt: number;
  /** Order of arming within the case: timers due at one instant fire in this order. */
  seq: number;
  armedAt: number;
  /** What it counts from, where that is not when it was armed: a complaint's date, the start of a recurrence. */
  from?: number;
}

/** A timer of a clock that stands still: what is left is kept until the clock goes on. */
export type FrozenTimer = Omit<Timer, "dueAt" | "generation"> & { remainder: Remainder };

/** What a case remembers of a clock that has been paused or reset. */
export interface ClockMemory {
  /** When it stood still, in order. */
  pauses: Pause[];
  /** Since when it stands still, and why: names of events, `condition <n>`, `case`. Absent while it runs. */
  paused?: { since: number; because: string[] };
  /** Since when it counts anew. */
  resetAt?: number;
  frozen: FrozenTimer[];
}

/** Why a case cannot go on by itself; an admin sees it at once. */
export interface Block {
  step: string;
  code: "no-actor" | "no-way" | "missing-facts" | "too-many-visits" | "incident";
  message: string;
  since: number;
  /** The case behind it: a child that failed. */
  caseId?: string;
}

/** Something asked of the outside whose answer the case waits for, or which must be told when a step is left. */
export interface Pending {
  /** The effect that asked. */
  effect: string;
  step: string;
  kind: "call" | "payout" | "subflow" | "escalation";
  /** The one of many that it is asked for. */
  member?: string;
  /** Whether the case behind it is shared: leaving it does not end it. */
  shared?: true;
}

/** What an admin did last, and the case as it stood before: what it takes to take it back. */
export interface Undoable {
  at: number;
  what: string;
  /** The act that it is a part of: with those before it that are, it is taken back whole. */
  act?: string;
  before: Omit<CaseState, "undo">;
}

/** A running case, whole: plain JSON, equal to the fold of its journal. */
export interface CaseState {
  id: string;
  definition: DefinitionPin;
  subject: Subject;
  period: string | null;
  /** The key that makes the case unique among open ones; null where the definition has none. */
  key: string | null;
  /** What started it, read by rules as `trigger.*`. */
  trigger: Record<string, Json>;
  parent: { caseId: string; effect: string } | null;
  /** Of a case that many share: who they are, in the order in which they came. Absent where it is one case's or nobody's. */
  members?: Member[];
  status: "open" | "blocked" | "closed" | "cancelled";
  outcome: string | null;
  result: Record<string, Json> | null;
  openedAt: number;
  closedAt: number | null;
  /** Number of journal entries folded into this state. */
  revision: number;
  /** XState's persisted snapshot (value, context, history). */
  machine: Json;
  tasks: Record<string, Task>;
  timers: Record<string, Timer>;
  /** Last generation given out per timer id. */
  generations: Record<string, number>;
  timerSeq: number;
  pending: Pending[];
  blocks: Block[];
  /** There only as long as nothing else has happened since. */
  undo?: Undoable;
  /** What happened before the case waited for it; absent where there is nothing. */
  held?: Held[];
  /** Steps that are done and that something undoes, in order; absent where there is none. */
  undoable?: string[];
  /** The case has been cancelled, and what these steps did is undone, the first of them next. */
  undoing?: { left: string[] };
  /** The case itself is paused: no clock of it runs and no task of it can be done. */
  halted?: { since: number; reason: string; by: string | null };
  /** It stands still because the case that began it does. */
  haltedWith?: { since: number; reason: string };
  /** Clocks that have been paused, by clock (`step.purpose`, or `ladder:<clock>`); absent where none ever was. */
  clocks?: Record<string, ClockMemory>;
}

/** What happened to a task in one step of a case. */
export interface TaskChange {
  what: "opened" | "done" | "cancelled" | "changed";
  task: Task;
  outcome?: string;
  by?: string | null;
}

/** A message to people: an inbox item at once, other channels by the outbox. */
export interface Message {
  /** `caseId/revision/m<n>`. */
  id: string;
  kind: "task" | "notice" | "escalation";
  to: string[];
  via: Channel[];
  title: string;
  /** Minimal: no ratings, no pay. */
  body: string;
  task: string | null;
}

/** Something to be done outside the transaction. `id` is `caseId/revision/n` and makes it safe to do twice. */
export type Effect =
  | {
      id: string;
      kind: "start-case";
      step: string;
      definition: { kind: "workflow" | "escalation"; id: string };
      subject: Subject;
      period: string | null;
      with: Record<string, Json>;
      key: string | null /** Whether the end of the child is answered to the parent. */;
      answer: boolean;
      /** Attaches to the open case with that key, or starts it; `withinMinutes` after it began it takes no more. */
      shared?: { withinMinutes?: number; members: Omit<Joining, "effect">[] };
    }
  | {
      id: string;
      kind: "signal-case";
      step: string /** The effect that started the child. */;
      child: string;
      event: string;
      data: Record<string, Json>;
    }
  | { id: string; kind: "answer-parent"; caseId: string; effect: string; outcome: string; data: Record<string, Json> }
  | { id: string; kind: "call"; step: string; url: string; body: Record<string, Json>; retries: number }
  /** The case waits once more for the answer to a call that it had stopped waiting for. */
  | { id: string; kind: "answer-again"; step: string; effect: string }
  | { id: string; kind: "payout"; step: string; plan: string; person: string; period: string }
  | { id: string; kind: "write-person"; step: string; person: string; field: string; value: Json }
  | {
      id: string;
      kind: "write-observation";
      step: string;
      metric: string;
      subject: Subject;
      period: string;
      value: Json;
    }
  | { id: string; kind: "write-record"; step: string; type: string; fields: Record<string, Json> }
  | { id: string; kind: "release"; step: string; fields: string[]; person: string | null; by: string | null };

/** What the runtime tells triggers and cadences; it becomes an effect only where a definition listens. */
export interface Announcement {
  on: "case.opened" | "case.closed" | "task.overdue" | "task.done";
  data: Record<string, Json>;
}
