import type { ApprovalStep } from "../steps/approval.ts";
import type { CalibrationStep } from "../steps/calibration.ts";
import { outcomesOf } from "../steps/events.ts";
import type { FormStep } from "../steps/form.ts";
import type { Json } from "../words/json.ts";
import { type Carrying, find } from "./carrying.ts";
import type { Draft } from "./draft.ts";
import type { CaseEvent } from "./journal.ts";
import type { CaseState, Task } from "./state.ts";
import type { World } from "./world.ts";

/** How several people work on one task. */
export interface Together {
  /** `iterative`: whoever has it works on it and passes it on. `collaborative`: all work on it at once. */
  mode: "iterative" | "collaborative";
  /** The people of each actor, in the order of the document; any one of a party may act for it. */
  parties: string[][];
  /** The party that hands it in, by position. */
  exit: number;
  /** The party that has it; null where all do. */
  holder: number | null;
  /** How often it was passed on. */
  passes: number;
  /** What has been written so far by those who passed it on. */
  answers: Record<string, Json>;
}

type AskingStep = FormStep | ApprovalStep | CalibrationStep;

/** Whether a step is worked on by several people together. */
export const isTogether = (step: { mode?: string }): boolean => step.mode !== undefined && step.mode !== "single";

/** The actor who hands a step in, by position: the last where the step does not say. */
export const exitOf = (step: { exit?: number; actors?: readonly unknown[] }): number =>
  step.exit ?? Math.max(0, (step.actors?.length ?? 1) - 1);

/** Opens the one task of several people: each of the actors must be found, or the case says that it is stuck. */
export function openTogether(step: string, asking: AskingStep, carrying: Carrying): boolean {
  const { draft } = carrying;
  const parties = (asking.actors ?? []).map((ref) => find(step, [ref], carrying));
  const nobody = parties.find((party) => party.found.length === 0);
  if (nobody || parties.length === 0) {
    const because = nobody?.because || "the step names nobody";
    draft.block(step, "no-actor", `Nobody was found for "${asking.title}": ${because}.`);
    return false;
  }
  const iterative = asking.mode === "iterative";
  const together: Together = {
    mode: iterative ? "iterative" : "collaborative",
    parties: parties.map((party) => party.found),
    exit: exitOf(asking),
    holder: iterative ? 0 : null,
    passes: 0,
    answers: {},
  };
  draft.openTask({
    step,
    kind: asking.kind,
    title: asking.title,
    form: asking.form ?? null,
    outcomes: outcomesOf(asking),
    assignees: holdersOf(together),
    because: iterative ? parties[0]!.because : parties.map((party) => party.because).join("; "),
    together,
  });
  return true;
}

/** The people who may work on a task now. */
export const holdersOf = ({ holder, parties }: Together): string[] =>
  holder === null ? [...new Set(parties.flat())] : parties[holder]!;

/** The people who may hand a task in: those of its exit, and in turns only while they have it. */
export function handersOf(task: Pick<Task, "assignees" | "together">): readonly string[] {
  const { together, assignees } = task;
  if (!together) return assignees;
  const exit = together.parties[together.exit] ?? [];
  return assignees.filter((person) => exit.includes(person));
}

/** To which party a task is passed: the one that somebody belongs to, else the next in order. Undefined where there is none. */
export function partyFor(together: Together, to: string | undefined): number | undefined {
  const { holder, parties } = together;
  if (holder === null) return undefined;
  if (to === undefined) return parties.length > 1 ? (holder + 1) % parties.length : undefined;
  const party = parties.findIndex((people, position) => position !== holder && people.includes(to));
  return party < 0 ? undefined : party;
}

/** Passes a task on with what was written. */
export function pass(draft: Draft, task: Task, event: Extract<CaseEvent, { type: "pass" }>, world: World | null): void {
  const { together } = task;
  const holder = together && partyFor(together, event.to);
  if (!together || holder === undefined) return;
  const answers = { ...together.answers, ...(event.answers ?? {}) };
  const passed: Together = { ...together, holder, passes: together.passes + 1, answers };
  const because = event.comment ? `passed on: ${event.comment}` : "passed on";
  draft.changeTask(task, { together: passed, assignees: holdersOf(passed), claimedBy: null, because });
  if (!world) return;
  const from = event.by === null ? "" : ` by ${world.directory.nameOf(event.by)}`;
  draft.message({
    kind: "task",
    to: holdersOf(passed),
    via: ["inbox", "email"],
    title: task.title,
    body: `Passed on to you${from}${event.comment ? `: ${event.comment}` : "."}`,
    task: task.id,
  });
}

/** The parties of a task once one of them was handed over: the one that has it, else the one that hands it in. */
export function handedOver(together: Together, to: string): Together {
  const party = together.holder ?? together.exit;
  return { ...together, parties: together.parties.map((people, position) => (position === party ? [to] : people)) };
}

/** The answers that a task is handed in with: what was passed on, and what is sent now. */
export function answersWith(
  state: CaseState,
  event: { task: string; answers?: Record<string, Json> },
): Record<string, Json> | undefined {
  const together = state.tasks[event.task]?.together;
  return together ? { ...together.answers, ...(event.answers ?? {}) } : event.answers;
}
