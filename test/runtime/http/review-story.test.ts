import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CaseBrief, TaskBrief } from "#engine/contract/views/cases.ts";
import { personasOf } from "../../../runtime/access/demo.ts";
import { type HttpWorld, httpWorld } from "./world.ts";

const DESIGNER = "gs-hr-designer";
const ADMIN = "gs-hr-admin";

describe("an annual review over HTTP", () => {
  let world: HttpWorld;
  let team: { manager: string; people: string[] };
  let first: CaseBrief;

  beforeAll(async () => {
    world = await httpWorld();
    const directory = await world.runtime.organisation.directory();
    // The weakest representative first: a high rating does not fit their results.
    const weakest = personasOf(await world.access.settings()).at(-1)!.personId;
    const manager = directory.managerOf(weakest, "2026-03-16")!;
    const others = directory.reportsOf(manager, "2026-03-16").filter((person) => person !== weakest);
    const people = [weakest, ...others.slice(0, 3)];
    team = { manager, people };
  });
  afterAll(() => world.close());

  const taskOf = async (person: string, caseId: string): Promise<TaskBrief> => {
    const { items } = await world.ask(person, "tasks", { query: { status: "open" } });
    const task = items.find((one) => one.caseId === caseId);
    if (!task) throw new Error(`${person} has no open task in ${caseId}`);
    return task;
  };
  const complete = async (person: string, caseId: string, outcome: string, answers?: object) => {
    const task = await taskOf(person, caseId);
    return world.ask(person, "command", {
      params: { id: caseId },
      body: { command: { type: "complete", task: task.id, outcome, ...(answers ? { answers } : {}) } },
    });
  };

  it("RC1: is previewed with a reason for each person, launched once and opens nothing twice", async () => {
    const body = { people: team.people, period: "2026" };
    const preview = await world.ask(DESIGNER, "previewLaunch", { params: { id: "annual-review" }, body });
    expect(preview.included).toBe(4);
    expect(preview.sample.every(({ reason }) => reason.length > 0)).toBe(true);
    const job = await world.ask(DESIGNER, "launch", { params: { id: "annual-review" }, body });
    await world.runtime.idle();
    await world.ask(DESIGNER, "launch", { params: { id: "annual-review" }, body });
    await world.runtime.idle();
    expect((await world.ask(DESIGNER, "job", { params: { id: job.id } })).status).toBe("done");
    const open = await world.ask(ADMIN, "cases", { query: { definition: "annual-review" } });
    expect(open.total).toBe(4);
    first = open.items.find(({ subject }) => subject.id === team.people[0])!;
  });

  it("gives the subject the form, and keeps what is typed before it is sent", async () => {
    const me = team.people[0]!;
    const task = await taskOf(me, first.id);
    const draft = { answers: { results: 4 }, expectedRevision: 0 };
    await world.ask(me, "saveTaskDraft", { params: { id: task.id }, body: draft });
    const view = await world.ask(me, "task", { params: { id: task.id } });
    expect(view.mayAct).toBe(true);
    expect(view.draft?.answers).toEqual({ results: 4 });
    expect((view.form as { kind: string }).kind).toBe("form");
    expect(view.task.because).not.toBe("");
    const messages = await world.ask(me, "messages");
    expect(messages.items[0]?.taskId).toBe(task.id);
    await world.ask(me, "readMessages", { body: { ids: [messages.items[0]!.id] } });
    expect((await world.ask(me, "messages", { query: { unread: true } })).total).toBe(0);
  });

  it("AC4: a link is not authority: another's task and case answer 403, and an audit row says so", async () => {
    const stranger = team.people[1]!;
    const task = await taskOf(team.people[0]!, first.id);
    const id = encodeURIComponent(task.id);
    const command = { command: { type: "complete", task: task.id, outcome: "submitted", answers: {} } };
    await world.keyOf(stranger);
    const before = (await world.ask(ADMIN, "audit")).total;
    const tried = [
      await world.send("GET", `/api/tasks/${id}`, { as: stranger }),
      await world.send("GET", `/api/cases/${first.id}`, { as: stranger }),
      await world.send("GET", `/api/cases/${first.id}/journal`, { as: stranger }),
      await world.send("GET", `/api/cases/${first.id}/why?seq=1`, { as: stranger }),
      await world.send("POST", `/api/cases/${first.id}/commands`, { as: stranger, body: command }),
      await world.send("GET", `/api/people/${team.people[0]}`, { as: stranger }),
    ];
    expect(tried.map(({ status }) => status)).toEqual(tried.map(() => 403));
    for (const { text } of tried)
      expect(text).not.toContain((await world.ask(ADMIN, "case", { params: { id: first.id } })).case.subjectName);
    const audit = await world.ask(ADMIN, "audit");
    expect(audit.total).toBe(before + tried.length);
    expect(audit.items[0]).toMatchObject({ by: stranger, what: "access.refused" });
    // The manager answers for the subject, and still cannot do the subject's task.
    expect(
      (await world.send("POST", `/api/cases/${first.id}/commands`, { as: team.manager, body: command })).status,
    ).toBe(403);
  });

  it("AC2: hides the rating and the manager's answers from the subject until they are released", async () => {
    const me = team.people[0]!;
    await complete(me, first.id, "submitted", { results: 4, growth: 5 });
    // A rating that does not fit the results goes to calibration, where nothing is released yet.
    await complete(team.manager, first.id, "submitted", { sales: 5, customers: 5, why: "Saved the largest account." });
    const mine = await world.send("GET", `/api/cases/${first.id}`, { as: me });
    const seen = await world.ask(me, "case", { params: { id: first.id } });
    const theirs = await world.ask(team.manager, "case", { params: { id: first.id } });
    const rating = (view: typeof seen) => view.data.find(({ name }) => name === "rating");
    expect(theirs.active).toContain("calibrate");
    expect(rating(seen)).toMatchObject({ value: null, hidden: true });
    expect(mine.text).not.toContain("Saved the largest account");
    // The calibration is a session, a case of its own that the reviews of a region share.
    const sessions = await world.ask(ADMIN, "cases", { query: { definition: "annual-review.calibrate" } });
    const session = await world.ask(ADMIN, "case", { params: { id: sessions.items[0]!.id } });
    expect(session.session?.subjects.map(({ subject }) => subject.id)).toContain(me);
    const partner = session.tasks[0]!.assignees[0]!.id;
    const decided = theirs.journal.find(({ type, seq }) => type === "complete" && seq > 2)!;
    const hidden = await world.ask(me, "why", { params: { id: first.id }, query: { seq: decided.seq } });
    expect(JSON.stringify(hidden.facts)).not.toContain("case.rating");
    expect(hidden.answer).toContain("It rests on answers that are not open to you yet.");
    await complete(partner, session.case.id, "agreed", { rating: 4, reason: "Customers first." });
    expect(rating(theirs)).toMatchObject({ hidden: false });
    await world.runtime.moveClock(world.runtime.clock.now() + 60_000);
    const after = await world.ask(me, "case", { params: { id: first.id } });
    expect(rating(after)?.hidden).toBe(false);
    expect(rating(after)?.value).not.toBeNull();
  });

  it("ST2: answers why a decision came out as it did, from the journal, with the deciding comparisons marked", async () => {
    const view = await world.ask(ADMIN, "case", { params: { id: first.id } });
    const entry = view.journal.find(({ details }) => details.some((detail) => detail.includes("Outlier?")))!;
    expect(entry.hasWhy).toBe(true);
    const why = await world.ask(ADMIN, "why", { params: { id: first.id }, query: { seq: entry.seq } });
    expect(why.rules.length).toBeGreaterThan(0);
    expect(JSON.stringify(why.rules)).toContain('"deciding":true');
    expect(why.answer[0]).toMatch(/^“Outlier\?” came out as /);
    expect(why.facts.length).toBeGreaterThan(0);
    const people = view.journal.find(({ type }) => type === "start")!;
    const whom = await world.ask(ADMIN, "why", { params: { id: first.id }, query: { seq: people.seq } });
    expect(whom.people[0]?.found[0]?.id).toBe(team.people[0]);
  });

  it("tells the journal in sentences, draws the path taken, and proves that it is whole", async () => {
    const view = await world.ask(ADMIN, "case", { params: { id: first.id } });
    const name = view.case.subjectName;
    const words = view.journal.map((entry) => entry.words);
    expect(words[0]).toBe(`Anil Trivedi started “Annual review” for ${name}, 2026.`);
    expect(words[1]).toBe(`${name} submitted “Self review”.`);
    expect(view.taken.slice(0, 2).map(({ from, to }) => `${from}>${to}`)).toEqual([
      "self-review>manager-review",
      "manager-review>outlier",
    ]);
    expect(view.visited.slice(0, 3)).toEqual(["self-review", "manager-review", "outlier"]);
    expect(view.possible.map(({ event }) => event)).toContain("acknowledged");
    expect(await world.ask(ADMIN, "verifyCase", { params: { id: first.id } })).toMatchObject({ ok: true });
    await complete(team.people[0]!, first.id, "acknowledged");
    expect((await world.ask(team.people[0]!, "case", { params: { id: first.id } })).case.status).toBe("closed");
  });

  it("RC14: the completion rate names its denominator and is the same number wherever it is asked", async () => {
    const read = async () => {
      const home = await world.ask(ADMIN, "home");
      return home.running.find(({ definition }) => definition.id === "annual-review")!;
    };
    const now = await read();
    const tasks = (
      await Promise.all(
        (
          await world.ask(ADMIN, "cases", { query: { definition: "annual-review" } })
        ).items.map(({ id }) => world.ask(ADMIN, "case", { params: { id } })),
      )
    ).flatMap((view) => view.tasks);
    const done = tasks.filter(({ status }) => status === "done").length;
    expect(now.completion).toEqual({
      completed: done,
      due: done,
      rate: 1,
      excluded: [{ why: "not due yet", count: tasks.filter(({ status }) => status === "open").length }],
    });
    // Three weeks later three self reviews are past their due date: they are due, and not completed.
    await world.runtime.moveClock(world.runtime.clock.now() + 21 * 86_400_000);
    const later = await read();
    expect(later.completion.due).toBe(done + 3);
    expect(later.completion.rate).toBeCloseTo(done / (done + 3), 12);
    expect(later.overdue).toBe(
      (await world.ask(ADMIN, "cases", { query: { definition: "annual-review", late: true } })).total,
    );
    const brief = (await world.ask(ADMIN, "definitions", { query: { kind: "workflow" } })).items.find(
      ({ id }) => id === "annual-review",
    )!;
    expect(later.open).toBe(brief.openCases);
  });

  it("says why a level of a ladder was reached: who, and when its time was up", async () => {
    const ladders = await world.ask(ADMIN, "cases", { query: { definition: "late-review" } });
    expect(ladders.total).toBeGreaterThan(0);
    const view = await world.ask(ADMIN, "case", { params: { id: ladders.items[0]!.id } });
    const climbed = view.journal.find(({ type }) => type === "timer");
    expect(climbed, "a level whose time was up").toBeDefined();
    const why = await world.ask(ADMIN, "why", { params: { id: view.case.id }, query: { seq: climbed!.seq } });
    expect(why.answer.join(" ")).toMatch(/had until \d+ \w+ 2026 at \d\d:\d\d/);
    expect(why.answer.join(" ")).toMatch(/working day/);
  });

  it("tells whoever listens that something changed, and only of what is open to them", async () => {
    const [second, third] = (
      await world.ask(ADMIN, "cases", { query: { definition: "annual-review", status: "open" } })
    ).items as [CaseBrief, CaseBrief];
    const listen = async (person: string) => {
      const answer = await fetch(`${world.origin}/api/events`, {
        headers: { authorization: `Bearer ${await world.keyOf(person)}` },
      });
      const reader = answer.body!.getReader();
      const heard: string[] = [];
      void (async () => {
        for (;;) {
          const { value, done } = await reader.read().catch(() => ({ value: undefined, done: true }));
          if (done) return;
          heard.push(new TextDecoder().decode(value));
        }
      })();
      return { heard, stop: () => reader.cancel() };
    };
    const mine = await listen(second.subject.id);
    const other = await listen(third.subject.id);
    await complete(second.subject.id, second.id, "submitted", { results: 3, growth: 3 });
    await expect.poll(() => mine.heard.join("")).toContain(second.id);
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(other.heard.join("")).not.toContain(second.id);
    const said = mine.heard
      .join("")
      .split("\n")
      .filter((line) => line.startsWith("data:"));
    for (const line of said) expect(Object.keys(JSON.parse(line.slice(5))).sort()).toEqual(["id", "revision", "topic"]);
    await mine.stop();
    await other.stop();
  });
});
