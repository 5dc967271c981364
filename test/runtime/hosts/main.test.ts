import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createApiKey } from "../../../runtime/access/keys.ts";
import { SYSTEM } from "../../../runtime/commands/runtime.ts";
import { startCase } from "../../../runtime/commands/start-case.ts";
import { openHost } from "../../../runtime/hosts/embedded.ts";
import { question } from "../../bench/world.ts";
import { violations } from "../../support/invariants.ts";
import { type Spawned, spawnServer } from "../../support/server-process.ts";
import { officeCalendar, smallOrganisation } from "../../support/small-world.ts";
import { publishDocuments, testConfig, writeOrganisation } from "../../support/test-runtime.ts";

let folder: string;
let servers: Spawned[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "rondo-main-"));
});
afterEach(async () => {
  await Promise.all(servers.map((server) => server.kill()));
  servers = [];
  await rm(folder, { recursive: true, force: true });
});

function server(env: Record<string, string> = {}) {
  const spawned = spawnServer({ folder, env: { RONDO_DEMO: "none", RONDO_LOG: "silent", ...env } });
  servers.push(spawned);
  return { ...spawned, listening: spawned.ready.then((said) => said?.listening) };
}

describe("the server process", () => {
  it("says in one line what is wrong with the environment, and does not start", async () => {
    const { ended, output } = server({ PORT: "eighty" });
    expect(await ended).toEqual({ code: 1, signal: null });
    expect(output()).toMatch(/^PORT cannot be used\. Write a port/);
  });

  it("prints the set-up link of an empty organisation, refuses a second server on its file, and goes down when asked", async () => {
    const first = server();
    const port = await first.listening;
    const health = (await (await fetch(`http://127.0.0.1:${port}/api/health`)).json()) as { status: string };
    expect(health.status).toBe("ok");
    await expect.poll(first.output).toMatch(/first administrator here, once: http.*\/setup\?token=/);
    const second = server();
    expect(await second.ended).toEqual({ code: 1, signal: null });
    expect(second.output()).toMatch(/in use by another Rondo server/);
    first.process.kill("SIGTERM");
    expect(await first.ended).toEqual({ code: 0, signal: null });
    const third = server();
    await third.listening;
  });

  it("R32: SIGTERM under load drains: everything that was acknowledged is there, and nothing that was not is half there", async () => {
    const host = await openHost(testConfig(folder));
    await writeOrganisation(host.db, smallOrganisation(), host.clock.now());
    await host.catalogue.refresh();
    await publishDocuments(host, [officeCalendar, question]);
    const key = await createApiKey(host, { person: "hana", title: "test", by: null });
    const ids: string[] = [];
    for (const id of ["ana", "ben", "mia", "rolf", "dora", "lone"]) {
      ids.push(
        (await startCase(host, SYSTEM, { workflow: "question", subject: { kind: "person", id }, period: "2026" }))
          .caseId,
      );
    }
    await host.stop();

    const running = server();
    const port = await running.listening;
    const acknowledged: string[] = [];
    let odd: unknown;
    const clients = ids.map(async (caseId, client) => {
      for (let n = 0; ; n++) {
        const marker = `marker-${client}-${n}`;
        const command = { type: "transfer", task: `${caseId}/1/1`, to: n % 2 === 0 ? "ana" : "ben", reason: marker };
        const response = await fetch(`http://127.0.0.1:${port}/api/cases/${caseId}/commands`, {
          method: "POST",
          headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
          body: JSON.stringify({ command, key: marker }),
        }).catch(() => undefined);
        if (!response) return;
        if (response.status === 503) return;
        if (response.status !== 200) {
          odd = `${response.status} ${await response.text()}`;
          return;
        }
        acknowledged.push(marker);
      }
    });
    await expect.poll(() => acknowledged.length, { timeout: 20_000 }).toBeGreaterThan(30);
    running.process.kill("SIGTERM");
    expect(await running.ended).toEqual({ code: 0, signal: null });
    await Promise.all(clients);
    expect(odd).toBeUndefined();

    const after = await openHost(testConfig(folder));
    await after.catalogue.refresh();
    const found = await after.db.read<{ marker: string }>(
      "SELECT json_extract(entry, '$.event.reason') AS marker FROM journal WHERE type = 'transfer'",
    );
    const markers = found.map(({ marker }) => marker);
    expect(new Set(markers).size).toBe(markers.length);
    expect(acknowledged.filter((marker) => !markers.includes(marker))).toEqual([]);
    expect(await violations(after)).toEqual([]);
    await after.stop();
  });
});
