import type { Compiled } from "../compile/compile.ts";
import type { Context } from "../compile/context.ts";
import { reachable } from "../organisation/reachable.ts";
import type { Channel } from "../words/channel.ts";
import type { Json } from "../words/json.ts";
import type { PersonRef, Value } from "../words/reference.ts";
import { recordingReader } from "./asking.ts";
import type { Draft } from "./draft.ts";
import { aboutPerson, type CaseHead, caseFacts, type Said, valueIn } from "./facts.ts";
import type { CaseEvent, StartEvent } from "./journal.ts";
import { findPeople, type OnBehalf } from "./people.ts";
import { today } from "./place.ts";
import type { Timer } from "./state.ts";
import type { Tape } from "./tape.ts";
import type { World } from "./world.ts";

/** What carrying out the actions of one transition needs. */
export interface Carrying {
  compiled: Compiled;
  draft: Draft;
  head: CaseHead;
  context: Context;
  /** Null in a replay: answers come from the tape, and messages, which are no part of the state, are not made again. */
  world: World | null;
  tape: Tape;
  event: StartEvent | CaseEvent;
  said?: Said;
  /** The timer whose firing is being handled. */
  fired?: Timer;
}

/** Who did what is being handled; null for the system. */
export const actorOf = (event: StartEvent | CaseEvent): string | null => ("by" in event ? event.by : null);

/** Whom references find, why these, and for whom they act. */
export interface Found {
  found: string[];
  because: string;
  onBehalf?: OnBehalf[];
}

/** People for references, by the tape: see `peopleAt`. */
export function find(step: string, refs: readonly PersonRef[], carrying: Carrying, ladder?: LadderLevel): Found {
  const recorded = carrying.tape.ask("people", step, () => {
    const { found, because, onBehalf } = peopleAt(carrying.draft.now, refs, carrying, ladder);
    const answer: Record<string, Json> = { people: found, because };
    if (onBehalf) answer.onBehalf = onBehalf.map(({ person, of }) => ({ person, of }));
    return { answer, because };
  }) as unknown as { people: string[]; because: string; onBehalf?: OnBehalf[] };
  const { people, because, onBehalf } = recorded;
  return { found: people, because, ...(onBehalf ? { onBehalf } : {}) };
}

/** The channels by which a level of a ladder reaches people. */
export interface LadderLevel {
  via: readonly Channel[];
}

/**
 * Whom references find at an instant. The subject of a ladder never hears of it, unless it is they who are late; and of a level
 * only those are found whom one of its channels reaches.
 */
export function peopleAt(at: number, refs: readonly PersonRef[], carrying: Carrying, ladder?: LadderLevel): Found {
  const { head, context, event, said } = carrying;
  const world = carrying.world!;
  const about = ladder ? aboutPerson(head, world) : null;
  const late = Array.isArray(head.trigger.assignees) ? head.trigger.assignees : [];
  const shutOut = about && !late.includes(about) ? new Map([[about, "is the subject of the case"]]) : undefined;
  const all = findPeople(refs, { head, context, world, now: at, actor: actorOf(event), said, shutOut });
  const date = today(world, at);
  const out = (person: string) =>
    ladder?.via.map((channel) => reachable(person, channel, date, world.directory)).every((one) => !one.reachable);
  const found = (all.answer as string[]).filter((person) => !out(person));
  const cut = (all.answer as string[]).filter((person) => !found.includes(person));
  const names = cut.map((person) => world.directory.nameOf(person)).join(", ");
  const because = `${all.because ?? ""}${cut.length > 0 ? `; no channel reaches ${names}` : ""}`;
  const onBehalf = all.onBehalf.map(({ person, of }) => ({ person, of }));
  return { found, because, ...(onBehalf.length > 0 ? { onBehalf } : {}) };
}

/** Values of a step that go outside, by the tape. */
export function values(
  key: string,
  set: Record<string, Value>,
  { tape, head, context, world, draft, said }: Carrying,
): Record<string, Json> {
  return tape.ask("value", key, () => {
    const { read, facts } = recordingReader(caseFacts(head, context, world!, draft.now, said));
    const answer = Object.fromEntries(
      Object.entries(set).map(([name, value]) => [name, valueIn(value, head, world!, read, draft.now)]),
    );
    return { answer, facts: facts() };
  }) as Record<string, Json>;
}
