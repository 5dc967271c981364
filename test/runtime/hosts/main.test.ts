import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
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
import { officeCalendar, smallOrganisation } from "../../support/small-world.ts";
import { publishDocuments, testConfig, writeOrganisation } from "../../support/test-runtime.ts";

let folder: string;
let children: ChildProcess[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "rondo-main-"));
});
afterEach(async () => {
  for (const child of children.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null)) {
    child.kill("SIGKILL");
    await once(child, "exit");
  }
  children = [];
  await rm(folder, { recursive: true, force: true });
});

function server(env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [join(import.meta.dirname, "../../../runtime/main.ts")], {
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    env: {
      PATH: process.env.PATH,
      RONDO_DB: `file:${join(folder, "rondo.db")}`,
      RONDO_DEMO: "none",
      RONDO_LOG: "silent",
      PORT: "0",
      ...env,
    },
  });
  children.push(child);
  let said = "";
  child.stdout!.setEncoding("utf8").on("data", (part: string) => {
    said += part;
  });
  child.stderr!.setEncoding("utf8").on("data", (part: string) => {
    said += part;
  });
  const listening = once(child, "message").then(([message]) => (message as { listening: number }).listening);
  const gone = once(child, "exit").then(([code, signal]) => ({
    code: code as number | null,
    signal: signal as string | null,
  }));
  return { child, listening, gone, said: () => said };
}

describe("the server process", () => {
  it("says in one line what is wrong with the environment, and does not start", async () => {
    const { gone, said } = server({ PORT: "eighty" });
    expect(await gone).toEqual({ code: 1, signal: null });
    expect(said()).toMatch(/^PORT cannot be used\. Write a port/);
  });

  it("prints the set-up link of an empty organisation, refuses a second server on its file, and goes down when asked", async () => {
    const first = server();
    const port = await first.listening;
    const health = (await (await fetch(`http://127.0.0.1:${port}/api/health`)).json()) as { status: string };
    expect(health.status).toBe("ok");
    await expect.poll(first.said).toMatch(/first administrator here, once: http.*\/setup\?token=/);
    const second = server();
    expect(await second.gone).toEqual({ code: 1, signal: null });
    expect(second.said()).toMatch(/in use by another Rondo server/);
    first.child.kill("SIGTERM");
    expect(await first.gone).toEqual({ code: 0, signal: null });
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
    running.child.kill("SIGTERM");
    expect(await running.gone).toEqual({ code: 0, signal: null });
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
