import { afterEach, describe, expect, it } from "vitest";
import { cancelJob, jobView } from "../../../runtime/commands/jobs.ts";
import { launch } from "../../../runtime/commands/launch.ts";
import { previewLaunch } from "../../../runtime/commands/preview-launch.ts";
import { SYSTEM } from "../../../runtime/commands/runtime.ts";
import { countMembers } from "../../../runtime/store/launches.ts";
import { violations } from "../../support/invariants.ts";
import { lateReview, outlierRules, reviewForm, reviewWorkflow } from "../../support/review.ts";
import { smallOrganisation } from "../../support/small-world.ts";
import { as, salesMetric, type TestHost, testHost } from "../../support/test-runtime.ts";

let world: TestHost;
afterEach(() => world.end());
const REVIEW = [salesMetric, reviewForm, outlierRules, lateReview, reviewWorkflow];

function crowd(size: number) {
  const data = smallOrganisation();
  for (let n = 0; n < size; n++) {
    const id = `p${String(n).padStart(5, "0")}`;
    data.people.push({ ...data.people[0]!, id, name: `Person ${n}`, email: null });
    data.assignments.push({ ...data.assignments[0]!, person: id });
  }
  return data;
}

describe("a launch", () => {
  it("opens a case for everybody below a unit, says so, and opens nothing when it is repeated", async () => {
    world = await testHost({ documents: REVIEW });
    const first = await launch(world.host, as("hana"), "annual-review", { unit: "south", period: "2026" });
    await world.host.idle();
    expect(await jobView(world.host, first.id)).toMatchObject({
      status: "done",
      done: 4,
      message: "4 cases opened, 0 already open",
      result: { opened: 4, existing: 0, refused: 0 },
    });
    const second = await launch(world.host, as("hana"), "annual-review", { unit: "south", period: "2026" });
    await world.host.idle();
    expect((await jobView(world.host, second.id)).message).toBe("0 cases opened, 4 already open");
    const other = await launch(world.host, as("hana"), "annual-review", { unit: "south", period: "2027" });
    await world.host.idle();
    expect((await jobView(world.host, other.id)).message).toBe("4 cases opened, 0 already open");
    expect(await violations(world.host)).toEqual([]);
  });

  it("with a key begins once: the second request is answered with the first one's job", async () => {
    world = await testHost({ documents: REVIEW });
    const input = { unit: "south", period: "2026", key: "launch-of-2026" };
    const [a, b] = await Promise.all([
      launch(world.host, as("hana"), "annual-review", input),
      launch(world.host, as("hana"), "annual-review", input),
    ]);
    expect(b.id).toBe(a.id);
    await world.host.idle();
    const [row] = await world.host.db.read<{ n: number }>("SELECT count(*) AS n FROM jobs");
    expect(row!.n).toBe(1);
  });

  it("takes in only who is eligible, employed and known, and says why not", async () => {
    const organisation = smallOrganisation();
    organisation.people = organisation.people.map((person) =>
      person.id === "ben" ? { ...person, status: "left", endDate: "2026-02-28" } : person,
    );
    const eligible = { all: [{ fact: "person.role", operator: "equal", value: "sales" }] };
    world = await testHost({ documents: [...REVIEW.slice(0, 4), { ...reviewWorkflow, eligible }], organisation });
    const preview = await previewLaunch(world.host, "annual-review", { unit: "south", period: "2026" });
    expect(preview).toMatchObject({ included: 1, excluded: 3, alreadyOpen: 0, withoutActor: 0 });
    const why = Object.fromEntries(preview.sample.map(({ person, reason }) => [person, reason]));
    expect(why).toEqual({
      ana: "in the population",
      ben: "not employed on this day",
      mia: "Role was manager, not sales",
      rolf: "Role was head, not sales",
    });
    await expect(launch(world.host, as("hana"), "annual-review", { unit: "nowhere" })).rejects.toThrow(
      /no unit "nowhere"/,
    );
    await expect(launch(world.host, as("hana"), "annual-review", { people: ["nobody"] })).rejects.toThrow(
      /no person "nobody"/,
    );
    await expect(launch(world.host, as("hana"), "annual-review", { period: "soon" })).rejects.toThrow(/not a period/);
    await expect(launch(world.host, as("hana"), "no-such", {})).rejects.toThrow(/no published workflow/);
  });

  it("goes on after a stop where it stood: everybody once", async () => {
    world = await testHost({ documents: REVIEW, organisation: crowd(600) });
    const job = await launch(world.host, as("hana"), "annual-review", { unit: "south", period: "2026" });
    while (((await countMembers(world.host.db, job.id)).opened ?? 0) === 0) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    const host = await world.restart();
    await host.idle();
    expect(await jobView(host, job.id)).toMatchObject({ status: "done", result: { opened: 604, existing: 0 } });
    const [row] = await host.db.read<{ n: number; subjects: number }>(
      "SELECT count(*) AS n, count(DISTINCT subject) AS subjects FROM cases",
    );
    expect(row).toEqual({ n: 604, subjects: 604 });
  });

  it("stops when it is cancelled, and says so", async () => {
    world = await testHost({ documents: REVIEW, organisation: crowd(600) });
    const job = await launch(world.host, as("hana"), "annual-review", { unit: "south", period: "2026" });
    while (((await countMembers(world.host.db, job.id)).opened ?? 0) === 0) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    await cancelJob(world.host, SYSTEM, job.id);
    await world.host.idle();
    expect((await jobView(world.host, job.id)).status).toBe("cancelled");
    const counts = await countMembers(world.host.db, job.id);
    expect(counts.waiting).toBeGreaterThan(0);
  });
});
