import type { ManualClock } from "../clock.ts";
import type { Database } from "../db/client.ts";
import type { Worker } from "../worker/loop.ts";

/** At most this many instants in one move: a clock that never arrives is a mistake of ours. */
const MOST_STEPS = 1_000_000;

/** Where a manual clock stands that an earlier server left; undefined where there was none. */
export async function storedManualTime(db: Database): Promise<number | undefined> {
  const [row] = await db.read<{ now: number }>("SELECT now FROM manual_clock");
  return row?.now;
}

/**
 * Moves a manual clock forward, due instant by due instant, and lets everything due settle at each. Answers how much fired.
 * Throws a RangeError for an instant in the past.
 */
export async function moveClock(
  db: Database,
  clock: ManualClock,
  worker: Worker,
  to: number,
): Promise<{ now: number; fired: number }> {
  if (to < clock.now()) throw new RangeError("A clock only goes forward.");
  let fired = await worker.settle();
  for (let step = 0; step < MOST_STEPS; step++) {
    const next = await worker.nextDueAt();
    if (next === undefined || next > to) break;
    await stand(Math.max(next, clock.now()));
    const settled = await worker.settle();
    fired += settled;
    // What is due and does not settle (a parked timer, an effect under way elsewhere) must not hold the clock.
    if (settled === 0 && next <= clock.now() && (await worker.nextDueAt()) === next)
      await stand(Math.min(to, clock.now() + 1));
  }
  await stand(to);
  fired += await worker.settle();
  return { now: clock.now(), fired };

  async function stand(at: number): Promise<void> {
    clock.moveTo(at);
    await db.write([
      {
        sql: "INSERT INTO manual_clock (id, now) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET now = excluded.now",
        args: [at],
      },
    ]);
  }
}
