import type { Workflow } from "../definition/workflow.ts";
import type { Step } from "../steps/step.ts";
import { instantOf } from "../time/instant-text.ts";
import { parsePeriod } from "../time/period.ts";
import { zone } from "../time/zone.ts";
import type { PersonRef } from "../words/reference.ts";
import { actorOf, type Carrying } from "./carrying.ts";
import { aboutPerson } from "./facts.ts";
import { findPeople } from "./people.ts";
import { today } from "./place.ts";
import type { Task } from "./state.ts";

/** Who has a task after people moved. */
interface Holders {
  owners: string[];
  contributors: string[];
  because: string;
}

/**
 * Open tasks follow people who moved, as the workflow's `onMove` says: `keep` leaves them with whoever has them, `move` gives them
 * to whom the step finds now, `share` to both, `majority` to whom it finds for most days of the period; who had it before looks on
 * as a contributor. Due dates stay. No task ends with nobody: where nobody new is found it stays, and a task of people who have
 * all left follows whatever the policy. Answers whether anything changed.
 */
export function follow(carrying: Carrying): boolean {
  const { compiled, draft, tape } = carrying;
  const policy = (compiled.definition as Partial<Workflow>).onMove ?? "keep";
  let changed = false;
  for (const task of Object.values(draft.state.tasks)) {
    const step = compiled.map.steps.get(task.step)!.step as Partial<Extract<Step, { kind: "form" }>>;
    const refs = step.actors ?? (step.actor ? [step.actor] : []);
    // One of many was chosen when the step was entered, and people who work together have their own ways of passing on.
    if (refs.length === 0 || task.member !== undefined || task.together) continue;
    const holders = tape.ask("people", `${task.id}.follow`, () => {
      const found = holdersAfter(task, refs, policy, carrying);
      return { answer: found && { ...found }, ...(found ? { because: found.because } : {}) };
    }) as unknown as Holders | null;
    if (!holders) continue;
    changed = true;
    const { owners, contributors, because } = holders;
    const claimedBy = task.claimedBy !== null && owners.includes(task.claimedBy) ? task.claimedBy : null;
    const { contributors: _, ...rest } = task;
    draft.changeTask(rest as Task, {
      assignees: owners,
      claimedBy,
      because,
      ...(contributors.length > 0 ? { contributors } : {}),
    });
    tell(task, owners, carrying);
  }
  return changed;
}

/** Who has a task now; null where nothing changes. */
function holdersAfter(
  task: Task,
  refs: readonly PersonRef[],
  policy: NonNullable<Workflow["onMove"]>,
  carrying: Carrying,
): Holders | null {
  const world = carrying.world!;
  const { now } = carrying.draft;
  const here = (person: string) => world.directory.isHere(person, today(world, now));
  const left = !task.assignees.some(here);
  if (policy === "keep" && !left) return null;
  const current = findAt(refs, now, carrying);
  const found = policy === "majority" && !left ? majorityOf(refs, carrying, here) : current;
  const next = found.people.filter(here);
  if (next.length === 0) return null;
  const before = [...new Set([...task.assignees, ...(task.contributors ?? [])])].filter(here);
  const owners = policy === "share" ? [...new Set([...task.assignees.filter(here), ...next])] : next;
  const contributors =
    policy === "keep" || policy === "move" ? [] : lookersOn(owners, [...before, ...current.people], here);
  const same = sameSet(owners, task.assignees) && sameSet(contributors, task.contributors ?? []);
  return same ? null : { owners, contributors, because: found.because };
}

const lookersOn = (owners: readonly string[], others: readonly string[], here: (person: string) => boolean): string[] =>
  [...new Set(others)].filter((person) => !owners.includes(person) && here(person));

const sameSet = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((one) => b.includes(one));

function findAt(refs: readonly PersonRef[], at: number, carrying: Carrying): { people: string[]; because: string } {
  const { head, context, said, event } = carrying;
  const found = findPeople(refs, { head, context, world: carrying.world!, now: at, actor: actorOf(event), said });
  return { people: found.answer as string[], because: found.because ?? "" };
}

/** Whom the references find for the most days of the period; of two with as many, who has it later. */
function majorityOf(
  refs: readonly PersonRef[],
  carrying: Carrying,
  here: (person: string) => boolean,
): { people: string[]; because: string } {
  const { head, draft } = carrying;
  const world = carrying.world!;
  const local = zone(world.directory.data.timeZone);
  const start = (date: string) => instantOf(date, local, "start");
  const span = head.period ? parsePeriod(head.period) : undefined;
  const from = (span && start(span.from)) ?? head.openedAt;
  const to = Math.max((span && start(span.to)) ?? draft.now, from + 1);
  const subject = aboutPerson(head, world);
  const changes = (subject ? world.directory.assignmentsOf(subject) : [])
    .flatMap(({ validFrom, validTo }) => [validFrom, validTo])
    .flatMap((date) => (date === null ? [] : (start(date) ?? [])))
    .filter((at) => at > from && at < to);
  const edges = [...new Set([from, ...changes])].sort((a, b) => a - b);
  const held = new Map<string, { people: string[]; because: string; time: number }>();
  edges.forEach((at, n) => {
    const found = findAt(refs, at, carrying);
    const people = found.people.filter(here);
    if (people.length === 0) return;
    const key = [...people].sort().join("\n");
    const known = held.get(key);
    held.delete(key);
    held.set(key, { ...found, people, time: (known?.time ?? 0) + ((edges[n + 1] ?? to) - at) });
  });
  let most: { people: string[]; because: string; time: number } | undefined;
  for (const one of held.values()) if (!most || one.time >= most.time) most = one;
  return most
    ? { people: most.people, because: `${most.because}, for most of the period` }
    : findAt(refs, draft.now, carrying);
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
