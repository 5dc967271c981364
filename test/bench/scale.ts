import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { command } from "../../runtime/commands/handle.ts";
import { SYSTEM } from "../../runtime/commands/runtime.ts";
import { startCase } from "../../runtime/commands/start-case.ts";
import { addDormant, dormantId } from "./dormant.ts";
import { drive } from "./drive.ts";
import type { Figure } from "./figure.ts";
import { benchHost } from "./world.ts";

const SIZES = process.env.RONDO_LONG === "1" ? [1_000, 100_000, 1_000_000] : [1_000, 50_000];
const CLIENTS = 64;

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

interface Cost {
  cpuMicros: number;
  p50: number;
  heapMb: number;
}

/** Commands on cases taken from all over a database of so many, and what the process holds in memory for them. */
async function measure(size: number): Promise<Cost> {
  const { host, end } = await benchHost(10);
  try {
    const subject = { kind: "person" as const, id: "ana" };
    const model = await startCase(host, SYSTEM, { workflow: "question", subject, period: "2026" });
    await addDormant(host.db, model.caseId, 0, size);
    let state = 17;
    const next = () => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      return state % size;
    };
    const before = process.cpuUsage();
    const rate = await drive(CLIENTS, 4, async (client, n) => {
      const caseId = dormantId(next());
      const to = (client + n) % 2 === 0 ? "ben" : "ana";
      await command(host, SYSTEM, caseId, {
        command: { type: "transfer", task: `${caseId}/1/1`, to, reason: "bench" },
        key: `scale-${client}-${n}`,
      });
    });
    const { user, system } = process.cpuUsage(before);
    collectGarbage();
    return {
      cpuMicros: (user + system) / rate.sent,
      p50: rate.p50,
      heapMb: process.memoryUsage().heapUsed / 1_048_576,
    };
  } finally {
    await end();
  }
}

/** What a command costs with many stored cases against a thousand (budget: 1.5 times), and the memory that dormant cases take. */
export async function bench(): Promise<Figure[]> {
  const figures: Figure[] = [];
  // Everything is compiled by the time it counts.
  await measure(100);
  let base: Cost | undefined;
  for (const size of SIZES) {
    const cost = await measure(size);
    base ??= cost;
    const figure = (name: string, ours: number, theirs: number, unit: string) =>
      figures.push({
        bench: "scale",
        name,
        ours: Math.round(ours * 100) / 100,
        theirs: Math.round(theirs * 100) / 100,
        ratio: Math.round((ours / theirs) * 100) / 100,
        unit,
      });
    const stored = `${size.toLocaleString("en")} stored cases against ${SIZES[0]!.toLocaleString("en")}`;
    figure(
      `${stored}: CPU for one command`,
      cost.cpuMicros,
      base.cpuMicros,
      "µs (ratio: how many times as much, budget 1.5)",
    );
    figure(`${stored}: p50 of a command`, cost.p50, base.p50, "ms (ratio: how many times as long, budget 1.5)");
    figure(`${stored}: memory held`, cost.heapMb, base.heapMb, "MB (ratio: how many times as much)");
  }
  return figures;
}
