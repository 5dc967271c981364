import { setImmediate as nextTurn } from "node:timers/promises";
import type { CompiledPlan } from "#engine/incentive/compile-plan.ts";
import { payoutDelta } from "#engine/incentive/payout-delta.ts";
import type { Directory } from "#engine/organisation/directory.ts";
import type { Database } from "../db/client.ts";
import { computedAlready, payoutsBefore, type StoredPayout } from "../store/payout-rows.ts";
import type { InputLoader } from "./load-inputs.ts";

/** People whose data are loaded together. */
const LOADED = 80;
/** How long one turn of the event loop may take; whoever waits for us waits this long. */
const TURN_MS = 5;
/** Payouts written together: a quarter of a megabyte with their traces. */
const WRITTEN = 30;

/** A run under way, as it computes. */
export interface Computing {
  db: Database;
  run: { id: string; plan: string; period: string };
  loader: InputLoader;
  compute: CompiledPlan;
  directory: Directory;
}

/**
 * Computes people's payouts and hands them on in small batches, in the order of `people`, letting others run every few
 * milliseconds. People whom a stop left computed are passed over. Each batch says how many people are behind it.
 */
export async function* computePayouts(
  { db, run, loader, compute, directory }: Computing,
  people: readonly string[],
): AsyncGenerator<{ rows: StoredPayout[]; done: number }> {
  for (let at = 0; at < people.length; at += LOADED) {
    const slice = people.slice(at, at + LOADED);
    const there = await computedAlready(db, run.id, slice);
    const left = slice.filter((person) => !there.has(person));
    const before = await payoutsBefore(db, run, left);
    const inputs = await loader.load(left);
    await nextTurn();
    let rows: StoredPayout[] = [];
    let started = performance.now();
    for (const [i, input] of inputs.entries()) {
      const payout = compute(input);
      const earlier = before.get(input.payee.id);
      const unit = input.payee.fields?.unit;
      rows.push({
        payout,
        inputs: input,
        unit: typeof unit === "string" ? unit : null,
        region: typeof unit === "string" ? regionOf(directory, unit) : null,
        delta: (earlier && payoutDelta(earlier, payout)) ?? null,
      });
      if (rows.length >= WRITTEN && i + 1 < inputs.length) {
        yield { rows, done: at + there.size + i + 1 };
        rows = [];
        started = performance.now();
      } else if (performance.now() - started > TURN_MS) {
        await nextTurn();
        started = performance.now();
      }
    }
    yield { rows, done: at + slice.length };
    await nextTurn();
  }
}

/** The unit that a summary counts somebody in: their region, else the one below the top, else their own. */
function regionOf(directory: Directory, unit: string): string {
  const path = directory.unitPath(unit);
  return path.find(({ level }) => level === "region")?.id ?? path.at(-2)?.id ?? unit;
}
