import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RouteName, routes } from "#engine/contract/routes.ts";
import { type HttpWorld, httpWorld, NOW } from "./world.ts";

const ADMIN = "gs-hr-admin";

describe("the contract as it is served", () => {
  let world: HttpWorld;
  beforeAll(async () => {
    world = await httpWorld();
  });
  afterAll(() => world.close());

  it("prints every route in an OpenAPI 3.1 document whose references all lead somewhere", async () => {
    const { json: document, status } = await world.send("GET", "/api/openapi.json");
    expect(status).toBe(200);
    expect(document.openapi).toBe("3.1.0");
    for (const name of Object.keys(routes) as RouteName[]) {
      const { path, method, summary, bodyType } = routes[name] as {
        path: string;
        method: string;
        summary: string;
        bodyType?: string;
      };
      const operation = document.paths[path]?.[method];
      expect(operation, name).toMatchObject({ operationId: name, summary });
      expect(operation.responses[200].content["application/json"].schema, name).toBeDefined();
      for (const [, param] of path.matchAll(/\{(\w+)\}/g)) {
        expect(
          operation.parameters.some((one: { name: string; in: string }) => one.name === param && one.in === "path"),
          name,
        ).toBe(true);
      }
      if ("body" in routes[name])
        expect(Object.keys(operation.requestBody.content)).toEqual([bodyType ?? "application/json"]);
    }
    const text = JSON.stringify(document);
    const wanted = new Set([...text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map(([, id]) => id!));
    expect([...wanted].filter((id) => document.components.schemas[id] === undefined)).toEqual([]);
    expect(text).not.toContain("#/$defs/");
    expect(document.components.schemas.CaseView.properties.case).toEqual({ $ref: "#/components/schemas/CaseBrief" });
    expect(document.components.schemas.CaseBrief.properties.id).toEqual({ type: "string" });
  });

  it("answers what the contract says, on every page that reads", async () => {
    const plain: RouteName[] = [
      "health",
      "me",
      "home",
      "jobs",
      "audit",
      "definitions",
      "catalogue",
      "templates",
      "parameters",
      "cases",
      "tasks",
      "messages",
      "effects",
      "people",
      "units",
      "organisation",
      "metrics",
      "records",
      "imports",
      "payoutRuns",
      "myStatements",
    ];
    for (const name of plain) await world.ask(ADMIN, name);
    const { items } = await world.ask(ADMIN, "definitions", { query: { kind: "workflow" } });
    for (const { kind, id } of items) await world.ask(ADMIN, "definition", { params: { kind, id } });
    const { items: people } = await world.ask(ADMIN, "people", { query: { limit: 3 } });
    for (const { id } of people) await world.ask(ADMIN, "person", { params: { id } });
    const { items: metrics } = await world.ask(ADMIN, "metrics");
    for (const { id } of metrics) await world.ask(ADMIN, "series", { params: { id } });
    await world.ask(ADMIN, "observations", { query: { metric: metrics[0]!.id } });
    const { items: templates } = await world.ask(ADMIN, "templates");
    for (const { id } of templates) await world.ask(ADMIN, "template", { params: { id } });
  });

  it("moves the clock of a test forward only, and not where the server listens to others", async () => {
    const moved = await world.ask(ADMIN, "clock", { body: { by: "P1DT2H" } });
    expect(moved.now).toBe(NOW + 26 * 3_600_000);
    expect((await world.ask(ADMIN, "clock", { body: { to: new Date(moved.now + 60_000).toISOString() } })).now).toBe(
      moved.now + 60_000,
    );
    for (const body of [{ to: NOW }, { by: "tomorrow" }, { by: "P" }, { to: "the 30th of February" }]) {
      const answer = await world.send("POST", "/api/clock", { body });
      expect(answer.status, JSON.stringify(body)).toBe(400);
    }
    expect((await world.send("GET", "/api/health")).json.now).toBe(moved.now + 60_000);
    Object.assign(world.runtime.config, { host: "0.0.0.0" });
    expect((await world.send("POST", "/api/clock", { body: { by: "PT1H" } })).status).toBe(403);
    Object.assign(world.runtime.config, { host: "127.0.0.1" });
  });

  it("sends its security headers and a request's id with every answer, and keeps the caller's own", async () => {
    for (const path of ["/api/health", "/api/nothing", "/", "/nothing.js"]) {
      const { headers } = await world.send("GET", path, { headers: { "x-request-id": "mine-1" } });
      expect(headers.get("x-request-id"), path).toBe("mine-1");
      expect(headers.get("x-content-type-options"), path).toBe("nosniff");
      expect(headers.get("content-security-policy"), path).toContain("frame-ancestors 'none'");
    }
    const forged = await world.send("GET", "/api/health", { headers: { "x-request-id": "a b\tc" } });
    expect(forged.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
  });
});
