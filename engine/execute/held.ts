import { addDuration } from "../time/add-duration.ts";
import type { Duration } from "../words/duration.ts";
import type { Json } from "../words/json.ts";
import type { Draft } from "./draft.ts";
import type { CaseEvent } from "./journal.ts";
import { placeOfPerson } from "./place.ts";
import type { CaseState } from "./state.ts";
import type { World } from "./world.ts";

/** Something that happened before the case waited for it, kept until it does. */
export interface Held {
  /** The wait that it is for. */
  step: string;
  event: string;
  data: Record<string, Json>;
  /** When it came, and until when it counts. */
  at: number;
  until: number;
}

/** Until when something that comes now is kept: counted as a clock of the subject's zone counts. */
export function heldUntil(hold: Duration, about: string | null, world: World, now: number): number {
  return addDuration(now, hold, placeOfPerson(world, about, now));
}

/** Keeps what came too early. What is past its time is kept as well, so that it can be seen that it came and counted no more. */
export function keepHeld(draft: Draft, event: Extract<CaseEvent, { type: "hold" }>): void {
  const { step, event: name, data, until } = event;
  draft.state.held = [...(draft.state.held ?? []), { step, event: name, data, at: draft.now, until }];
}

/** The oldest of what is kept for one of these steps and still counts. */
export function nextHeld(
  state: CaseState,
  active: readonly string[],
  now: number,
  but: ReadonlySet<Held>,
): Held | undefined {
  return state.held?.find((held) => active.includes(held.step) && held.until > now && !but.has(held));
}

/** Takes out what has been used up. */
export function takeOutHeld(draft: Draft, held: Held): void {
  const left = (draft.state.held ?? []).filter((one) => one !== held);
  if (left.length > 0) draft.state.held = left;
  else delete draft.state.held;
}
