import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CommandAnswer } from "#engine/contract/commands.ts";
import { manualClock } from "../../../runtime/clock.ts";
import { openHost } from "../../../runtime/hosts/embedded.ts";
import { hookServer, MortalServer, type Said } from "../../runtime/crash/mortal-server.ts";
import { violations } from "../../support/invariants.ts";
import { testConfig } from "../../support/test-runtime.ts";
import { type ConformingHost, type HostKind, HostRefusal, START } from "./host.ts";

/** The embedded host: a process of its own on a libSQL file, so that a crash is SIGKILL. */
export const embedded: HostKind = {
  name: "embedded",
  open: async (): Promise<ConformingHost> => {
    const folder = await mkdtemp(join(tmpdir(), "rondo-host-"));
    let onCall: (() => void) | null = null;
    const hook = await hookServer(() => onCall?.());
    const server = new MortalServer(folder, hook.url, join(import.meta.dirname, "documents.ts"));
    if ((await server.start()) === "died") throw new Error("the host did not start");
    const crash = async () => {
      await server.kill();
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
        const host = await openHost(testConfig(folder), { clock: manualClock(START) });
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
        await rm(folder, { recursive: true, force: true });
      },
    };
  },
};

function answer<T>(said: Said): T {
  if ("answer" in said) return said.answer as T;
  if ("refused" in said) throw new HostRefusal(said.refused, said.possible);
  throw new Error("failed" in said ? said.failed : "the host died");
}
