import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { catalogueOf } from "#engine/definition/catalogue.ts";
import { Scenario } from "#engine/definition/story.ts";
import type { CaseEvent } from "#engine/execute/journal.ts";
import { lint } from "#engine/lint/run.ts";
import { comparableJournals } from "#engine/scenario/comparable-journals.ts";
import { simulatedStage } from "#engine/scenario/simulated-stage.ts";
import type { Stage } from "#engine/scenario/stage.ts";
import { violations } from "../support/invariants.ts";
import { randomWorkflow } from "../support/random-workflow.ts";
import { documents, lateReview, outlierRules, reviewForm } from "../support/review.ts";
import { child, runnableWorkflow } from "../support/runnable-workflow.ts";
import { type Prepared, prepare, type RuntimeStage, runtimeStage } from "../support/runtime-stage.ts";
import { HOUR, MONDAY, officeCalendar, smallOrganisation } from "../support/small-world.ts";
import { publishDocuments, salesMetric } from "../support/test-runtime.ts";

const RUNS = process.env.RONDO_LONG === "1" ? 400 : 20;
const organisation = smallOrganisation();
const known = documents(salesMetric, reviewForm, outlierRules, lateReview, child);

let prepared: Prepared;
beforeAll(async () => {
  prepared = await prepare(known, organisation);
});
afterAll(() => prepared?.end());

/** What is done next, as numbers that choose among what is there. */
const moves = fc.array(fc.tuple(fc.nat(11), fc.nat(100)), { maxLength: 12 });

test(`whatever is drawn and whatever is done: what the simulator says would happen is what a server does (${RUNS} random cases)`, async () => {
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(
      randomWorkflow,
      fc.constantFrom("ana", "mia", "lone"),
      fc.option(fc.constantFrom("50", "95", "120")),
      moves,
      async (document, subject, sales, chosen) => {
        const flow = documents(runnableWorkflow(document))[0]!;
        const library = [officeCalendar, ...known, flow];
        fc.pre(lint(flow, catalogueOf(library)).every(({ severity }) => severity !== "error"));
        const scenario = Scenario.parse({
          title: "random",
          definition: { kind: "workflow", id: flow.id },
          subject: { kind: "person", id: subject },
          period: "2026-02",
          at: "2026-03-02T09:00",
          figures: sales ? [{ metric: "sales", of: subject, period: "2026", value: sales, target: "100" }] : [],
          moments: [{}],
        });
        const simulated = simulatedStage(scenario, library, organisation);
        const server = await runtimeStage(scenario, prepared, organisation);
        try {
          await publishDocuments(server.host, [flow]);
          if (await both(simulated, server, (stage) => stage.start(scenario))) return;
          let now = MONDAY;
          for (const [what, which] of chosen) {
            const next = await chooseMove(simulated, what, which);
            if (!next) now += HOUR * (1 + which);
            await both(simulated, server, async (stage) => {
              if (!next) {
                await stage.advanceTo(now);
                return undefined;
              }
              const [id, event] = stage === simulated ? next : await inServersIds(server, next);
              return stage.send(id, event);
            });
          }
          expect(await comparableJournals(server, await server.names())).toEqual(await comparableJournals(simulated));
          expect(await violations(server.host)).toEqual([]);
          compared += 1;
        } finally {
          await server.end();
        }
      },
    ),
    { numRuns: RUNS, maxSkipsPerRun: 1_000 },
  );
  expect(compared).toBeGreaterThan(RUNS / 4);
});

type Move = [caseId: string, event: CaseEvent];

/** Does the same on both stages; both must take it, or refuse it for the same reason. Answers the reason. */
async function both(
  simulated: Stage,
  server: Stage,
  ask: (stage: Stage) => Promise<{ code: string } | undefined>,
): Promise<string | undefined> {
  const said = await ask(simulated);
  const answered = await ask(server);
  expect(answered?.code).toBe(said?.code);
  return said?.code;
}

/** An event for one of the cases that run; undefined: time passes. */
async function chooseMove(stage: Stage, what: number, which: number): Promise<Move | undefined> {
  const open = (await stage.cases()).filter(({ state }) => state.status === "open" || state.status === "blocked");
  const state = open[which % Math.max(1, open.length)]?.state;
  if (!state || what <= 2) return undefined;
  const tasks = Object.values(state.tasks);
  const task = tasks[which % Math.max(1, tasks.length)];
  if (what <= 7) {
    return (
      task && [
        state.id,
        {
          type: "complete",
          task: task.id,
          outcome: task.outcomes[which % task.outcomes.length]!,
          answers: task.form ? { rating: 1 + (which % 5) } : {},
          by: task.assignees[0]!,
        },
      ]
    );
  }
  if (what === 8) return [state.id, { type: "event", event: which % 2 ? "done" : "approved", by: null }];
  if (what >= 10) return [state.id, { type: what === 10 ? "pause" : "resume", reason: "a leave", by: null }];
  return [
    state.id,
    which % 5 === 0
      ? { type: "cancel", reason: "enough", by: null }
      : { type: "retry", reason: "tried again", by: null },
  ];
}

/** The same move with the ids that the server has given. */
async function inServersIds(server: RuntimeStage, move: Move): Promise<Move> {
  const ids = [...(await server.names())].sort(([, a], [, b]) => b.length - a.length);
  return JSON.parse(ids.reduce((text, [id, name]) => text.replaceAll(name, id), JSON.stringify(move))) as Move;
}
