import type { Workflow } from "../definition/workflow.ts";
import { instantOf } from "../time/instant-text.ts";
import { parsePeriod } from "../time/period.ts";
import { zone } from "../time/zone.ts";
import type { Carrying } from "./carrying.ts";
import { aboutPerson } from "./facts.ts";
import { today } from "./place.ts";

export type OnMove = NonNullable<Workflow["onMove"]>;

/** Who has a task after people moved. */
export interface Holders {
  owners: string[];
  contributors: string[];
  because: string;
}

/** Whom a step asks at an instant, and why these. */
export type AskedAt = (at: number) => { people: string[]; because: string };

/** Whether somebody is in the organisation on the day of an event. */
export function hereNow({ world, draft }: Carrying): (person: string) => boolean {
  const date = today(world!, draft.now);
  return (person) => world!.directory.isHere(person, date);
}

/** Who has now what some people had; null where nothing changes. */
export function holdersAfter(
  had: { assignees: readonly string[]; contributors?: readonly string[] },
  askedAt: AskedAt,
  policy: OnMove,
  carrying: Carrying,
): Holders | null {
  const here = hereNow(carrying);
  const left = !had.assignees.some(here);
  if (policy === "keep" && !left) return null;
  const current = askedAt(carrying.draft.now);
  const found = policy === "majority" && !left ? majorityOf(askedAt, carrying, here) : current;
  const next = found.people.filter(here);
  if (next.length === 0) return null;
  const before = [...new Set([...had.assignees, ...(had.contributors ?? [])])].filter(here);
  const owners = policy === "share" ? [...new Set([...had.assignees.filter(here), ...next])] : next;
  const contributors =
    policy === "keep" || policy === "move" ? [] : lookersOn(owners, [...before, ...current.people], here);
  const same = sameSet(owners, had.assignees) && sameSet(contributors, had.contributors ?? []);
  return same ? null : { owners, contributors, because: found.because };
}

/** Those of some people who have not the task themselves, and are still here. */
export const lookersOn = (
  owners: readonly string[],
  others: readonly string[],
  here: (person: string) => boolean,
): string[] => [...new Set(others)].filter((person) => !owners.includes(person) && here(person));

const sameSet = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((one) => b.includes(one));

/** Whom a step asks through the period, in the order of time: who, why, and for how long without a change of the subject's lines. */
export function throughPeriod(
  askedAt: AskedAt,
  carrying: Carrying,
): { people: string[]; because: string; time: number }[] {
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
  return edges.map((at, n) => ({ ...askedAt(at), time: (edges[n + 1] ?? to) - at }));
}

/** Whom a step asks for the most days of the period; of two with as many, who has it later. */
function majorityOf(
  askedAt: AskedAt,
  carrying: Carrying,
  here: (person: string) => boolean,
): { people: string[]; because: string } {
  const held = new Map<string, { people: string[]; because: string; time: number }>();
  for (const { people: all, because, time } of throughPeriod(askedAt, carrying)) {
    const people = all.filter(here);
    if (people.length === 0) continue;
    const key = [...people].sort().join("\n");
    const known = held.get(key);
    held.delete(key);
    held.set(key, { people, because, time: (known?.time ?? 0) + time });
  }
  let most: { people: string[]; because: string; time: number } | undefined;
  for (const one of held.values()) if (!most || one.time >= most.time) most = one;
  return most
    ? { people: most.people, because: `${most.because}, for most of the period` }
    : askedAt(carrying.draft.now);
}
