import type { Escalation } from "../definition/escalation.ts";
import type { LevelStep } from "../steps/lowering.ts";
import type { PersonRef } from "../words/reference.ts";
import { actorOf, type Carrying } from "./carrying.ts";
import { subjectName } from "./messages.ts";
import { findPeople } from "./people.ts";

/** Who answers for a ladder: whoever it falls back on, else the HR administrators. */
function ownerOf(escalation: Partial<Escalation>): PersonRef {
  return escalation.fallback ?? { role: "hr-admin" };
}

/** A level that reaches nobody gives its turn to the next; who answers for the ladder hears that it was skipped. */
export function tellOfSkipped(level: LevelStep, carrying: Carrying): void {
  const { compiled, draft, head, context, world, event, said } = carrying;
  if (!world || level.notify.length === 0) return;
  const question = { head, context, world, now: draft.now, actor: actorOf(event), said };
  const to = findPeople([ownerOf(compiled.definition as Partial<Escalation>)], question).answer as string[];
  draft.message({
    kind: "notice",
    to,
    via: ["inbox"],
    title: `Skipped: ${level.title}, ${subjectName(head, world)}`,
    body: `"${level.title}" of ${compiled.definition.title} reaches nobody, so that the next level's turn came at once. Look at whom it tells.`,
    task: null,
  });
}
