import { afterAll, beforeAll, expect, it } from "vitest";
import { type HttpWorld, httpWorld } from "./world.ts";

const ADMIN = "gs-hr-admin";
let world: HttpWorld;
let person: string;

beforeAll(async () => {
  world = await httpWorld({ templates: ["annual-review", "late-review"] });
  const directory = await world.runtime.organisation.directory();
  person = directory.people().find(({ id }) => id.startsWith("gs-r-"))!.id;
});
afterAll(() => world.close());

const finished = async (id: string) => {
  for (;;) {
    const job = await world.ask(ADMIN, "job", { params: { id } });
    if (job.status !== "waiting" && job.status !== "running") return job;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
};

it("RC11, F42: over HTTP a case is moved with a reason by who administers it, previewed before and taken back after", async () => {
  const started = await world.ask(ADMIN, "startCase", {
    body: { workflow: "annual-review", subject: { kind: "person", id: person }, period: "2026" },
  });
  const params = { id: started.caseId };
  const [first] = started.active;
  const view = await world.ask(ADMIN, "case", { params });
  const steps = Object.keys((view.document as { steps: object }).steps);
  const to = steps.find((step) => step !== first)!;
  const move = { type: "move", to, reason: "The wrong round" };

  const commands = `/api/cases/${encodeURIComponent(started.caseId)}/commands`;
  expect((await world.send("POST", commands, { as: person, body: { command: move } })).status).toBe(403);
  const silent = await world.send("POST", commands, { as: ADMIN, body: { command: { type: "move", to } } });
  expect(silent.status).toBe(400);
  const body = { command: move, cases: [started.caseId] };
  expect((await world.send("POST", "/api/cases/moves", { as: person, body })).status).toBe(403);

  const preview = await world.ask(ADMIN, "previewMoves", { body });
  expect(preview).toMatchObject({ total: 1, refused: 0, rows: [{ caseId: started.caseId, ok: true }] });
  const job = await finished((await world.ask(ADMIN, "moveCases", { body })).id);
  expect(job).toMatchObject({ status: "done", message: "1 of 1 done" });
  expect((await world.ask(ADMIN, "case", { params })).active).not.toContain(first);
  const undo = await world.ask(ADMIN, "undoMoves", { params: { id: job.id }, body: { reason: "It was right" } });
  expect(await finished(undo.id)).toMatchObject({ message: "1 of 1 done" });
  expect((await world.ask(ADMIN, "case", { params })).active).toEqual(started.active);
});

it("ES6: over HTTP one says when one is away, and only for oneself", async () => {
  const body = { from: "2026-04-01", to: "2026-04-10" };
  const params = { id: person };
  const mine = await world.ask(person, "declareAbsence", { params, body });
  expect(mine).toMatchObject({ from: "2026-04-01", delegate: null });
  expect(await world.ask(person, "absences", { params })).toEqual({ items: [mine] });
  const other = await world.send("POST", `/api/people/${ADMIN}/absences`, { as: person, body });
  expect(other.status).toBe(403);
  await world.ask(person, "withdrawAbsence", { params: { id: person, absence: mine.id } });
  expect(await world.ask(person, "absences", { params })).toEqual({ items: [] });
});
