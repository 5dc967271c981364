import type { manualClock } from "../../runtime/clock.ts";
import { applyImportJob, importContext } from "../../runtime/commands/apply-import.ts";
import { launch } from "../../runtime/commands/launch.ts";
import { SYSTEM } from "../../runtime/commands/runtime.ts";
import { startCase } from "../../runtime/commands/start-case.ts";
import { createImport } from "../../runtime/ingest/import.ts";
import { publishDocuments } from "../support/test-runtime.ts";
import { type Figure, figuresOf } from "./figure.ts";
import { commandsMeanwhile } from "./meanwhile.ts";
import { benchHost, benchPerson, quantile, question } from "./world.ts";

const DAY = 86_400_000;
const review = {
  ...question,
  id: "review",
  onMove: "move",
  steps: {
    ...question.steps,
    ask: {
      ...question.steps.ask,
      actor: { relation: "manager" },
      deadline: { after: { days: 90 }, policy: "advance" },
    },
  },
};

/**
 * A reorganisation: an import gives so many people, each with an open task of their manager's, another manager, while somebody
 * sends commands. "theirs" is what the same import takes where nobody has an open case.
 */
async function reorganise(size: number, open: boolean): Promise<{ tookMs: number; waits: number[] }> {
  const { host, end } = await benchHost(size);
  try {
    await publishDocuments(host, [review]);
    const people = Array.from({ length: size }, (_, n) => benchPerson(n));
    if (open) {
      await launch(host, SYSTEM, "review", { people, period: "2026" });
      await host.idle();
    }
    const mine = await startCase(host, SYSTEM, {
      workflow: "question",
      subject: { kind: "person", id: "lone" },
      period: "2027",
    });
    await host.worker.settle();
    const clock = host.clock as ReturnType<typeof manualClock>;
    clock.moveTo(clock.now() + DAY / 24);
    const day = new Date(clock.now()).toISOString().slice(0, 10);
    const rows = people.map((id, n) => `${id},Person ${n},team-1,rolf,${day}`);
    const content = ["id,name,unit,manager,valid from", ...rows].join("\n");
    const began = performance.now();
    const moving = async () => {
      const upload = { kind: "people" as const, fileName: "moves.csv", content };
      const { id } = await createImport(host.db, upload, importContext(host, SYSTEM));
      await applyImportJob(host, SYSTEM, id, { skipRefused: false });
      await host.idle();
      for (let n = 0; n < 4; n++) await host.worker.settle();
    };
    const waits = await commandsMeanwhile(host, mine.caseId, moving());
    const tookMs = performance.now() - began;
    const [row] = await host.db.read<{ n: number }>(
      "SELECT count(*) AS n FROM task_people AS p JOIN tasks AS t ON t.id = p.task WHERE p.person = 'rolf' AND p.open = 1 AND t.title = 'Ask'",
    );
    if (open && row?.n !== size) throw new Error(`${row?.n} of ${size} tasks followed`);
    return { tookMs, waits };
  } finally {
    await end();
  }
}

/** 5,000 people get another manager; with RONDO_LONG=1 also 50,000. */
export async function bench(): Promise<Figure[]> {
  const { figures, figure } = figuresOf("reorganisation");
  for (const size of process.env.RONDO_LONG === "1" ? [5_000, 50_000] : [5_000]) {
    const bare = await reorganise(size, false);
    const whole = await reorganise(size, true);
    const said = `${size} people get another manager`;
    figure(
      `${said}: imported, and their open tasks followed (theirs: nobody has one)`,
      whole.tookMs,
      bare.tookMs,
      "ms",
    );
    figure(`${said}: p99 of a command meanwhile (theirs: the budget)`, quantile(whole.waits, 0.99), 250, "ms");
    figure(`${said}: longest wait of a command meanwhile (theirs: the budget)`, Math.max(...whole.waits), 250, "ms");
  }
  return figures;
}
