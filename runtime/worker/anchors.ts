import { setImmediate as nextTurn } from "node:timers/promises";
import { freshContext } from "#engine/compile/context.ts";
import type { Cadence } from "#engine/definition/cadence.ts";
import { caseFacts, valueIn } from "#engine/execute/facts.ts";
import { headOf } from "#engine/execute/head.ts";
import type { Directory } from "#engine/organisation/directory.ts";
import { instantOf } from "#engine/time/instant-text.ts";
import { timeOfDay } from "#engine/time/time-of-day.ts";
import { zone } from "#engine/time/zone.ts";
import type { Runtime } from "../commands/runtime.ts";

/** The instants of an anchored cadence, in order, with the people whose day it is. */
export interface Anchors {
  directory: Directory;
  days: readonly { at: number; people: string[] }[];
}

const SLICE = 500;

/** Computes the anchor of every person, in the zone of each; people without the date have none. */
export async function anchorsOf(runtime: Runtime, cadence: Cadence, directory: Directory): Promise<Anchors> {
  const now = runtime.clock.now();
  const { compiled } = await runtime.catalogue.current("workflow", cadence.starts.workflow);
  const time = cadence.at === undefined ? 0 : timeOfDay(cadence.at);
  const people = directory.people();
  const days = new Map<number, string[]>();
  for (let at = 0; at < people.length; at += SLICE) {
    const slice = people.slice(at, at + SLICE);
    const worlds = await runtime.worlds.ofMany(
      slice.map(({ id }) => ({ compiled, subject: { kind: "person", id }, openedAt: now, needs: [] })),
      now,
    );
    slice.forEach(({ id }, i) => {
      const world = worlds[i]!;
      const subject = { kind: "person" as const, id };
      const head = headOf(compiled, { id: "anchor", subject, period: null, trigger: {}, openedAt: now });
      const date = valueIn(cadence.anchor!, head, world, caseFacts(head, freshContext({}), world, now), now);
      const start = instantOf(date, zone(directory.zoneOf(id)), "start");
      if (start === undefined) return;
      days.set(start + time, [...(days.get(start + time) ?? []), id]);
    });
    await nextTurn();
  }
  return {
    directory,
    days: [...days].sort(([a], [b]) => a - b).map(([at, list]) => ({ at, people: list })),
  };
}
