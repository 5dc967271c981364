import { actorOf, type Carrying } from "./carrying.ts";
import { membersOf } from "./each-people.ts";
import { type AskedAt, type Holders, hereNow, lookersOn, type OnMove, throughPeriod } from "./holders.ts";
import type { Task } from "./state.ts";

/**
 * Who has the open tasks of a step that asks many, after people moved. How many are asked was decided when the step was entered,
 * and whoever has answered has answered: a task goes on to somebody else only where whoever has it is no longer among those
 * whom the step asks, and to one of them who has none yet, in their order. Where there is none it stays.
 */
export function membersAfterMove(
  step: string,
  tasks: readonly Task[],
  policy: OnMove,
  carrying: Carrying,
): Map<string, Holders> {
  const { compiled, head, context, said, event } = carrying;
  const here = hereNow(carrying);
  const askedAt: AskedAt = (now) =>
    membersOf(compiled, step, { head, context, world: carrying.world!, now, actor: actorOf(event), said });
  const asked = Object.keys(context.members[step] ?? {});
  const { people, because } =
    policy === "majority" ? mostAsked(askedAt, asked.length, carrying) : askedAt(carrying.draft.now);
  const current = people.filter(here);
  const open = new Set(tasks.map(({ member }) => member));
  const taken = new Set([...tasks.flatMap(({ assignees }) => assignees), ...asked.filter((one) => !open.has(one))]);
  const spare = current.filter((person) => !taken.has(person));
  const after = new Map<string, Holders>();
  for (const task of tasks) {
    const stays = task.assignees.filter(here);
    if (stays.length > 0 && (policy === "keep" || stays.some((person) => current.includes(person)))) continue;
    const next = spare.shift();
    if (next === undefined) break;
    const owners = policy === "share" ? [...stays, next] : [next];
    const others = policy === "share" || policy === "majority" ? [...task.assignees, ...(task.contributors ?? [])] : [];
    after.set(task.id, { owners, contributors: lookersOn(owners, others, here), because });
  }
  return after;
}

/** So many of those whom a step asks through the period: those whom it asks for the most days, of two with as many the later. */
function mostAsked(askedAt: AskedAt, count: number, carrying: Carrying): { people: string[]; because: string } {
  const latestFirst = throughPeriod(askedAt, carrying).reverse();
  const held = new Map<string, number>();
  for (const { people, time } of latestFirst)
    for (const person of people) held.set(person, (held.get(person) ?? 0) + time);
  const most = [...held].sort(([, a], [, b]) => b - a).slice(0, count);
  const chosen = new Set(most.map(([person]) => person));
  return {
    people: [...held.keys()].filter((person) => chosen.has(person)),
    because: `${latestFirst[0]?.because ?? ""}, for most of the period`,
  };
}
