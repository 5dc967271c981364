import type { Compiled } from "../compile/compile.ts";
import { Incident } from "./incident.ts";
import type { Outcome } from "./outcome.ts";
import type {
  Announcement,
  Block,
  CaseState,
  ClockMemory,
  Effect,
  FrozenTimer,
  Message,
  Task,
  TaskChange,
  Timer,
} from "./state.ts";

type WithoutId<T> = T extends unknown ? Omit<T, "id"> : never;

/** How often a clock may be set anew before one that is due at once means that the case goes in a circle. */
const MOST_ROUNDS = 100;

/** A case being changed by one event: the next state, and all that the runtime must commit with it. */
export class Draft {
  readonly state: CaseState;
  readonly now: number;
  readonly tasks: TaskChange[] = [];
  readonly armed: Timer[] = [];
  readonly cancelled: { id: string; generation: number }[] = [];
  readonly messages: Message[] = [];
  readonly effects: Effect[] = [];
  readonly announcements: Announcement[] = [];
  private count = 0;

  constructor(state: CaseState, now: number) {
    this.now = now;
    this.state = {
      ...state,
      revision: state.revision + 1,
      tasks: { ...state.tasks },
      timers: { ...state.timers },
      generations: { ...state.generations },
      pending: [...state.pending],
      blocks: [...state.blocks],
    };
  }

  /** The next id of this revision: stable in every replay, since the same things are made in the same order. */
  nextId(): string {
    return `${this.state.id}/${this.state.revision}/${++this.count}`;
  }

  openTask(task: Omit<Task, "id" | "openedAt" | "overdue" | "claimedBy" | "dueAt">): Task {
    const opened: Task = {
      ...task,
      id: this.nextId(),
      openedAt: this.now,
      overdue: false,
      claimedBy: null,
      dueAt: null,
    };
    this.state.tasks[opened.id] = opened;
    this.tasks.push({ what: "opened", task: opened });
    return opened;
  }

  /** Replaces an open task; one opened by this same event stays one change. */
  changeTask(task: Task, change: Partial<Task>): void {
    const changed = { ...task, ...change };
    this.state.tasks[task.id] = changed;
    const opened = this.tasks.find((other) => other.task.id === task.id && other.what !== "done");
    if (opened) opened.task = changed;
    else this.tasks.push({ what: "changed", task: changed });
  }

  closeTask(task: Task, what: "done" | "cancelled", outcome?: string, by?: string | null): void {
    delete this.state.tasks[task.id];
    this.tasks.push({ what, task, ...(outcome ? { outcome } : {}), ...(by !== undefined ? { by } : {}) });
  }

  arm(id: string, step: string, title: string, dueAt: number, from?: number): Timer {
    const generation = (this.state.generations[id] ?? 0) + 1;
    if (dueAt <= this.now && generation > MOST_ROUNDS) {
      const times = `has come round ${MOST_ROUNDS} times and is due at once again`;
      throw new Incident(`The clock of "${title}" ${times}: the case would go in a circle without time passing.`);
    }
    const counts = from === undefined ? {} : { from };
    const timer: Timer = {
      id,
      step,
      title,
      generation,
      dueAt,
      seq: ++this.state.timerSeq,
      armedAt: this.now,
      ...counts,
    };
    this.state.generations[id] = generation;
    this.state.timers[id] = timer;
    this.armed.push(timer);
    return timer;
  }

  /** Disarms a timer, also one that stands still; one armed by this same event was never anywhere else. */
  disarm(id: string): void {
    for (const [key, memory] of Object.entries(this.state.clocks ?? {})) {
      const frozen = memory.frozen.filter((timer) => timer.id !== id);
      if (frozen.length < memory.frozen.length) this.remember(key, { ...memory, frozen });
    }
    const timer = this.state.timers[id];
    if (!timer) return;
    delete this.state.timers[id];
    const armedHere = this.armed.indexOf(timer);
    if (armedHere >= 0) this.armed.splice(armedHere, 1);
    else this.cancelled.push({ id, generation: timer.generation });
  }

  /** Sets an armed timer to another instant: the next generation of it, still counted from when it was first armed. */
  rearm(timer: Timer | FrozenTimer, dueAt: number): Timer {
    const { armedAt, seq } = timer;
    this.disarm(timer.id);
    const again = this.arm(timer.id, timer.step, timer.title, dueAt, timer.from);
    again.armedAt = armedAt;
    again.seq = seq;
    return again;
  }

  /** Keeps what is to be remembered of a clock; null forgets it. */
  remember(key: string, memory: ClockMemory | null): void {
    const { [key]: _, ...others } = this.state.clocks ?? {};
    const clocks = memory === null ? others : { ...others, [key]: memory };
    if (Object.keys(clocks).length > 0) this.state.clocks = clocks;
    else delete this.state.clocks;
  }

  effect(effect: WithoutId<Effect>): string {
    const id = this.nextId();
    this.effects.push({ id, ...effect } as Effect);
    return id;
  }

  message(message: Omit<Message, "id">, bundle?: string): void {
    // Numbered apart: a replay makes no messages, and the ids of tasks and effects must not depend on them.
    // Of tasks that are worked on together people hear once a day, however many there are.
    const id = bundle
      ? `bundle/${bundle}/${new Date(this.now).toISOString().slice(0, 10)}`
      : `${this.state.id}/${this.state.revision}/m${this.messages.length + 1}`;
    if (message.to.length > 0) this.messages.push({ id, ...message });
  }

  block(step: string, code: Block["code"], message: string, caseId?: string): void {
    if (this.state.blocks.some((block) => block.step === step && block.code === code)) return;
    this.state.blocks.push({ step, code, message, since: this.now, ...(caseId === undefined ? {} : { caseId }) });
  }

  /** Forgets why the case was stuck, for another try, and answers it. */
  unblock(): Block[] {
    const { blocks } = this.state;
    this.state.blocks = [];
    return blocks;
  }

  /** Everything as the runtime takes it. */
  done(): Omit<Outcome, "ok" | "entry"> {
    return {
      state: this.state,
      tasks: this.tasks,
      timers: { armed: this.armed, cancelled: this.cancelled },
      messages: this.messages,
      effects: this.effects,
      announcements: this.announcements,
    };
  }
}

/** The open tasks of a step. */
export function tasksOf(state: CaseState, step: string): Task[] {
  return Object.values(state.tasks).filter((task) => task.step === step);
}

/** The title of a step, for people. */
export function titleOf(compiled: Compiled, step: string): string {
  return compiled.map.steps.get(step)?.step.title ?? step;
}
