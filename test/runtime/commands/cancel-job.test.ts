import { afterEach, describe, expect, it } from "vitest";
import { applyImportJob, importContext } from "../../../runtime/commands/apply-import.ts";
import { cancelJob, jobView } from "../../../runtime/commands/jobs.ts";
import { SYSTEM } from "../../../runtime/commands/runtime.ts";
import { createImport } from "../../../runtime/ingest/import.ts";
import { readAudit } from "../../../runtime/store/audit.ts";
import { importStatus } from "../../../runtime/store/imported.ts";
import { type TestHost, testHost } from "../../support/test-runtime.ts";

let world: TestHost;
afterEach(() => world.end());

const ROWS = 6_000;
const file = () =>
  [
    "id,name,email,unit,manager,valid from",
    ...Array.from({ length: ROWS }, (_, n) => `q${n},Quinn ${n},q${n}@example.org,team-1,mia,2026-03-01`),
  ].join("\n");
const upload = async () => {
  world = await testHost();
  const { host } = world;
  const content = file();
  const state = await createImport(
    host.db,
    { kind: "people", fileName: "new.csv", content },
    importContext(host, SYSTEM),
  );
  expect(state.refused).toEqual([]);
  return state.id;
};
const people = async () => (await world.host.db.read<{ n: number }>("SELECT count(*) AS n FROM people"))[0]!.n;
/** Until rows of an import are staged. */
async function underWay() {
  while ((await people()) === 7) await new Promise((resolve) => setImmediate(resolve));
}

describe("an import under way", () => {
  it("that is cancelled takes nothing, says so, and can be applied again", async () => {
    const id = await upload();
    const { host } = world;
    const job = await applyImportJob(host, SYSTEM, id, { skipRefused: false });
    expect(job.mayCancel).toBe(true);
    await underWay();
    expect(await cancelJob(host, { personId: "hana", roles: [] }, job.id)).toMatchObject({
      status: "cancelled",
      mayCancel: false,
    });
    await host.idle();
    expect([await people(), (await importStatus(host.db, id))?.status]).toEqual([7, "failed"]);
    expect((await readAudit(host.db, null, 1))[0]).toMatchObject({ what: "job.cancelled", by: "hana" });
    await expect(cancelJob(host, SYSTEM, job.id)).rejects.toMatchObject({ code: "not-possible" });
    const again = await applyImportJob(host, SYSTEM, id, { skipRefused: false });
    await host.idle();
    expect(await jobView(host, again.id)).toMatchObject({ status: "done", mayCancel: false });
    expect(await people()).toBe(7 + ROWS);
    await expect(cancelJob(host, SYSTEM, again.id)).rejects.toMatchObject({ code: "not-possible" });
  });

  it("at which the server stops says afterwards what is true: taken, or nothing of it", async () => {
    const id = await upload();
    const first = await applyImportJob(world.host, SYSTEM, id, { skipRefused: false });
    await world.host.idle();
    // Killed after the rows began to count and before the job could say so.
    await world.host.db.write([
      { sql: "UPDATE jobs SET status = 'running', finished_at = NULL WHERE id = ?", args: [first.id] },
    ]);
    await world.restart();
    expect(await jobView(world.host, first.id)).toMatchObject({
      status: "done",
      message: expect.stringContaining(`${ROWS} added`),
    });
    await world.host.db.write([
      { sql: "UPDATE imports SET status = 'failed' WHERE id = ?", args: [id] },
      { sql: "UPDATE jobs SET status = 'running', finished_at = NULL WHERE id = ?", args: [first.id] },
    ]);
    await world.restart();
    expect(await jobView(world.host, first.id)).toMatchObject({
      status: "failed",
      message: expect.stringContaining("nothing of it was taken"),
    });
  });
});
