import { afterEach, expect, it } from "vitest";
import { jobView } from "../../../runtime/commands/jobs.ts";
import { launch } from "../../../runtime/commands/launch.ts";
import { setParameter } from "../../../runtime/commands/set-parameter.ts";
import { observationsStatements } from "../../../runtime/store/observations-write.ts";
import { MONDAY, officeCalendar, smallOrganisation } from "../../support/small-world.ts";
import { as, type TestHost, testHost } from "../../support/test-runtime.ts";
import { templates } from "../../templates/templates.ts";

let world: TestHost;
afterEach(() => world.end());

const ofTemplate = (id: string) => templates.find((template) => template.id === id)!.documents;
const GOAL = [
  ...ofTemplate("yearly-goal"),
  ...ofTemplate("green-soft").filter(({ kind, id }) => id === "laptops-sold" && kind !== officeCalendar.kind),
];
const counted = async (sql: string): Promise<number> => (await world.host.db.read<{ n: number }>(sql))[0]!.n;

it("GO8: one goal template to 4,950 representatives writes 4,950 goals, and none when it is repeated", async () => {
  const organisation = smallOrganisation();
  const [ana] = organisation.people;
  const [works] = organisation.assignments;
  for (let n = 0; n < 4_946; n++) {
    const id = `p${String(n).padStart(5, "0")}`;
    organisation.people.push({ ...ana!, id, name: `Person ${n}`, email: null });
    organisation.assignments.push({ ...works!, person: id });
  }
  world = await testHost({ documents: GOAL, organisation });
  const { host } = world;
  const give = async () => {
    const job = await launch(host, as("hana"), "yearly-goal", { unit: "south", period: "2026-Q2" });
    await host.idle();
    await host.worker.settle();
    return (await jobView(host, job.id)).message;
  };
  expect(await give()).toBe("4,950 cases opened, 0 already open");
  expect(await counted("SELECT count(*) AS n FROM records WHERE type = 'goal'")).toBe(4_950);
  expect(await give()).toBe("0 cases opened, 4,950 already open");
  expect(await counted("SELECT count(*) AS n FROM records WHERE type = 'goal'")).toBe(4_950);
});

it("GO8: an edit of the template's target is offered to the goals that run, and counts only for those it was meant for", async () => {
  world = await testHost({ documents: GOAL });
  const { host } = world;
  const sold = (subject: string, months: string[], value: string) =>
    months.map((periodFrom, i) => ({
      metric: "laptops-sold",
      subjectKind: "person" as const,
      subject,
      periodFrom,
      periodTo: months[i + 1] ?? "2026-10-01",
      value,
      target: "100",
      state: "final" as const,
    }));
  const Q2 = ["2026-04-01", "2026-05-01", "2026-06-01", "2026-07-01"];
  const Q3 = ["2026-07-01", "2026-08-01", "2026-09-01"];
  await host.db.write(
    observationsStatements(
      [...sold("ana", Q2, "95").slice(0, 3), ...sold("ben", Q2, "95").slice(0, 3), ...sold("ana", Q3, "92")],
      { recordedAt: MONDAY, importNo: 0 },
    ),
  );
  const give = async (people: string[], period: string) => {
    await launch(host, as("hana"), "yearly-goal", { people, period });
    await host.idle();
  };
  const edit = (value: number, scope: "new" | "open-next-step", expectedVersion: number) =>
    setParameter(host, as("hana"), "workflow", "yearly-goal", "unitsTarget", {
      value,
      scope,
      reason: "the market has changed",
      expectedVersion,
    });
  const ended = () =>
    host.db.read("SELECT subject, period, outcome FROM cases WHERE status = 'closed' ORDER BY period, subject");

  await give(["ana"], "2026-Q2");
  await host.moveClock(MONDAY + 60_000);
  await edit(280, "new", 0);
  await give(["ben"], "2026-Q2");
  await host.moveClock(Date.UTC(2026, 6, 1));
  // Both sold 285: Ana's goal was given before the edit and keeps its 300.
  const second = [
    { subject: "ana", period: "2026-Q2", outcome: "missed" },
    { subject: "ben", period: "2026-Q2", outcome: "reached" },
  ];
  expect(await ended()).toEqual(second);
  await give(["ana"], "2026-Q3");
  await edit(270, "open-next-step", 1);
  await host.moveClock(Date.UTC(2026, 9, 1));
  expect(await ended()).toEqual([...second, { subject: "ana", period: "2026-Q3", outcome: "reached" }]);
});
