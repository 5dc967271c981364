import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { retryEffect } from "../../../runtime/commands/retry-effect.ts";
import { SYSTEM } from "../../../runtime/commands/runtime.ts";
import { currentTrace, span, startTracing, stopTracing } from "../../../runtime/tracing.ts";
import { publishDocuments } from "../../support/test-runtime.ts";
import { type HttpWorld, httpWorld } from "../http/world.ts";

interface Span {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  attributes: { key: string; value: { stringValue?: string } }[];
}

/** An OTLP collector: what is posted to it, as JSON or protobuf of the exporter; ours speaks JSON over HTTP. */
async function collector() {
  const spans: Span[] = [];
  const server = createServer(async (request, response) => {
    const body = await textOf(request);
    if (request.url === "/v1/traces") {
      const sent = JSON.parse(body) as { resourceSpans: { scopeSpans: { spans: Span[] }[] }[] };
      for (const resource of sent.resourceSpans) for (const scope of resource.scopeSpans) spans.push(...scope.spans);
    }
    response.writeHead(200, { "content-type": "application/json" }).end("{}");
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  return { server, spans, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString("utf8");
}

let world: HttpWorld;
let hook: Server;
let asked: Record<string, string | string[] | undefined>[] = [];
let status = 200;
let worker: string;
beforeAll(async () => {
  hook = createServer((request, response) => {
    asked.push(request.headers);
    response.writeHead(status, { "content-type": "application/json" }).end("{}");
  });
  await new Promise<void>((ready) => hook.listen(0, "127.0.0.1", ready));
  world = await httpWorld();
  worker = (
    await world.runtime.db.read<{ person: string }>(
      "SELECT person FROM profiles WHERE role = 'sales' ORDER BY person LIMIT 1",
    )
  )[0]!.person;
  await publishDocuments(world.runtime, [
    {
      kind: "workflow",
      schema: 1,
      id: "tells",
      title: "Tells",
      subject: "person",
      key: ["subject", "period"],
      start: "ask",
      steps: {
        ask: { kind: "approval", title: "Ask", actor: { relation: "subject" }, on: { approved: "call" } },
        call: {
          kind: "call",
          title: "Call",
          url: `http://127.0.0.1:${(hook.address() as AddressInfo).port}/hook`,
          on: { done: "end", failed: "end" },
        },
        end: { kind: "end", title: "End", outcome: "done" },
      },
    },
  ]);
});
afterAll(async () => {
  await world.close();
  await new Promise((done) => hook.close(done));
});
afterEach(async () => {
  await stopTracing();
  asked = [];
  status = 200;
});

/** Approves over HTTP, within the caller's own trace. */
async function approve(period: string, headers: Record<string, string>): Promise<string> {
  const started = await world.ask(worker, "startCase", {
    body: { workflow: "tells", subject: { kind: "person", id: worker }, period },
  });
  const view = await world.ask(worker, "case", { params: { id: started.caseId } });
  const task = Object.values(view.tasks)[0]!.id;
  const answer = await world.send("POST", `/api/cases/${started.caseId}/commands`, {
    as: worker,
    headers,
    body: { command: { type: "complete", task, outcome: "approved", answers: {} } },
  });
  expect(answer.status, answer.text).toBe(200);
  return started.caseId;
}
const TRACE = "0af7651916cd43dd8448eb211c80319c";

describe("F61: a trace", () => {
  it("goes from the caller's request to the transition to the effect and on to the webhook, over OTLP", async () => {
    const { server, spans, url } = await collector();
    await startTracing(url);
    const caseId = await approve("2026", { traceparent: `00-${TRACE}-b7ad6b7169203331-01` });
    await world.runtime.worker.settle();
    expect(asked[0]?.traceparent).toMatch(new RegExp(`^00-${TRACE}-[0-9a-f]{16}-01$`));
    await stopTracing();
    await new Promise((done) => server.close(done));

    const mine = spans.filter(({ traceId }) => traceId === TRACE);
    const request = mine.find(({ name }) => name === "POST /api/cases/{id}/commands")!;
    const attributes = Object.fromEntries(request.attributes.map(({ key, value }) => [key, value.stringValue]));
    expect(attributes).toMatchObject({
      "http.request.method": "POST",
      "request.id": expect.stringMatching(/^[\w-]+$/),
    });
    expect(request.parentSpanId).toBe("b7ad6b7169203331");
    const transition = mine.find(
      ({ name, parentSpanId }) => name === "case.transition" && parentSpanId === request.spanId,
    )!;
    expect(transition.attributes).toContainEqual({ key: "case.id", value: { stringValue: caseId } });
    const effect = mine.find(({ name }) => name === "effect call")!;
    expect(effect.parentSpanId).toBe(transition.spanId);
    // Nothing of whom or what it is about.
    expect(JSON.stringify(spans)).not.toContain(worker);
  });

  it("is kept with an effect that is tried again later, by another process too", async () => {
    const { server, spans, url } = await collector();
    await startTracing(url);
    status = 503;
    const caseId = await approve("2027", { traceparent: `00-${TRACE}-b7ad6b7169203331-01` });
    await world.runtime.worker.settle();
    await stopTracing();
    const [row] = await world.runtime.db.read<{ id: string; trace: string }>(
      "SELECT id, trace FROM outbox WHERE case_id = ? AND kind = 'call'",
      [caseId],
    );
    expect(row!.trace).toContain(TRACE);
    await world.runtime.db.write([{ sql: "UPDATE outbox SET status = 'dead' WHERE id = ?", args: [row!.id] }]);
    status = 200;
    await startTracing(url);
    await retryEffect(world.runtime, SYSTEM, row!.id);
    await world.runtime.worker.settle();
    await stopTracing();
    await new Promise((done) => server.close(done));
    const tries = spans.filter(({ name, traceId }) => name === "effect call" && traceId === TRACE);
    expect(tries.length).toBeGreaterThanOrEqual(2);
  });

  it("costs nothing where nobody asks for it: nothing is loaded, sent, or put beside an effect", async () => {
    expect(currentTrace()).toBeNull();
    const run = async () => currentTrace();
    const promise = span("x", {}, run);
    await expect(promise).resolves.toBeNull();
    const caseId = await approve("2028", { traceparent: `00-${TRACE}-b7ad6b7169203331-01` });
    await world.runtime.worker.settle();
    expect(asked[0]?.traceparent).toBeUndefined();
    expect(
      await world.runtime.db.read("SELECT trace FROM outbox WHERE case_id = ? AND kind = 'call'", [caseId]),
    ).toEqual([{ trace: null }]);
  });
});
