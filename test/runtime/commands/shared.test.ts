import { afterEach, describe, expect, it } from "vitest";
import { manualClock } from "../../../runtime/clock.ts";
import { send } from "../../../runtime/commands/handle.ts";
import { Refused } from "../../../runtime/commands/refused.ts";
import { SYSTEM } from "../../../runtime/commands/runtime.ts";
import { startCase } from "../../../runtime/commands/start-case.ts";
import { loadCases } from "../../../runtime/store/cases-load.ts";
import { countOrphans } from "../../../runtime/store/orphans.ts";
import { violations } from "../../support/invariants.ts";
import { reviewForm } from "../../support/review.ts";
import { DAY, MONDAY, smallOrganisation } from "../../support/small-world.ts";
import { type TestHost, testHost } from "../../support/test-runtime.ts";

let world: TestHost;
afterEach(() => world.end());

const end = (outcome: string, more: object = {}) => ({ kind: "end", title: outcome, outcome, ...more });
const review = {
  kind: "workflow",
  schema: 1,
  id: "annual-review",
  title: "Annual review",
  subject: "person",
  data: { rating: { type: "number" } },
  start: "manager-review",
  steps: {
    "manager-review": {
      kind: "form",
      title: "Manager review",
      form: "review",
      actor: { relation: "manager" },
      on: { submitted: "calibrate" },
    },
    calibrate: {
      kind: "calibration",
      title: "Calibration",
      form: "review",
      actor: { role: "hr-partner" },
      shared: { key: ["subject.unit.region", "period"] },
      on: { agreed: { to: "closed", set: { rating: { fact: "step.calibrate.rating" } } }, failed: "stopped" },
    },
    closed: end("completed", { result: { rating: { fact: "case.rating" } } }),
    stopped: end("stopped"),
  },
};

const settle = async () => {
  for (let n = 0; n < 4; n++) await world.host.worker.settle();
};
async function begin(person: string): Promise<string> {
  const answer = await startCase(world.host, SYSTEM, {
    workflow: "annual-review",
    subject: { kind: "person", id: person },
    period: "2026",
  });
  return answer.caseId;
}
const stateOf = async (id: string) => (await loadCases(world.host.db, [id])).get(id)!.state;
async function complete(id: string, by: string, outcome: string, more: object) {
  const [task] = Object.keys((await stateOf(id)).tasks);
  return send(world.host, id, { type: "complete", task: task!, outcome, by, ...more } as never);
}
const sessions = () =>
  world.host.db.read<{ id: string; status: string }>(
    "SELECT id, status FROM cases WHERE definition = 'annual-review.calibrate' ORDER BY opened_at, id",
  );

describe("a calibration session that many reviews share", () => {
  it("CA1, RC6: reviews anchored on staggered hire dates ask in one moment, and one session takes them all", async () => {
    const organisation = smallOrganisation();
    organisation.people.find(({ id }) => id === "ana")!.hireDate = "2025-12-05";
    organisation.people.find(({ id }) => id === "ben")!.hireDate = "2025-12-12";
    organisation.people.find(({ id }) => id === "mia")!.hireDate = "2025-12-19";
    for (const { id } of organisation.people)
      if (!["ana", "ben", "mia"].includes(id))
        organisation.people.find((one) => one.id === id)!.hireDate = "2020-01-01";
    const cadence = {
      kind: "cadence",
      schema: 1,
      id: "probation",
      title: "Probation",
      starts: { workflow: "annual-review" },
      period: "previous-year",
      anchor: { fact: "person.hireDate", plus: { days: 90 } },
    };
    const clock = manualClock(MONDAY);
    world = await testHost({ documents: [reviewForm, review, cadence], organisation, clock });
    const { host } = world;
    clock.moveTo(MONDAY + 25 * DAY);
    await settle();
    const reviews = await host.db.read<{ id: string; subject: string; openedAt: number }>(
      "SELECT id, subject, opened_at AS openedAt FROM cases WHERE definition = 'annual-review' ORDER BY opened_at",
    );
    expect(reviews.map(({ subject }) => subject)).toEqual(["ana", "ben", "mia"]);
    await Promise.all(
      reviews.map(({ id, subject }) =>
        complete(id, subject === "mia" ? "rolf" : "mia", "submitted", { answers: { rating: 3 } }),
      ),
    );
    await settle();
    const [session, ...more] = await sessions();
    expect(more).toEqual([]);
    expect((await stateOf(session!.id)).members!.map(({ subject }) => subject.id).sort()).toEqual([
      "ana",
      "ben",
      "mia",
    ]);
    expect(await countOrphans(host.db)).toBe(0);
    await complete(session!.id, "hana", "agreed", { answers: { rating: 4 }, rows: { mia: { rating: 5 } } });
    await settle();
    for (const { id, subject } of reviews)
      expect(await stateOf(id)).toMatchObject({
        status: "closed",
        outcome: "completed",
        result: { rating: subject === "mia" ? 5 : 4 },
      });
    expect(await violations(host)).toEqual([]);
  });

  it("CA1: a session is added to a live cycle by hand, only its facilitator edits, and final locks it", async () => {
    world = await testHost({ documents: [reviewForm, review] });
    const id = await begin("ana");
    const added = await startCase(world.host, SYSTEM, {
      workflow: "annual-review.calibrate",
      subject: { kind: "unit", id: "south" },
      period: "2026",
    });
    expect((await stateOf(added.caseId)).members).toEqual([]);
    await complete(id, "mia", "submitted", { answers: { rating: 3 } });
    await settle();
    expect((await sessions()).map((one) => one.id)).toEqual([added.caseId]);
    expect((await stateOf(added.caseId)).members).toMatchObject([{ caseId: id, waits: true }]);
    await expect(complete(added.caseId, "mia", "agreed", { answers: { rating: 1 } })).rejects.toMatchObject({
      code: "not-yours",
    });
    await expect(
      complete(added.caseId, "hana", "agreed", { answers: { rating: 1 }, rows: { ben: { rating: 2 } } }),
    ).rejects.toMatchObject({ code: "bad-answers" });
    const [task] = Object.keys((await stateOf(added.caseId)).tasks);
    await complete(added.caseId, "hana", "agreed", { answers: { rating: 4 } });
    await expect(
      send(world.host, added.caseId, { type: "complete", task: task!, outcome: "agreed", by: "hana" }),
    ).rejects.toBeInstanceOf(Refused);
    await settle();
    expect(await stateOf(id)).toMatchObject({ status: "closed", result: { rating: 4 } });
    expect(await violations(world.host)).toEqual([]);
  });

  it("a review that is cancelled leaves the session, and a session that is cancelled fails every review", async () => {
    world = await testHost({ documents: [reviewForm, review] });
    const [ana, ben] = [await begin("ana"), await begin("ben")];
    for (const id of [ana, ben]) await complete(id, "mia", "submitted", { answers: { rating: 3 } });
    await settle();
    const [session] = await sessions();
    await send(world.host, ana, { type: "cancel", reason: "left the company", by: null });
    await settle();
    expect((await stateOf(session!.id)).members!.map(({ subject }) => subject.id)).toEqual(["ben"]);
    await send(world.host, session!.id, { type: "cancel", reason: "no quorum", by: "hana" });
    await settle();
    expect(await stateOf(ben)).toMatchObject({ status: "closed", outcome: "stopped" });
    expect(await violations(world.host)).toEqual([]);
  });
});
