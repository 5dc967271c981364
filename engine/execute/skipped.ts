import type { LevelStep } from "../steps/lowering.ts";
import { instantInWords } from "../time/instant-text.ts";
import { zone } from "../time/zone.ts";
import type { Json } from "../words/json.ts";
import type { Carrying } from "./carrying.ts";
import { placeOfPerson } from "./place.ts";
import { armedUntil } from "./timers.ts";

/** A level that a late start has passed over, and when it would have fired. */
export interface Skipped {
  level: string;
  title: string;
  at: number;
}

/** The key on the tape of what a level's opening has passed over. */
export const SKIPPED = ".skipped";

/**
 * The levels below one that opens which were never reached, because the case began late: each would have fired before it. They
 * stand on the journal, and are told with the level that does fire.
 */
export function noteSkipped(step: string, carrying: Carrying): void {
  const { compiled, draft, head, context, world, tape } = carrying;
  const level = compiled.map.steps.get(step)!.step as LevelStep;
  const earlier = (level.earlier ?? []).filter(({ id }) => context.steps[id] === undefined);
  if (earlier.length === 0 || context.steps[step]?.visits !== 1) return;
  tape.ask("value", `${step}${SKIPPED}`, () => {
    const skipped = earlier.flatMap(({ id, title, clock }): Skipped[] => {
      const info = { key: `${id}.deadline`, step: id, title, purpose: "deadline" as const, clock };
      const at = armedUntil(info, { head, context, world: world!, startAt: draft.now, actor: null })?.dueAt;
      return at !== undefined && at < head.openedAt ? [{ level: id, title, at }] : [];
    });
    return { answer: skipped as unknown as Json };
  });
}

/** What a late start has passed over, as a sentence of the message; empty where nothing was. */
export function skippedInWords(step: string, { tape, world, head }: Carrying): string {
  const item = tape.items.find(({ ask, key }) => ask === "value" && key === `${step}${SKIPPED}`);
  const skipped = (item?.answer ?? []) as unknown as Skipped[];
  if (!world || skipped.length === 0) return "";
  const { zone: id } = placeOfPerson(world, null, head.openedAt);
  const place = typeof id === "string" ? zone(id) : id;
  return `Would have fired before: ${skipped.map(({ title, at }) => `${title} (${instantInWords(at, place)})`).join(", ")}.`;
}
