import { createRequire } from "node:module";
import { serialize } from "hono/utils/cookie";
import { VIEW_AS_COOKIE } from "../../access/demo.ts";
import { Forbidden } from "../../access/forbidden.ts";
import type { Reader } from "../../access/reader.ts";
import { setUp } from "../../access/setup.ts";
import { cancelJob, jobView, viewOf } from "../../commands/jobs.ts";
import { Refused } from "../../commands/refused.ts";
import type { Runtime } from "../../commands/runtime.ts";
import { meView } from "../../projections/me-view.ts";
import { countAudit, readAudit } from "../../store/audit.ts";
import { readBacklog } from "../../store/health-read.ts";
import { listJobs, readJob } from "../../store/jobs.ts";
import { cursorOf, readCursor } from "../cursor.ts";
import { eventLoopDelay } from "../event-loop.ts";
import type { HandlersOf } from "../handler.ts";

const { version } = createRequire(import.meta.url)("../../../package.json") as { version: string };

/** Health, who asks, jobs and the audit log. */
export const system: HandlersOf<"health" | "me" | "viewAs" | "setup" | "job" | "cancelJob" | "jobs" | "audit"> = {
  health: async (_, { runtime }) => {
    const now = runtime.clock.now();
    const { schema, oldestDueAt, outbox, demo } = await readBacklog(runtime.db, now);
    return {
      status: demo ? "starting" : "ok",
      version,
      schema,
      now,
      uptimeSeconds: Math.round(process.uptime()),
      demo,
      lag: { timersMs: oldestDueAt === null ? 0 : now - oldestDueAt, outbox, eventLoopMs: eventLoopDelay() },
    };
  },

  me: (_, { runtime, access, reader, http }) => meView(runtime, access, reader, http.req.raw.headers),

  viewAs: async ({ body }, { runtime, access, http, cookies }) => {
    const headers = new Headers(http.req.raw.headers);
    if (!(await access.demoFor(headers))) {
      throw new Forbidden("Looking through somebody's eyes is there only in the demo, on the machine it runs on.", {
        kind: "view-as",
        id: body.person ?? "",
      });
    }
    const directory = await runtime.organisation.directory();
    if (body.person !== null && !directory.person(body.person)) {
      throw new Refused("not-found", `There is no person "${body.person}".`);
    }
    const before = await access.reader(headers);
    await runtime.audit.write({
      at: runtime.clock.now(),
      by: before.personId,
      what: "access.viewed-as",
      words:
        body.person === null
          ? "went back to their own view"
          : `looks through the eyes of ${directory.nameOf(body.person)}`,
      details: { before: before.viewingAs, after: body.person },
    });
    const value = body.person ?? "";
    const maxAge = body.person === null ? 0 : 30 * 86_400;
    cookies.push(serialize(VIEW_AS_COOKIE, value, { path: "/", httpOnly: true, sameSite: "Strict", maxAge }));
    headers.set("cookie", `${VIEW_AS_COOKIE}=${encodeURIComponent(value)}`);
    return meView(runtime, access, await access.reader(headers), headers);
  },

  setup: async ({ body }, { runtime, access }) => {
    await setUp(runtime, access, body);
    return { ok: true };
  },

  job: async ({ params }, { runtime, reader }) => {
    await requireOwn(runtime, reader, params.id);
    return jobView(runtime, params.id);
  },

  cancelJob: async ({ params }, { runtime, reader }) => {
    await requireOwn(runtime, reader, params.id);
    return cancelJob(runtime, reader, params.id);
  },

  jobs: async (_, { runtime, reader }) => {
    const all = await listJobs(runtime.db);
    const mine = reader.policy.may("administer") ? all : all.filter(({ by }) => by === reader.personId);
    return { items: mine.map(viewOf) };
  },

  audit: async ({ query }, { runtime, reader }) => {
    reader.policy.require("administer");
    const limit = query.limit ?? 50;
    const [before] = readCursor(query.cursor, ["number"]) ?? [null];
    const items = await readAudit(runtime.db, before as number | null, limit + 1);
    const directory = await runtime.organisation.directory();
    const shown = items.slice(0, limit).map(({ previous: _previous, hash: _hash, ...entry }) => ({
      ...entry,
      byName: entry.by === null ? null : directory.nameOf(entry.by),
    }));
    const last = shown.at(-1);
    return {
      items: shown,
      total: await countAudit(runtime.db),
      next: items.length > limit && last ? cursorOf(last.id) : null,
    };
  },
};

/** Long work is followed and stopped by whoever began it, and by those who administer. */
async function requireOwn(runtime: Runtime, reader: Reader, id: string): Promise<void> {
  const job = await readJob(runtime.db, id);
  if (!job || job.by === reader.personId || reader.policy.may("administer")) return;
  throw new Forbidden("This work was begun by somebody else.", { kind: "job", id });
}
