import type { Compiled } from "../compile/compile.ts";
import type { FactUse } from "../rules/facts.ts";
import type { Json } from "../words/json.ts";
import { isUndoing, undoSteps } from "./cancel.ts";
import { bindParams, type CaseHead } from "./facts.ts";
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
  "event",
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
  const from = state ? fromActive(compiled, state, event) : [compiled.config.initial];
  const undoing = state && (event.type === "cancel" || isUndoing(state)) ? undoSteps(compiled) : [];
  return storedNeeds(
    [...from, ...undoing].flatMap((step) => compiled.facts.get(step) ?? []),
    head,
  );
}

/** Those of the facts that are stored ones, each once, with params bound to a case's subject and period. */
export function storedNeeds(uses: Iterable<FactUse>, head: Pick<CaseHead, "subject" | "period">): Need[] {
  const found = new Map<string, Need>();
  for (const use of uses) {
    const scope = use.fact.split(".", 1)[0]!;
    if ((use.fact.includes(".") && SCOPES.has(scope)) || scope === head.subject.type) continue;
    const params = bindParams(use.params ?? {}, head);
    found.set(`${use.fact}\n${JSON.stringify(params)}`, { fact: use.fact, params });
  }
  return [...found.values()];
}

/** Whether an event may ask guards and conditions anything; others only change who does what, and when. */
export function asksFacts(event: StartEvent | CaseEvent): boolean {
  return !["claim", "transfer", "pass", "cancel", "rearm", "pause", "resume"].includes(event.type);
}

function fromActive(compiled: Compiled, state: CaseState, event: StartEvent | CaseEvent): string[] {
  if (state.status === "closed" || state.status === "cancelled") return [];
  if (!asksFacts(event)) return [];
  // Also for one completed task: a decision that is stuck in another branch is asked again with every event.
  return activeSteps(compiled, restore(compiled, state));
}
