import type { Compiled } from "../compile/compile.ts";
import type { Subject } from "../contract/subject.ts";
import { shownAnswers } from "../definition/form-answers.ts";
import type { Json } from "../words/json.ts";
import type { Draft } from "./draft.ts";
import type { CaseEvent } from "./journal.ts";
import type { CaseState, Effect } from "./state.ts";

/** One who attaches to a case that many share: a case that asked for it, or something that merely happened once more. */
export interface Joining {
  /** The effect that asked; by it the member is answered, and leaves. */
  effect: string;
  /** The case that asked; null where a trigger did. */
  caseId: string | null;
  /** Whether that case waits for the end. */
  waits: boolean;
  subject: Subject;
  /** What came with it, e.g. the values of a breach. */
  data: Record<string, Json>;
}

/** A member of a shared case. */
export interface Member extends Joining {
  joinedAt: number;
  /** What was decided for this member, where that differs from member to member. */
  said?: Record<string, Json>;
}

/** The members that an effect brings to a shared case, each with an effect id of its own. */
export function joiningOf(effect: Extract<Effect, { kind: "start-case" }>): Joining[] {
  return (effect.shared?.members ?? []).map((member, n) => ({
    effect: n === 0 ? effect.id : `${effect.id}/${n}`,
    ...member,
  }));
}

/** The members after somebody joined. Who happens again, and nothing waits for it, is there once, with the latest of it. */
export function joined(members: readonly Member[], joining: readonly Joining[], now: number): Member[] {
  const result = [...members];
  for (const one of joining) {
    if (result.some((member) => member.effect === one.effect)) continue;
    const known = one.caseId === null ? result.findIndex((member) => isSame(member, one)) : -1;
    if (known < 0) result.push({ ...one, joinedAt: now });
    else result[known] = { ...result[known]!, data: one.data };
  }
  return result;
}

const isSame = (member: Member, { subject }: Joining): boolean =>
  member.caseId === null && member.subject.kind === subject.kind && member.subject.id === subject.id;

/** The members of a case after an event, before the machine hears of it; undefined for a case that nobody shares. */
export function membersAfter(
  compiled: Compiled,
  state: CaseState,
  event: { type: string },
  now: number,
): Member[] | undefined {
  if (!state.members) return undefined;
  const said = event as CaseEvent;
  if (said.type === "join") return joined(state.members, said.members, now);
  if (said.type === "leave") return state.members.filter((member) => member.effect !== said.effect);
  if (said.type !== "complete") return state.members;
  const task = state.tasks[said.task];
  if (!task || (task.kind !== "calibration" && !said.rows)) return state.members;
  const form = task.form ? compiled.forms.get(task.form) : undefined;
  return state.members.map((member) => {
    const answers = { ...said.answers, ...said.rows?.[member.subject.id] };
    // What is shown for one of them may be hidden for another, whose own answers differ.
    return { ...member, said: { ...member.said, ...(form ? shownAnswers(form, answers) : answers) } };
  });
}

/** What a task is answered with: of a session once for each row that has its own, and once for all the others. */
export function answerSets(
  state: CaseState,
  { answers = {}, rows = {} }: Extract<CaseEvent, { type: "complete" }>,
): Record<string, Json>[] {
  const own = Object.values(rows).map((row) => ({ ...answers, ...row }));
  return state.members?.length && own.length >= state.members.length ? own : [...own, answers];
}

/** Whether the last member has left: nobody is there any more whom the case would be about. */
export const deserted = (state: CaseState, event: { type: string }): boolean =>
  event.type === "leave" && state.members?.length === 0;

/** The words to all who wait for a shared case that has ended. */
export function answerMembers(draft: Draft): void {
  const { state } = draft;
  for (const member of state.members ?? []) {
    if (member.caseId === null || !member.waits) continue;
    draft.effect({
      kind: "answer-parent",
      caseId: member.caseId,
      effect: member.effect,
      outcome: state.status === "cancelled" ? "failed" : (state.outcome ?? "done"),
      data: {
        ...(state.status === "cancelled" ? { message: "the case that it shared was cancelled", case: state.id } : {}),
        ...state.result,
        ...member.said,
      },
    });
  }
}

/** The events by which a ladder of many hears that none is left: it is resolved. Other cases are cancelled. */
export function desertedEvents(compiled: Compiled, active: readonly string[]): { type: string }[] {
  if (compiled.definition.kind !== "escalation") return [];
  return active.filter((step) => drawsResolved(compiled, step)).map((step) => ({ type: `${step}.resolved` }));
}

function drawsResolved(compiled: Compiled, id: string): boolean {
  const step = compiled.map.steps.get(id)?.step;
  return step !== undefined && (step.kind === "level" || step.kind === "wait") && step.on.resolved !== undefined;
}
