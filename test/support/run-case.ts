import type { Compiled } from "#engine/compile/compile.ts";
import { compile } from "#engine/compile/compile.ts";
import { catalogueOf } from "#engine/definition/catalogue.ts";
import type { Definition } from "#engine/definition/definition.ts";
import type { Escalation } from "#engine/definition/escalation.ts";
import type { Workflow } from "#engine/definition/workflow.ts";
import { advance } from "#engine/execute/advance.ts";
import type { CaseEvent, JournalEntry } from "#engine/execute/journal.ts";
import type { Outcome, Refusal } from "#engine/execute/outcome.ts";
import { start } from "#engine/execute/start.ts";
import type { CaseState } from "#engine/execute/state.ts";
import type { World } from "#engine/execute/world.ts";

/** One case in memory: events in, journal kept, due timers fired in order when time moves. */
export class RunningCase {
  readonly compiled: Compiled;
  readonly journal: JournalEntry[] = [];
  readonly outcomes: Outcome[] = [];
  world: World;
  now: number;
  state: CaseState;

  constructor(
    documents: Definition[],
    id: string,
    world: World,
    now: number,
    more: Partial<{
      subject: CaseState["subject"];
      period: string | null;
      trigger: CaseState["trigger"];
      data: CaseState["trigger"];
    }> = {},
  ) {
    const definition = documents.find(
      (one) => one.id === id && (one.kind === "workflow" || one.kind === "escalation"),
    ) as Workflow | Escalation;
    this.compiled = compile(definition, catalogueOf(documents));
    this.world = {
      ...world,
      parameters: {
        ...Object.fromEntries(
          Object.entries(this.compiled.parameters).map(([name, parameter]) => [name, parameter.default]),
        ),
        ...world.parameters,
      },
    };
    this.now = now;
    const begun = start(
      this.compiled,
      {
        caseId: "case-1",
        definition: { kind: definition.kind, id, version: 1, hash: this.compiled.hash },
        subject: more.subject ?? { kind: "person", id: "ana" },
        period: more.period === undefined ? "2026" : more.period,
        key: null,
        trigger: more.trigger ?? {},
        data: more.data ?? {},
        parent: null,
        by: null,
      },
      this.world,
      now,
    );
    if (!begun.ok) throw new Error(begun.message);
    this.keep(begun);
    this.state = begun.state;
  }

  private keep(outcome: Outcome): void {
    this.state = outcome.state;
    this.journal.push(outcome.entry);
    this.outcomes.push(outcome);
  }

  /** Sends an event now; due timers first, as the runtime does. */
  send(event: CaseEvent): Outcome | Refusal {
    this.fireDue();
    const answer = advance(this.compiled, this.state, event, this.world, this.now);
    if (answer.ok) this.keep(answer);
    return answer;
  }

  /** Completes the open task of a step as the first of its people. */
  complete(step: string, outcome: string, answers: CaseState["trigger"] = {}): Outcome | Refusal {
    this.fireDue();
    const task = Object.values(this.state.tasks).find((one) => one.step === step);
    if (!task)
      throw new Error(`no open task at ${step}; open: ${Object.values(this.state.tasks).map((one) => one.step)}`);
    return this.send({ type: "complete", task: task.id, outcome, answers, by: task.assignees[0] ?? null });
  }

  /** Moves time forward, firing every timer at its own instant. */
  to(now: number): this {
    for (;;) {
      const next = Object.values(this.state.timers).sort((a, b) => a.dueAt - b.dueAt || a.seq - b.seq)[0];
      if (!next || next.dueAt > now) break;
      this.now = Math.max(this.now, next.dueAt);
      this.fireDue();
    }
    this.now = now;
    return this;
  }

  private fireDue(): void {
    for (;;) {
      const due = Object.values(this.state.timers)
        .filter((timer) => timer.dueAt <= this.now)
        .sort((a, b) => a.dueAt - b.dueAt || a.seq - b.seq)[0];
      if (!due) return;
      const answer = advance(
        this.compiled,
        this.state,
        { type: "timer", timer: due.id, generation: due.generation },
        this.world,
        this.now,
      );
      if (!answer.ok) throw new Error(answer.message);
      this.keep(answer);
    }
  }

  get steps(): string[] {
    return this.journal.at(-1)!.active;
  }

  get people(): string[] {
    return Object.values(this.state.tasks)
      .flatMap((task) => task.assignees)
      .sort();
  }
}
