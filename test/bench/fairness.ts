import { applyImportJob, importContext } from "../../runtime/commands/apply-import.ts";
import { launch } from "../../runtime/commands/launch.ts";
import { runPlan } from "../../runtime/commands/run-plan.ts";
import { SYSTEM } from "../../runtime/commands/runtime.ts";
import { startCase } from "../../runtime/commands/start-case.ts";
import type { EmbeddedHost } from "../../runtime/hosts/embedded.ts";
import { createImport } from "../../runtime/ingest/import.ts";
import { observe, payOrganisation, payWorld, QUARTER, quarterOf, region } from "../runtime/payouts/pay-world.ts";
import { publishDocuments } from "../support/test-runtime.ts";
import { type Figure, figuresOf } from "./figure.ts";
import { commandsMeanwhile } from "./meanwhile.ts";
import { quantile, question } from "./world.ts";

const PEOPLE = 5_000;
const BUDGET_MS = 250;
const rep = (n: number) => `rep-${String((n % PEOPLE) + 1).padStart(4, "0")}`;

async function launched(host: EmbeddedHost): Promise<void> {
  await launch(host, SYSTEM, "question", { people: Array.from({ length: PEOPLE }, (_, n) => rep(n)), period: "2026" });
  await host.idle();
}

/** Ten months of a metric for everybody. */
async function imported(host: EmbeddedHost): Promise<void> {
  const rows = Array.from({ length: PEOPLE * 10 }, (_, n) => {
    const month = Math.floor(n / PEOPLE);
    const [from, to] = [month, month + 1].map((at) => new Date(Date.UTC(2024, at, 1)).toISOString().slice(0, 10));
    return `laptops-sold,person,${rep(n)},${from},${to},${n % 150},100`;
  });
  const content = ["metric,subjectKind,subject,from,to,value,target", ...rows].join("\n");
  const upload = { kind: "observations" as const, fileName: "sold.csv", content };
  const { id } = await createImport(host.db, upload, importContext(host, SYSTEM));
  await applyImportJob(host, SYSTEM, id, { skipRefused: false });
  await host.idle();
}

async function paid(host: EmbeddedHost): Promise<void> {
  await runPlan(host, SYSTEM, { plan: "sales-quarter", period: QUARTER });
  await host.idle();
}

/** What somebody waits for whose task is handed to and fro while bulk work goes on: a launch, an import, a payout run. */
export async function bench(): Promise<Figure[]> {
  const { figures, figure } = figuresOf("fairness");
  const { host, end } = await payWorld(payOrganisation(PEOPLE), true);
  try {
    await publishDocuments(host, [question]);
    await observe(host, region);
    for (let n = 0; n < PEOPLE; n += 500)
      await observe(host, Array.from({ length: 500 }, (_, i) => quarterOf(rep(n + i), "120", "250000")).flat());
    const subject = { kind: "person" as const, id: "ana" };
    const { caseId } = await startCase(host, SYSTEM, { workflow: "question", subject, period: "2027" });
    const works: [string, (host: EmbeddedHost) => Promise<void>][] = [
      [`a launch of ${PEOPLE} cases`, launched],
      [`an import of ${PEOPLE * 10} figures`, imported],
      [`a payout run of ${PEOPLE} people`, paid],
    ];
    for (const [name, work] of works) {
      const began = performance.now();
      const waits = await commandsMeanwhile(host, caseId, work(host));
      const seconds = `${((performance.now() - began) / 1000).toFixed(1)} s, ${waits.length} commands`;
      figure(
        `${name} (${seconds}): p99 of a command meanwhile (theirs: the budget)`,
        quantile(waits, 0.99),
        BUDGET_MS,
        "ms",
      );
      figure(`${name}: longest wait of a command meanwhile`, Math.max(...waits), BUDGET_MS, "ms");
    }
    return figures;
  } finally {
    await end();
  }
}
