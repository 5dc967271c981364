import { afterEach, describe, expect, it } from "vitest";
import { command } from "../../../runtime/commands/handle.ts";
import { SYSTEM } from "../../../runtime/commands/runtime.ts";
import { startCase } from "../../../runtime/commands/start-case.ts";
import { openIncidents } from "../../../runtime/store/incidents.ts";
import { violations } from "../../support/invariants.ts";
import { DAY, MONDAY, officeCalendar } from "../../support/small-world.ts";
import { publishDocuments, type TestHost, testHost } from "../../support/test-runtime.ts";

let world: TestHost;
afterEach(() => world.end());

const elsewhere = { ...officeCalendar, id: "elsewhere", title: "Elsewhere" };
/** Rests for a day, then asks with a deadline by a calendar that may be gone by then. */
const fragile = (id: string, calendar: string) => ({
  kind: "workflow",
  schema: 1,
  id,
  title: id,
  subject: "person",
  start: "rest",
  steps: {
    rest: { kind: "wait", title: "Rest", until: { after: { days: 1 } }, on: { due: "ask" } },
    ask: {
      kind: "approval",
      title: "Ask",
      actor: { relation: "subject" },
      deadline: { after: { workingDays: 2 }, calendar, policy: "advance" },
      on: { approved: "good", due: "late" },
    },
    good: { kind: "end", title: "Good", outcome: "good" },
    late: { kind: "end", title: "Late", outcome: "late" },
  },
});

describe("a timer whose firing fails", () => {
  it("R17, R29: is set aside with its reason; the others fire; and an admin's retry fires it when the cause is gone", async () => {
    world = await testHost({ documents: [elsewhere, fragile("fragile", "elsewhere"), fragile("sturdy", "office")] });
    const { host } = world;
    const begin = (workflow: string, id: string) =>
      startCase(host, SYSTEM, { workflow, subject: { kind: "person", id }, period: "2026" });
    const bad = await begin("fragile", "ana");
    const good = await begin("sturdy", "ben");
    await host.db.write([{ sql: "DELETE FROM definitions WHERE kind = 'calendar' AND id = 'elsewhere'" }]);
    await host.catalogue.refresh();
    await host.moveClock(MONDAY + 2 * DAY);
    const active = async (id: string) => {
      const [row] = await host.db.read<{ active: string }>("SELECT active FROM cases WHERE id = ?", [id]);
      return JSON.parse(row!.active) as string[];
    };
    expect(await active(good.caseId)).toEqual(["ask"]);
    expect(await active(bad.caseId)).toEqual(["rest"]);
    expect(await openIncidents(host.db)).toMatchObject([
      { caseId: bad.caseId, message: expect.stringContaining("elsewhere") },
    ]);
    // It is not tried again and again, and time goes on.
    await host.moveClock(MONDAY + 3 * DAY);
    expect(await openIncidents(host.db)).toHaveLength(1);

    await publishDocuments(host, [{ ...elsewhere, title: "Back again", id: "elsewhere-2" }]);
    await host.db.write([
      {
        sql: "INSERT INTO definitions (kind, id, title, revision, updated_at, live_version) VALUES ('calendar', 'elsewhere', 'Elsewhere', 3, 0, 1)",
      },
    ]);
    await host.catalogue.refresh();
    await command(host, SYSTEM, bad.caseId, { command: { type: "retry", reason: "the calendar is back" } }).catch(
      () => undefined,
    );
    await host.worker.settle();
    expect(await active(bad.caseId)).toEqual(["ask"]);
    expect(await openIncidents(host.db)).toEqual([]);
    expect(await violations(host)).toEqual([]);
  });
});
