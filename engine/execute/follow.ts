import type { Workflow } from "../definition/workflow.ts";
import type { LevelStep } from "../steps/lowering.ts";
import type { Step } from "../steps/step.ts";
import type { PersonRef } from "../words/reference.ts";
import { type Carrying, type LadderLevel, peopleAt } from "./carrying.ts";
import { membersAfterMove } from "./follow-each.ts";
import { type Holders, holdersAfter, type OnMove } from "./holders.ts";
import type { Task } from "./state.ts";
import { holdersOf, type Together } from "./together.ts";

/** Who has a task that several people do together, party by party. */
type HoldersTogether = Holders & { parties?: string[][] };

/** The key on the tape of who has the tasks of many, of several together, and of levels. */
const OTHERS = "follow";

/**
 * Open tasks follow people who moved, as the workflow's `onMove` says: `keep` leaves them with whoever has them, `move` gives them
 * to whom the step finds now, `share` to both, `majority` to whom it finds for most days of the period; who had it before looks on
 * as a contributor. Due dates stay. No task ends with nobody: where nobody new is found it stays, and a task of people who have
 * all left follows whatever the policy, which is what a level of a ladder does: the next one finds who is responsible by then.
 * Answers whether anything changed.
 */
export function follow(carrying: Carrying): boolean {
  const { compiled, draft, tape, world } = carrying;
  const policy = (compiled.definition as Partial<Workflow>).onMove ?? "keep";
  const tasks = Object.values(draft.state.tasks);
  let changed = false;
  for (const task of tasks.filter((one) => isPlain(one))) {
    const { refs } = askedBy(task, carrying);
    if (refs.length === 0) continue;
    const holders = tape.ask("people", `${task.id}.follow`, () => {
      const found = holdersAfter(task, askedAt(refs, carrying), policy, carrying);
      return { answer: found && { ...found }, ...(found ? { because: found.because } : {}) };
    }) as unknown as Holders | null;
    if (!holders) continue;
    changed = true;
    handOn(task, holders, carrying);
  }
  // On the tape only where something changes: a journal written before these followed has nothing there.
  const found = world ? othersAfter(tasks, policy, carrying) : undefined;
  if (found?.size === 0 || (!found && !tape.items.some(({ key }) => key === OTHERS))) return changed;
  const after = tape.ask("people", OTHERS, () => ({
    answer: Object.fromEntries([...found!].map(([id, holders]) => [id, { ...holders }])),
  })) as unknown as Record<string, HoldersTogether>;
  for (const task of tasks) if (after[task.id]) handOn(task, after[task.id]!, carrying);
  return true;
}

/** A task that any one of whom its step asks does alone. */
const isPlain = ({ member, together, kind }: Task): boolean =>
  member === undefined && together === undefined && kind !== "level";

/** Whom a task's step asks, and how a level reaches them. */
function askedBy({ step }: Task, { compiled }: Carrying): { refs: readonly PersonRef[]; ladder?: LadderLevel } {
  const drawn = compiled.map.steps.get(step)!.step;
  if (drawn.kind === "level") {
    const level = drawn as LevelStep;
    return { refs: level.notify, ladder: level };
  }
  const { actors, actor } = drawn as Partial<Extract<Step, { kind: "form" }>>;
  return { refs: actors ?? (actor ? [actor] : []) };
}

const askedAt = (refs: readonly PersonRef[], carrying: Carrying, ladder?: LadderLevel) => (at: number) => {
  const { found, because } = peopleAt(at, refs, carrying, ladder);
  return { people: found, because };
};

/** Who has the tasks of many, of several together, and of levels, where that changes. */
function othersAfter(tasks: readonly Task[], policy: OnMove, carrying: Carrying): Map<string, HoldersTogether> {
  const after = new Map<string, HoldersTogether>();
  const each = Map.groupBy(
    tasks.filter(({ member }) => member !== undefined),
    ({ step }) => step,
  );
  for (const [step, open] of each)
    for (const [id, holders] of membersAfterMove(step, open, policy, carrying)) after.set(id, holders);
  for (const task of tasks) {
    if (isPlain(task) || task.member !== undefined) continue;
    const { refs, ladder } = askedBy(task, carrying);
    const holders = task.together
      ? partiesAfter(task, task.together, refs, policy, carrying)
      : holdersAfter(task, askedAt(refs, carrying, ladder), policy, carrying);
    if (holders) after.set(task.id, holders);
  }
  return after;
}

/** Of a task of several, each actor's people by themselves; null where nothing changes. */
function partiesAfter(
  task: Task,
  together: Together,
  refs: readonly PersonRef[],
  policy: OnMove,
  carrying: Carrying,
): HoldersTogether | null {
  const { contributors = [] } = task;
  const found = together.parties.map((assignees, n) =>
    refs[n] ? holdersAfter({ assignees }, askedAt([refs[n]], carrying), policy, carrying) : null,
  );
  if (found.every((one) => one === null)) return null;
  const parties = together.parties.map((people, n) => found[n]?.owners ?? people);
  const lookOn = new Set([...contributors, ...found.flatMap((one) => one?.contributors ?? [])]);
  for (const person of parties.flat()) lookOn.delete(person);
  const owners = holdersOf({ ...together, parties });
  const because = found.flatMap((one) => one?.because ?? []).join("; ");
  const same = owners.join() === task.assignees.join() && parties.join() === together.parties.join();
  return same && lookOn.size === contributors.length ? null : { owners, contributors: [...lookOn], because, parties };
}

function handOn(task: Task, { owners, contributors, because, parties }: HoldersTogether, carrying: Carrying): void {
  const claimedBy = task.claimedBy !== null && owners.includes(task.claimedBy) ? task.claimedBy : null;
  const { contributors: _, ...rest } = task;
  carrying.draft.changeTask(rest as Task, {
    assignees: owners,
    claimedBy,
    because,
    ...(contributors.length > 0 ? { contributors } : {}),
    ...(parties ? { together: { ...task.together!, parties } } : {}),
  });
  tell(task, owners, carrying);
}

/** Whoever has a task that they did not have before hears of it. */
function tell(task: Task, owners: readonly string[], { draft, world, compiled }: Carrying): void {
  const to = owners.filter((person) => !task.assignees.includes(person));
  if (!world || to.length === 0) return;
  draft.message({
    kind: "task",
    to,
    via: ["inbox", "email"],
    title: task.title,
    body: `${compiled.definition.title}: "${task.title}" is yours now, since people have moved.`,
    task: task.id,
  });
}
