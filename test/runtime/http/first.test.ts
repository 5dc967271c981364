import { afterAll, beforeAll, expect, it } from "vitest";
import { type HttpWorld, httpWorld } from "./world.ts";

let world: HttpWorld;
beforeAll(async () => {
  world = await httpWorld();
});
afterAll(() => world.close());
it("smoke", async () => {
  for (const p of ["/api/health", "/api/me", "/api/openapi.json", "/api/nothing", "/api/jobs", "/"]) {
    const a = await world.send("GET", p);
    console.log(p, a.status, a.text.slice(0, 600));
  }
  expect(1).toBe(1);
});
