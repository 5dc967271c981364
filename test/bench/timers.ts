import type { manualClock } from "../../runtime/clock.ts";
import { launch } from "../../runtime/commands/launch.ts";
import { SYSTEM } from "../../runtime/commands/runtime.ts";
import { startCase } from "../../runtime/commands/start-case.ts";
import type { Figure } from "./figure.ts";
import { commandsMeanwhile } from "./meanwhile.ts";
import { benchHost, benchPerson, quantile } from "./world.ts";

const HOUR = 3_600_000;

/** So many timers due at once, while somebody sends commands. "theirs" is the budget. */
async function storm(size: number, budgetMs: number): Promise<Figure[]> {
  const { host, end } = await benchHost(size);
  try {
    await launch(host, SYSTEM, "question", {
      people: Array.from({ length: size }, (_, n) => benchPerson(n)),
      period: "2026",
    });
    await host.idle();
    const clock = host.clock as ReturnType<typeof manualClock>;
    clock.moveTo(clock.now() + HOUR);
    const mine = await startCase(host, SYSTEM, {
      workflow: "question",
      subject: { kind: "person", id: "ana" },
      period: "2027",
    });
    clock.moveTo(clock.now() + HOUR + 1);
    const began = performance.now();
    const waits = await commandsMeanwhile(host, mine.caseId, host.worker.settle());
    const took = performance.now() - began;
    const [fired] = await host.db.read<{ n: number }>(
      "SELECT count(DISTINCT case_id) AS n FROM journal WHERE type = 'timer'",
    );
    if (fired?.n !== size) throw new Error(`${fired?.n} of ${size} timers fired`);
    const figure = (name: string, ours: number, theirs: number): Figure => ({
      bench: "timers",
      name,
      ours: Math.round(ours),
      theirs,
      ratio: Math.round((theirs / ours) * 100) / 100,
      unit: "ms (theirs: the budget)",
    });
    return [
      figure(`${size} timers due at once: all fired`, took, budgetMs),
      figure(`${size} timers due at once: p99 of a command meanwhile`, quantile(waits, 0.99), 250),
    ];
  } finally {
    await end();
  }
}

/** Storms of timers beside interactive commands. With RONDO_LONG=1 also 100,000 of them. */
export async function bench(): Promise<Figure[]> {
  const figures = await storm(10_000, 2_000);
  if (process.env.RONDO_LONG === "1") figures.push(...(await storm(100_000, 20_000)));
  return figures;
}
