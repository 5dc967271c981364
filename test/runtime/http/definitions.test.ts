import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { computing } from "../../support/computing.ts";
import { type HttpWorld, httpWorld } from "./world.ts";

const DESIGNER = "gs-hr-designer";
const ADMIN = "gs-hr-admin";
const REVIEW = { kind: "workflow", id: "annual-review" };

const talk = (more: object = {}) => ({
  kind: "workflow",
  schema: 1,
  id: "exit-talk",
  title: "Exit talk",
  subject: "person",
  start: "talk",
  steps: {
    talk: {
      kind: "approval",
      title: "Talk",
      actor: { relation: "manager" },
      outcomes: ["done"],
      on: { done: "end" },
    },
    end: { kind: "end", title: "Over" },
  },
  ...more,
});
const text = (document: object) => `${JSON.stringify(document, null, 2)}\n`;

describe("definitions over HTTP", () => {
  let world: HttpWorld;
  let representative: string;

  beforeAll(async () => {
    world = await httpWorld({ templates: ["annual-review", "late-review"] });
    const directory = await world.runtime.organisation.directory();
    representative = directory.people().find(({ id }) => id.startsWith("gs-r-"))!.id;
  });
  afterAll(() => world.close());

  const draft = (source: string, expectedRevision: number, id = "exit-talk") =>
    world.send("PUT", `/api/definitions/workflow/${id}/draft`, { as: DESIGNER, body: { source, expectedRevision } });

  it("lists documents by kind and words, each with its problems", async () => {
    const all = (await world.ask(DESIGNER, "definitions")).items;
    const forms = (await world.ask(DESIGNER, "definitions", { query: { kind: "form", q: "self" } })).items;
    expect(forms.map(({ id }) => id)).toEqual(["self-review"]);
    expect(all.length).toBeGreaterThan(15);
    expect(all.filter(({ problems }) => problems.errors > 0)).toEqual([]);
    const catalogue = await world.ask(DESIGNER, "catalogue");
    expect(catalogue.documents.length).toBe(all.length);
    expect(catalogue.live).toEqual(catalogue.documents);
  });

  it("ST1: gives a draft back byte for byte, however it is written", async () => {
    const source = `\uFEFF${text(talk()).replace('"schema": 1', '"schema":    1.0')}\r\n\r\n`;
    const created = await world.ask(DESIGNER, "createDefinition", { body: { source } });
    expect(created.source).toBe(source);
    const view = await world.ask(DESIGNER, "definition", { params: { kind: "workflow", id: "exit-talk" } });
    expect(view.source).toBe(source);
    expect(view.brief).toMatchObject({ live: null, openCases: 0, draft: { differs: true }, problems: { errors: 0 } });
    expect(view.revision).toBe(1);
  });

  it("keeps a draft with problems, and names them with their place", async () => {
    const broken = talk({ steps: { talk: { ...talk().steps.talk, on: { done: "nowhere" } } } });
    const saved = await draft(text(broken), 1);
    expect(saved.status).toBe(200);
    expect(saved.json.brief.problems.errors).toBeGreaterThan(0);
    expect(saved.json.issues.map((issue: { path: string }) => issue.path)).toContain("/steps/talk/on/done");
    const publish = await world.send("POST", "/api/definitions/workflow/exit-talk/publish", {
      as: DESIGNER,
      body: { note: "no", expectedRevision: 2 },
    });
    expect(publish.status).toBe(422);
    expect(publish.json.issues.length).toBeGreaterThan(0);
  });

  it.each([
    ["text that is no JSON", '{ "kind": "workflow",, }', "malformed-json"],
    ["a list", "[]", "not-a-document"],
    ["a key that reaches the prototype", '{ "kind": "workflow", "id": "exit-talk", "__proto__": {} }', "forbidden-key"],
    [
      "nesting without end",
      `{"kind":"workflow","id":"exit-talk","notes":${"[".repeat(100)}${"]".repeat(100)}}`,
      "too-deep",
    ],
  ])("refuses %s, and the draft stays", async (_, source, code) => {
    const refused = await draft(source, 2);
    expect(refused.status).toBe(422);
    expect(refused.json.issues[0].code).toBe(code);
    const { revision } = await world.ask(DESIGNER, "definition", { params: { kind: "workflow", id: "exit-talk" } });
    expect(revision).toBe(2);
  });

  it("answers 409 to who saves over what somebody else saved, and 400 to another id", async () => {
    expect((await draft(text(talk()), 1)).status).toBe(409);
    expect((await draft(text(talk({ id: "other" })), 2)).status).toBe(400);
    expect((await draft(text(talk()), 0, "never-made")).status).toBe(404);
    expect((await draft(text(talk()), 2)).status).toBe(200);
  });

  it("ST10: publishes what the changes say, keeps both versions, and a key answers twice", async () => {
    const params = { kind: "workflow", id: "exit-talk" };
    expect((await world.ask(DESIGNER, "changes", { params })).changes).toEqual([
      { kind: "added", path: "", words: "The workflow “Exit talk” is new." },
    ]);
    const body = { note: "first", expectedRevision: 3, key: "publish-exit-talk" };
    const first = await world.ask(DESIGNER, "publish", { params, body });
    expect(await world.ask(DESIGNER, "publish", { params, body })).toEqual(first);
    expect(first).toMatchObject({ version: 1, note: "first", retiredAt: null, openCases: 0 });
    const renamed = talk();
    renamed.steps.talk.title = "A long talk";
    await draft(text(renamed), 4);
    const changes = await world.ask(DESIGNER, "changes", { params });
    expect(changes.since).toBe(1);
    expect(changes.changes.map(({ words }) => words).join(" ")).toContain("A long talk");
    await world.ask(DESIGNER, "publish", { params, body: { note: "second", expectedRevision: 5 } });
    const old = await world.ask(DESIGNER, "version", { params: { ...params, version: 1 } });
    expect(old.version.hash).toBe(first.hash);
    expect(old.version.retiredAt).not.toBeNull();
    expect(old.document).toEqual(talk());
    const { versions, brief } = await world.ask(DESIGNER, "definition", { params });
    expect(versions.map(({ version }) => version)).toEqual([2, 1]);
    expect(brief.draft).toBeNull();
  });

  it("does not publish a draft with a problem", async () => {
    const params = { kind: "workflow", id: "exit-talk" };
    const unknown = talk();
    Object.assign(unknown.steps.talk, { bundle: ["case.nothing"] });
    const { issues, revision } = (await draft(text(unknown), 6)).json;
    expect(issues.map((issue: { code: string }) => issue.code)).toEqual(["unknown-fact"]);
    const refused = await world.send("POST", "/api/definitions/workflow/exit-talk/publish", {
      as: DESIGNER,
      body: { note: "no", expectedRevision: revision },
    });
    expect(refused.status).toBe(422);
    await world.ask(DESIGNER, "discardDraft", { params });
    const view = await world.ask(DESIGNER, "definition", { params });
    expect(view.brief.draft).toBeNull();
    expect((view.document as { steps: { talk: { title: string } } }).steps.talk.title).toBe("A long talk");
  });

  it("says of a reference to a draft that the draft has to be published first", async () => {
    const form = {
      kind: "form",
      schema: 1,
      id: "exit-form",
      title: "Exit",
      sections: [{ title: "One", questions: [] }],
    };
    await world.ask(DESIGNER, "createDefinition", { body: { source: text(form) } });
    const withForm = talk({ id: "exit-with-form" });
    Object.assign(withForm.steps.talk, { form: "exit-form" });
    const { issues } = await world.ask(DESIGNER, "createDefinition", { body: { source: text(withForm) } });
    expect(issues.find(({ code }) => code === "unknown-reference")).toMatchObject({
      message: 'There is no form "exit-form" published yet.',
      hint: "There is a draft of it: publish that first.",
    });
    const { items } = await world.ask(DESIGNER, "definitions", { query: { q: "exit" } });
    expect(items.map(({ id }) => id).sort()).toEqual(["exit-form", "exit-talk", "exit-with-form"]);
  });

  it("gives the XState machine of what is live, and of a draft where nothing is", async () => {
    const live = (await world.ask(DESIGNER, "xstate", { params: REVIEW })) as { id: string; states: object };
    expect(live.id).toBe("workflow:annual-review");
    expect(Object.keys(live.states)).toContain("self-review");
    await world.ask(DESIGNER, "createDefinition", { body: { source: text(talk({ id: "only-a-draft" })) } });
    const made = await world.ask(DESIGNER, "xstate", { params: { kind: "workflow", id: "only-a-draft" } });
    expect((made as { initial: string }).initial).toBe("talk");
    expect((await world.send("GET", "/api/definitions/form/self-review/xstate", { as: DESIGNER })).status).toBe(400);
  });

  it("ST9: tells everybody what is in force in plain English, and only that", async () => {
    const words = await world.ask(representative, "describeDefinition", { params: REVIEW });
    expect(words.title).toBe("Annual review");
    expect(words.sections.flatMap(({ sentences }) => sentences).join(" ")).toMatch(/self review/i);
    const drafted = "/api/definitions/workflow/only-a-draft/words";
    expect((await world.send("GET", drafted, { as: representative })).status).toBe(404);
    expect((await world.send("GET", drafted, { as: DESIGNER })).status).toBe(200);
  });

  it.each([
    ["GET", "/api/definitions"],
    ["GET", "/api/definitions/catalogue"],
    ["GET", "/api/definitions/workflow/annual-review"],
    ["GET", "/api/definitions/workflow/annual-review/xstate"],
    ["GET", "/api/templates"],
    ["GET", "/api/parameters"],
    ["POST", "/api/templates/annual-review/use"],
    ["DELETE", "/api/definitions/workflow/annual-review/draft"],
  ])("AC4: %s %s is not open to a representative, and the audit says who asked", async (method, path) => {
    const before = (await world.ask(ADMIN, "audit", { query: { limit: 1 } })).total;
    const refused = await world.send(method, path, { as: representative });
    expect(refused.status).toBe(403);
    const after = await world.ask(ADMIN, "audit", { query: { limit: 1 } });
    expect(after.total).toBe(before + 1);
    expect(after.items[0]).toMatchObject({ what: "access.refused", by: representative });
  });

  it("answers a list of everything in a moment, since nothing is checked twice", async () => {
    await world.ask(DESIGNER, "definitions");
    const computed = computing();
    for (let n = 0; n < 10; n++) await world.ask(DESIGNER, "definitions");
    expect(computed() / 10).toBeLessThan(100);
  });
});
