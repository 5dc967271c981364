import { serve } from "@hono/node-server";
import { afterEach, describe, expect, it } from "vitest";
import { createApiKey } from "../../../runtime/access/keys.ts";
import { AccountQuota } from "../../../runtime/http/account-quota.ts";
import { createApp } from "../../../runtime/http/app.ts";
import { BadRequest } from "../../../runtime/http/problem.ts";
import { type TestHost, testHost } from "../../support/test-runtime.ts";

let world: TestHost | undefined;
let server: ReturnType<typeof serve> | undefined;
afterEach(async () => {
  server?.close();
  await world?.end();
  world = undefined;
  server = undefined;
});

describe("R44: one account among many", () => {
  it("that asks for more than its rate is told when to come back; another is served meanwhile", async () => {
    world = await testHost({ env: { RONDO_ACCOUNT_RATE: "10" }, start: false });
    const { host } = world;
    const keys = {
      wild: await createApiKey(host, { person: "hana", title: "a script that runs wild", by: null }),
      calm: await createApiKey(host, { person: "hana", title: "another one of hers", by: null }),
    };
    const port = await new Promise<number>((resolve) => {
      server = serve({ fetch: createApp(host).fetch, hostname: "127.0.0.1", port: 0 }, (info) => resolve(info.port));
    });
    const ask = async (key: string) => {
      const answer = await fetch(`http://127.0.0.1:${port}/api/cases`, { headers: { authorization: `Bearer ${key}` } });
      return {
        status: answer.status,
        after: answer.headers.get("retry-after"),
        said: (await answer.json()) as { code?: string },
      };
    };
    const answers = await Promise.all(Array.from({ length: 100 }, () => ask(keys.wild)));
    const refused = answers.filter(({ status }) => status !== 200);
    // Two seconds' worth at once, and what a second or two of asking brings.
    expect(100 - refused.length).toBeGreaterThanOrEqual(20);
    expect(100 - refused.length).toBeLessThan(50);
    for (const { status, after, said } of refused)
      expect([status, after, said.code]).toEqual([429, "2", "too-many-requests"]);
    expect((await ask(keys.calm)).status).toBe(200);
  });

  it("may have 256 requests under way, and the next when one of them is done; others are not counted with it", () => {
    const quota = new AccountQuota(null);
    const leaves = Array.from({ length: 256 }, () => quota.enter({ account: "key:a" }));
    expect(() => quota.enter({ account: "key:a" })).toThrow(BadRequest);
    quota.enter({ account: "key:b" })();
    leaves[0]!();
    // Leaving twice is leaving once.
    leaves[0]!();
    leaves.push(quota.enter({ account: "key:a" }));
    expect(() => quota.enter({ account: "key:a" })).toThrow(/256 requests under way/);
    for (const leave of leaves) leave();
    expect(quota.size).toBe(0);
  });

  it("that is given a rate may make two seconds' worth at once and its rate from then on", () => {
    const quota = new AccountQuota(100);
    let now = 1_000_000;
    const granted = () => {
      let n = 0;
      try {
        for (; n < 1_000; n++) quota.enter({ account: "key:a" }, now)();
      } catch {
        return n;
      }
      return n;
    };
    expect(granted()).toBe(200);
    now += 500;
    expect(granted()).toBe(50);
    // A clock that is set back gives nothing and takes nothing.
    now -= 10_000;
    expect(granted()).toBe(0);
    now += 60_000;
    expect(granted()).toBe(200);
  });
});
