import { afterEach, expect, it } from "vitest";
import { command } from "../../../runtime/commands/handle.ts";
import { Refused } from "../../../runtime/commands/refused.ts";
import { SYSTEM } from "../../../runtime/commands/runtime.ts";
import { startCase } from "../../../runtime/commands/start-case.ts";
import { question } from "../../bench/world.ts";
import { violations } from "../../support/invariants.ts";
import { type TestHost, testHost } from "../../support/test-runtime.ts";

let world: TestHost;
afterEach(() => world.end());

/** SQLite's own limit on the file's pages stands for the disk: it fails with the same SQLITE_FULL in the middle of a batch. */
const room = (pages: number) => world.host.db.read(`PRAGMA max_page_count = ${pages}`);

it("R21: a full disk refuses what needs room, keeps what was acknowledged, and takes more as soon as there is room, without a restart", async () => {
  world = await testHost({ documents: [question] });
  const { host } = world;
  const { caseId } = await startCase(host, SYSTEM, {
    workflow: "question",
    subject: { kind: "person", id: "ana" },
    period: "2026",
  });
  const send = (n: number) =>
    command(host, SYSTEM, caseId, {
      command: { type: "transfer", task: `${caseId}/1/1`, to: n % 2 === 0 ? "ben" : "ana", reason: "x".repeat(1_900) },
      key: `transfer-${n}`,
    });
  const [{ page_count: pages } = { page_count: 0 }] = await host.db.read<{ page_count: number }>("PRAGMA page_count");
  await room(pages + 4);
  let acknowledged = 0;
  const refusals: Refused[] = [];
  for (let n = 0; n < 60; n++) {
    const failed = await send(n).then(
      () => undefined,
      (cause: unknown) => cause,
    );
    if (failed === undefined) acknowledged += 1;
    else if (failed instanceof Refused) refusals.push(failed);
    else throw failed;
  }
  expect(refusals.length).toBeGreaterThan(0);
  expect(new Set(refusals.map(({ code }) => code))).toEqual(new Set(["storage-full"]));
  const journalled = async () =>
    (await host.db.read<{ n: number }>("SELECT count(*) AS n FROM journal WHERE type = 'transfer'"))[0]!.n;
  expect(await journalled()).toBe(acknowledged);

  await room(1_000_000);
  // Those that were refused are sent again with their keys; the others are only answered again.
  for (let n = 0; n < 60; n++) await send(n);
  expect(await journalled()).toBe(60);
  expect(await violations(host)).toEqual([]);
});
