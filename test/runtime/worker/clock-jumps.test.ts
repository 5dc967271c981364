import { afterEach, expect, it } from "vitest";
import type { Clock } from "../../../runtime/clock.ts";
import { command } from "../../../runtime/commands/handle.ts";
import { SYSTEM } from "../../../runtime/commands/runtime.ts";
import { startCase } from "../../../runtime/commands/start-case.ts";
import { readJournal } from "../../../runtime/store/journal-read.ts";
import { question } from "../../bench/world.ts";
import { violations } from "../../support/invariants.ts";
import { DAY, HOUR, MONDAY } from "../../support/small-world.ts";
import { type TestHost, testHost } from "../../support/test-runtime.ts";

let world: TestHost;
afterEach(() => world.end());

/** The machine's own clock, set wrong and right again by somebody. */
class WrongClock implements Clock {
  readonly kind = "system";
  at = MONDAY;
  now(): number {
    return this.at;
  }
}

it("R11, R12: a clock that is set back, ahead and right again fires nothing twice, nothing early, and moves no deadline", async () => {
  const clock = new WrongClock();
  world = await testHost({ documents: [question], clock, start: false });
  const { host } = world;
  const begin = (period: string) =>
    startCase(host, SYSTEM, { workflow: "question", subject: { kind: "person", id: "ana" }, period });
  const fired = async () =>
    (await host.db.read<{ n: number }>("SELECT count(*) AS n FROM journal WHERE type = 'timer'"))[0]!.n;
  const deadline = async (caseId: string) =>
    (await host.db.read<{ at: number }>("SELECT due_at AS at FROM timers WHERE case_id = ?", [caseId]))[0]!.at;
  const first = await begin("2026");
  const due = await deadline(first.caseId);
  expect(due).toBe(MONDAY + 2 * HOUR);

  // An hour back: nothing is due, work goes on, and the deadline stands where it stood.
  clock.at = MONDAY - HOUR;
  await host.worker.settle();
  const transfer = { type: "transfer" as const, task: `${first.caseId}/1/1`, to: "ben", reason: "an hour ago" };
  await command(host, SYSTEM, first.caseId, { command: transfer });
  expect([await fired(), await deadline(first.caseId)]).toEqual([0, due]);

  // Ahead of its time, past the deadline: it fires once. Back again, and once more past it: never again.
  for (const at of [MONDAY + 3 * HOUR, MONDAY + HOUR, MONDAY + 3 * HOUR, MONDAY + 4 * HOUR]) {
    clock.at = at;
    await host.worker.settle();
    expect(await fired()).toBe(1);
  }

  // A year ahead with a hundred deadlines on the way: each fires once, in the order in which they were due, and late.
  clock.at = MONDAY;
  for (let n = 0; n < 100; n++) {
    clock.at = MONDAY + n * 1000;
    await begin(String(3000 + ((n * 37) % 100)));
  }
  clock.at = MONDAY + 365 * DAY;
  await host.worker.settle();
  await host.worker.settle();
  const rows = await host.db.read<{ due: number; late: number }>(
    "SELECT due_at AS due, late FROM journal WHERE type = 'timer' ORDER BY rowid",
  );
  expect(rows).toHaveLength(101);
  expect(rows.slice(1).map(({ due }) => due)).toEqual(
    Array.from({ length: 100 }, (_, n) => MONDAY + n * 1000 + 2 * HOUR),
  );
  expect(rows.slice(1).every(({ late }) => late === 1)).toBe(true);
  const [row] = await host.db.read<{ n: number }>("SELECT count(*) AS n FROM timers");
  expect(row!.n).toBe(0);
  expect((await readJournal(host.db, first.caseId)).map(({ entry }) => entry.event.type)).toEqual([
    "start",
    "transfer",
    "timer",
  ]);
  expect(await violations(host)).toEqual([]);
});
