import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "@libsql/client";
import type { CommandAnswer } from "#engine/contract/commands.ts";
import { manualClock } from "../../../runtime/clock.ts";
import { openHost } from "../../../runtime/hosts/embedded.ts";
import { hookServer, MortalServer, type Said } from "../../runtime/crash/mortal-server.ts";
import { violations } from "../../support/invariants.ts";
import { testConfig } from "../../support/test-runtime.ts";
import { type ConformingHost, type HostKind, HostRefusal, START } from "./host.ts";
import { libsqlServer } from "./libsql-server.ts";

/** The embedded host: a process of its own on a libSQL file, so that a crash is SIGKILL. */
export const embedded: HostKind = embeddedOn("embedded", async (folder) => ({
  url: `file:${join(folder, "rondo.db")}`,
  afterKill: async () => undefined,
  end: async () => undefined,
}));

/** The same on a database server, which outlives its client; who was killed is followed when its lease has run out. */
export const onServer: HostKind = embeddedOn("embedded (libSQL server)", async (folder) => {
  const { url, end } = await libsqlServer(join(folder, "server"));
  return {
    url,
    // Half a minute goes by.
    afterKill: async () => {
      const client = createClient({ url });
      await client.execute("UPDATE server_lease SET until = 0");
      client.close();
    },
    end,
  };
});

/** Where an embedded host keeps its data. */
interface Store {
  url: string;
  afterKill(): Promise<void>;
  end(): Promise<void>;
}

function embeddedOn(name: string, storeIn: (folder: string) => Promise<Store>): HostKind {
  return { name, open: () => openOn(storeIn) };
}

async function openOn(storeIn: (folder: string) => Promise<Store>): Promise<ConformingHost> {
  const folder = await mkdtemp(join(tmpdir(), "rondo-host-"));
  const store = await storeIn(folder);
  let onCall: (() => void) | null = null;
  const hook = await hookServer(() => onCall?.());
  const documents = join(import.meta.dirname, "documents.ts");
  const server = new MortalServer(folder, hook.url, documents, [], { RONDO_DB: store.url });
  if ((await server.start()) === "died") throw new Error("the host did not start");
  const crash = async () => {
    await server.kill();
    await store.afterKill();
    if ((await server.start()) === "died") throw new Error("the host did not start again");
  };
  return {
    start: async ({ workflow, subject, period, key }) =>
      answer<CommandAnswer>(
        await server.ask({
          do: "start",
          input: { workflow, subject: { kind: "person", id: subject }, period, ...(key ? { key } : {}) },
        }),
      ),
    command: async (caseId, { as, at, ...input }) =>
      answer(
        await server.ask({
          do: "command",
          caseId,
          input,
          ...(as === undefined ? {} : { as }),
          ...(at === undefined ? {} : { at }),
        }),
      ),
    look: async (caseId) => answer(await server.ask({ do: "look", caseId })),
    advanceTo: async (to) => {
      answer(await server.ask({ do: "clock", to }));
      answer(await server.ask({ do: "settle" }));
    },
    calls: () => hook.calls,
    crash,
    crashAtNextCall: () =>
      new Promise((resolve, reject) => {
        onCall = () => {
          onCall = null;
          crash().then(resolve, reject);
        };
      }),
    violations: async () => {
      await server.stop();
      const host = await openHost(
        testConfig(folder, { RONDO_DB: store.url, RONDO_SECRET: "a secret that only tests know, long enough" }),
        { clock: manualClock(START) },
      );
      try {
        await host.catalogue.refresh();
        await host.parameters.refresh();
        return await violations(host);
      } finally {
        await host.stop();
      }
    },
    end: async () => {
      await server.kill();
      await new Promise((done) => hook.server.close(done));
      await store.end();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function answer<T>(said: Said): T {
  if ("answer" in said) return said.answer as T;
  if ("refused" in said) throw new HostRefusal(said.refused, said.possible);
  throw new Error("failed" in said ? said.failed : "the host died");
}
