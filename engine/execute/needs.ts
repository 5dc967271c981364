import type { Compiled } from "../compile/compile.ts";
import type { FactUse } from "../rules/facts.ts";
import type { Json } from "../words/json.ts";
import { bindParams } from "./facts.ts";
import { headOf } from "./head.ts";
import type { CaseEvent, StartEvent } from "./journal.ts";
import { activeSteps, restore } from "./snapshot.ts";
import type { CaseState } from "./state.ts";

/** A stored fact to gather, with params bound to the case. */
export interface Need {
  fact: string;
  params: Record<string, Json>;
}

/** Facts that the case, the organisation or the parameters answer themselves. */
const SCOPES = new Set([
  "case",
  "trigger",
  "parameter",
  "period",
  "step",
  "person",
  "subject",
  "unit",
  "time",
  "answer",
]);

/**
 * The stored facts (`metric` and its kind) that guards may ask for before the case waits again, whichever way it goes: gather
 * them in one read, then advance. `state` is null for a case that is about to start.
 */
export function needs(compiled: Compiled, state: CaseState | null, event: StartEvent | CaseEvent): Need[] {
  const head = state
    ? headOf(compiled, state)
    : event.type === "start"
      ? headOf(compiled, { ...event, id: event.caseId, openedAt: 0 })
      : undefined;
  if (!head) return [];
  const uses = new Map<string, Need>();
  const add = (use: FactUse) => {
    const scope = use.fact.split(".", 1)[0]!;
    if ((use.fact.includes(".") && SCOPES.has(scope)) || scope === head.subject.type) return;
    const params = bindParams(use.params ?? {}, head);
    uses.set(`${use.fact}\n${JSON.stringify(params)}`, { fact: use.fact, params });
  };
  const from = state ? fromActive(compiled, state, event) : [compiled.config.initial];
  for (const step of from) for (const use of compiled.facts.get(step) ?? []) add(use);
  return [...uses.values()];
}

function fromActive(compiled: Compiled, state: CaseState, event: StartEvent | CaseEvent): string[] {
  if (state.status === "closed" || state.status === "cancelled") return [];
  if (event.type === "claim" || event.type === "transfer" || event.type === "cancel") return [];
  if (event.type === "complete") {
    const task = state.tasks[event.task];
    return task ? [task.step] : [];
  }
  return activeSteps(compiled, restore(compiled, state));
}
