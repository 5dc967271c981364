import { isManual } from "../../../runtime/clock.ts";
import { command } from "../../../runtime/commands/handle.ts";
import { launch } from "../../../runtime/commands/launch.ts";
import { publishAll } from "../../../runtime/commands/publish-all.ts";
import { Refused } from "../../../runtime/commands/refused.ts";
import { SYSTEM } from "../../../runtime/commands/runtime.ts";
import { startCase } from "../../../runtime/commands/start-case.ts";
import { readConfig } from "../../../runtime/config.ts";
import { openHost } from "../../../runtime/hosts/embedded.ts";
import { loadCases } from "../../../runtime/store/cases-load.ts";
import { readJournal } from "../../../runtime/store/journal-read.ts";
import { isEmptyOrganisation } from "../../../runtime/store/organisation-settings.ts";
import { officeCalendar, smallOrganisation } from "../../support/small-world.ts";
import { writeOrganisation } from "../../support/test-runtime.ts";
import { crashDocuments } from "./documents.ts";

/**
 * A server without its HTTP door, for tests that kill it: takes requests over IPC and answers each when it is on disk. The
 * first argument is the webhook that cases call, the second a module whose default export makes the documents of it.
 */
export type Request =
  | { id: number; do: "start"; input: Parameters<typeof startCase>[2] }
  /** With `as`, by that person; with `at`, the clock stands there when it comes in and nothing due before has fired yet. */
  | { id: number; do: "command"; caseId: string; input: Parameters<typeof command>[3]; as?: string; at?: number }
  | { id: number; do: "look"; caseId: string }
  | { id: number; do: "launch"; input: Parameters<typeof launch>[3] }
  | { id: number; do: "clock"; to: number }
  | { id: number; do: "settle" }
  | { id: number; do: "stop" };

const host = await openHost(readConfig(process.env));
if (await isEmptyOrganisation(host.db)) await writeOrganisation(host.db, smallOrganisation(), host.clock.now());
await host.catalogue.refresh();
const [, , hook = "", documents] = process.argv;
const made = documents
  ? ((await import(documents)) as { default: (hook: string) => object[] }).default
  : crashDocuments;
await publishAll(
  host,
  SYSTEM,
  [officeCalendar, ...made(hook)].map((document) => JSON.stringify(document)),
  "first",
);
await host.start();

process.on("message", (request: Request) => {
  carryOut(request).then(
    (answer) => process.send?.({ id: request.id, answer }),
    (cause) => {
      if (cause instanceof Refused) process.send?.({ id: request.id, refused: cause.code, possible: cause.possible });
      else process.send?.({ id: request.id, failed: String(cause) });
    },
  );
});
process.send?.({ ready: true });

async function carryOut(request: Request): Promise<unknown> {
  switch (request.do) {
    case "start":
      return startCase(host, SYSTEM, request.input);
    case "command":
      if (request.at !== undefined && isManual(host.clock)) host.clock.moveTo(request.at);
      return command(
        host,
        request.as === undefined ? SYSTEM : { personId: request.as, roles: [] },
        request.caseId,
        request.input,
      );
    case "look": {
      const stored = (await loadCases(host.db, [request.caseId])).get(request.caseId);
      const journal = await readJournal(host.db, request.caseId);
      return stored ? { state: stored.state, journal: journal.map(({ entry }) => entry) } : null;
    }
    case "launch":
      return launch(host, SYSTEM, "question", request.input);
    case "clock":
      if (!isManual(host.clock) || request.to < host.clock.now()) return { now: host.clock.now() };
      return host.moveClock(request.to);
    case "settle":
      await host.idle();
      return host.worker.settle();
    case "stop":
      await host.stop();
      setImmediate(() => process.exit(0));
      return true;
  }
}
