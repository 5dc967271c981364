import { afterEach, expect, it } from "vitest";
import { isManual } from "../../../runtime/clock.ts";
import { SYSTEM } from "../../../runtime/commands/runtime.ts";
import { startCase } from "../../../runtime/commands/start-case.ts";
import { countOrphans } from "../../../runtime/store/orphans.ts";
import { fireTimers } from "../../../runtime/worker/timers.ts";
import { HOUR, MONDAY } from "../../support/small-world.ts";
import { type TestHost, testHost } from "../../support/test-runtime.ts";

let world: TestHost;
afterEach(() => world.end());

const workflow = (id: string, start: string, steps: object) => ({
  kind: "workflow",
  schema: 1,
  id,
  title: id,
  subject: "person",
  start,
  steps: { ...steps, over: { kind: "end", title: "Over", outcome: "over" } },
});

it("RC10: a case whose child has ended is not forgotten while the child's answer is on its way, and is where that is lost", async () => {
  const child = workflow("child", "rest", {
    rest: { kind: "wait", title: "Rest", until: { after: { hours: 1 } }, on: { due: "over" } },
  });
  const parent = workflow("parent", "talk", {
    talk: { kind: "subflow", title: "Talk", workflow: "child", on: { over: "over", done: "over", failed: "over" } },
  });
  world = await testHost({ documents: [child, parent], start: false });
  const { host } = world;
  await startCase(host, SYSTEM, { workflow: "parent", subject: { kind: "person", id: "ana" } });
  await host.worker.settle();
  if (isManual(host.clock)) host.clock.moveTo(MONDAY + HOUR);
  await fireTimers(host);
  const waiting = "SELECT kind FROM outbox WHERE status = 'waiting'";
  expect(await host.db.read(waiting)).toEqual([{ kind: "answer-parent" }]);
  expect(await countOrphans(host.db)).toBe(0);
  await host.db.write([{ sql: "DELETE FROM outbox WHERE kind = 'answer-parent'" }]);
  expect(await countOrphans(host.db)).toBe(1);
});
