import { afterEach, describe, expect, it } from "vitest";
import { createApiKey } from "../../../runtime/access/keys.ts";
import { SYSTEM } from "../../../runtime/commands/runtime.ts";
import { startCase } from "../../../runtime/commands/start-case.ts";
import { createApp } from "../../../runtime/http/app.ts";
import { question } from "../../bench/world.ts";
import { violations } from "../../support/invariants.ts";
import { type TestHost, testHost } from "../../support/test-runtime.ts";

let world: TestHost;
afterEach(() => world.end());

/** Sends commands to a case as a person does, by the API's door. */
async function door(documents: readonly object[], workflow: string) {
  world = await testHost({ documents });
  const { host } = world;
  const app = createApp(host);
  const { caseId } = await startCase(host, SYSTEM, {
    workflow,
    subject: { kind: "person", id: "ana" },
    period: "2026",
  });
  const tokens = new Map<string, string>();
  const send = async (person: string, command: object, key?: string) => {
    const token = tokens.get(person) ?? (await createApiKey(host, { person, title: "test", by: null }));
    tokens.set(person, token);
    const response = await app.request(`/api/cases/${caseId}/commands`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify({ command, ...(key === undefined ? {} : { key }) }),
    });
    const said = (await response.json()) as { code?: string; active?: string[]; revision?: number };
    return { status: response.status, said };
  };
  return { caseId, send };
}

describe("a command at the door", () => {
  it("R02: who has handed a task over gets the same answer again with the same key, and may do no more with it", async () => {
    const { caseId, send } = await door([question], "question");
    const handOver = { type: "transfer", task: `${caseId}/1/1`, to: "ben", reason: "on leave" };
    const first = await send("ana", handOver, "hand-over-1");
    expect(first).toMatchObject({ status: 200, said: { revision: 2 } });
    expect(await send("ana", handOver, "hand-over-1")).toEqual(first);
    expect(await send("ana", handOver, "hand-over-2")).toMatchObject({ status: 403 });
    expect(await send("ben", handOver, "hand-over-1")).toMatchObject({ status: 200, said: { revision: 3 } });
    expect(await violations(world.host)).toEqual([]);
  });

  it("is refused on the snapshot it would be decided on: of two who act at once, the second is told as whom it finds the task", async () => {
    const { caseId, send } = await door([question], "question");
    const task = `${caseId}/1/1`;
    const [over, late] = await Promise.all([
      send("ana", { type: "transfer", task, to: "ben", reason: "on leave" }),
      send("ana", { type: "complete", task, outcome: "approved" }),
    ]);
    expect(over.status).toBe(200);
    expect(late).toMatchObject({ status: 403, said: { code: "forbidden" } });
  });

  it("is refused before anything happens: a retry by somebody who may not leaves what was set aside as it was", async () => {
    const { caseId, send } = await door([question], "question");
    await world.host.db.write([
      { sql: "INSERT INTO incidents (case_id, what, message, at) VALUES (?, 'timer', 'it broke', 0)", args: [caseId] },
    ]);
    const open = async () =>
      (await world.host.db.read("SELECT id FROM incidents WHERE case_id = ? AND resolved_at IS NULL", [caseId])).length;
    expect(await send("ana", { type: "retry", reason: "please" })).toMatchObject({ status: 403 });
    expect(await open()).toBe(1);
    await send("hana", { type: "retry", reason: "looked into it" });
    expect(await open()).toBe(0);
  });

  it("with a step tells that step only, where several wait for the same event", async () => {
    const rest = (end: string) => ({
      kind: "wait",
      title: "Rest",
      until: { after: { days: 9 } },
      on: { due: end, arrived: end },
    });
    const branch = (name: string) => ({
      start: name,
      steps: { [name]: rest(`${name}-over`), [`${name}-over`]: { kind: "end", title: "Over" } },
    });
    const both = {
      ...question,
      id: "both",
      start: "wait",
      steps: {
        wait: {
          kind: "parallel",
          title: "Both",
          branches: { left: branch("laptop"), right: branch("badge") },
          on: { done: "good" },
        },
        good: { kind: "end", title: "Good", outcome: "good" },
      },
    };
    const { send } = await door([both], "both");
    expect(await send("hana", { type: "event", event: "arrived", step: "nowhere" })).toMatchObject({ status: 409 });
    const one = await send("hana", { type: "event", event: "arrived", step: "badge" });
    expect(one.status).toBe(200);
    expect(one.said.active).toContain("laptop");
    expect(one.said.active).not.toContain("badge");
    expect(await send("hana", { type: "event", event: "arrived" })).toMatchObject({
      status: 200,
      said: { status: "closed" },
    });
    expect(await violations(world.host)).toEqual([]);
  });
});
