import { Writable } from "node:stream";
import { pino } from "pino";
import { afterEach, describe, expect, it } from "vitest";
import { Access } from "../../../runtime/access/access.ts";
import { createApiKey } from "../../../runtime/access/keys.ts";
import { manualClock } from "../../../runtime/clock.ts";
import { openHost } from "../../../runtime/hosts/embedded.ts";
import { createApp } from "../../../runtime/http/app.ts";
import { logOptions } from "../../../runtime/log.ts";
import { lateReview, outlierRules, reviewForm, reviewWorkflow } from "../../support/review.ts";
import { DAY, MONDAY, smallOrganisation } from "../../support/small-world.ts";
import { salesMetric, type TestHost, testConfig, testHost } from "../../support/test-runtime.ts";

let world: TestHost;
afterEach(() => world.end());

const SECRET_ANSWER = "She cried in the stairwell";

describe("the log of a busy run", () => {
  it("F61: has the ids of requests and cases, and no name, e-mail, answer, rating or pay, at its most talkative", async () => {
    world = await testHost({ documents: [salesMetric, reviewForm, outlierRules, lateReview, reviewWorkflow] });
    await world.host.stop();
    const lines: string[] = [];
    const log = pino(
      logOptions("trace"),
      new Writable({
        write(part, _encoding, done) {
          lines.push(...String(part).trimEnd().split("\n"));
          done();
        },
      }),
    );
    const host = await openHost(testConfig(world.folder), { clock: manualClock(MONDAY), log });
    world.host = host;
    await host.start();
    const app = createApp(host, new Access(host));
    const keys = new Map<string, string>();
    for (const person of ["ana", "mia", "hana"])
      keys.set(person, await createApiKey(host, { person, title: "t", by: null }));
    const ask = async (as: string, method: string, path: string, body?: unknown) => {
      const answer = await app.request(`http://127.0.0.1${path}`, {
        method,
        headers: {
          authorization: `Bearer ${keys.get(as)}`,
          "content-type": "application/json",
          "x-request-id": "req-known",
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return { status: answer.status, json: (await answer.json()) as Record<string, never> };
    };
    const started = await ask("hana", "POST", "/api/cases", {
      workflow: "annual-review",
      subject: { kind: "person", id: "ana" },
      period: "2026",
    });
    const { caseId } = started.json as unknown as { caseId: string };
    const tasks = await ask("ana", "GET", "/api/tasks");
    const [{ id }] = (tasks.json as unknown as { items: [{ id: string }] }).items;
    const complete = (answers: object) => ({
      command: { type: "complete", task: id, outcome: "submitted", answers, comment: SECRET_ANSWER },
    });
    expect(
      (
        await ask(
          "ana",
          "POST",
          `/api/cases/${caseId}/commands`,
          complete({ rating: "five stars", why: SECRET_ANSWER }),
        )
      ).status,
    ).toBe(422);
    expect(
      (await ask("ana", "POST", `/api/cases/${caseId}/commands`, complete({ rating: 4.25, why: SECRET_ANSWER })))
        .status,
    ).toBeLessThan(500);
    expect(
      (await ask("ana", "POST", `/api/cases/${caseId}/commands`, complete({ rating: 4, why: SECRET_ANSWER }))).status,
    ).toBeLessThan(500);
    await ask("mia", "GET", "/api/people/ana");
    await ask("ana", "GET", "/api/people/mia");
    await ask("ana", "POST", "/api/cases", { workflow: SECRET_ANSWER, subject: { kind: "person", id: "Ana Ruiz" } });
    // What fails unexpectedly, in a request, a timer and an effect, is where content slips into logs.
    await host.db.write([
      {
        sql: "INSERT INTO outbox (id, case_id, kind, payload, status, tries, next_at, created_at) VALUES ('e1', ?, 'write-person', ?, 'waiting', 0, 0, 0)",
        args: [caseId, JSON.stringify({ person: "Ana Ruiz", data: { comment: SECRET_ANSWER } })],
      },
    ]);
    await host.moveClock(MONDAY + 40 * DAY);
    const text = lines.join("\n");
    expect(lines.length).toBeGreaterThan(8);
    expect(text).toContain('"requestId":"req-known"');
    expect(text).toContain(caseId);
    for (const { name, email } of smallOrganisation().people) {
      expect(text).not.toContain(name);
      expect(text).not.toContain(email);
    }
    for (const secret of [SECRET_ANSWER, "stairwell", "five stars", "4.25", "6000000", "6_000_000"])
      expect(text).not.toContain(secret);
    for (const key of keys.values()) expect(text).not.toContain(key);
  });
});
