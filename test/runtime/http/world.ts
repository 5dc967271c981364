import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serve } from "@hono/node-server";
import { Access } from "../../../runtime/access/access.ts";
import { createApiKey } from "../../../runtime/access/keys.ts";
import { manualClock } from "../../../runtime/clock.ts";
import { CaseDesk } from "../../../runtime/commands/case-desk.ts";
import { LiveCatalogue } from "../../../runtime/commands/catalogue.ts";
import { Committer } from "../../../runtime/commands/commit.ts";
import { createDefinition } from "../../../runtime/commands/draft.ts";
import { Events } from "../../../runtime/commands/events.ts";
import { Keys } from "../../../runtime/commands/keys.ts";
import { OrganisationDesk } from "../../../runtime/commands/organisation-desk.ts";
import { ParameterDesk } from "../../../runtime/commands/parameter-desk.ts";
import { publishDefinition } from "../../../runtime/commands/publish-definition.ts";
import { type Runtime, SYSTEM } from "../../../runtime/commands/runtime.ts";
import { StoredFacts } from "../../../runtime/commands/stored-facts.ts";
import { Worlds } from "../../../runtime/commands/worlds.ts";
import { type Config, readConfig } from "../../../runtime/config.ts";
import { openDatabase } from "../../../runtime/db/client.ts";
import { migrate } from "../../../runtime/db/migrate.ts";
import { loadDemo } from "../../../runtime/demo/load.ts";
import { createApp } from "../../../runtime/http/app.ts";
import { createLog } from "../../../runtime/log.ts";
import { Audit } from "../../../runtime/store/audit.ts";

/** 16 March 2026, 09:00 in India: a Monday. */
export const NOW = Date.UTC(2026, 2, 16, 3, 30);
const TEMPLATES = join(import.meta.dirname, "../../../templates");

/** A server over a file of its own, with a small Green Soft in it. */
export interface HttpWorld {
  runtime: Runtime;
  access: Access;
  origin: string;
  /** Sends a request; a body that is not text or bytes goes as JSON. */
  send(method: string, path: string, options?: SendOptions): Promise<Answer>;
  /** The key of an API user who acts as that person. */
  keyOf(person: string): Promise<string>;
  close(): Promise<void>;
}

export interface SendOptions {
  as?: string;
  body?: unknown;
  headers?: Record<string, string>;
}

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into whatever came back
  json: any;
}

/** How a world differs from the usual one. */
export interface WorldOptions {
  env?: Record<string, string>;
  /** Empty: no organisation, no documents. */
  empty?: boolean;
  templates?: string[];
}

/** Starts a server. Close it. */
export async function httpWorld(options: WorldOptions = {}): Promise<HttpWorld> {
  const folder = mkdtempSync(join(tmpdir(), "rondo-http-"));
  const config: Config = readConfig({
    RONDO_DB: `file:${join(folder, "rondo.db")}`,
    RONDO_SECRET: "a-secret-for-tests-of-at-least-32-characters",
    RONDO_CLOCK: "manual",
    RONDO_LOG: "silent",
    ...options.env,
  });
  const { runtime, stop } = await openRuntime(config);
  if (!options.empty) {
    await loadDemo(
      runtime.db,
      { seed: 7, anchorMonth: "2026-02", size: { representatives: 60, managers: 4, regions: 2, locations: 8 } },
      NOW,
    );
    runtime.organisation.changed(runtime.events);
    await publishFolders(runtime, ["green-soft", ...(options.templates ?? ["annual-review", "late-review"])]);
  }
  const access = new Access(runtime);
  const app = createApp(runtime, access);
  const server = serve({ fetch: app.fetch, hostname: "127.0.0.1", port: 0 });
  await new Promise<void>((resolve) => server.once("listening", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const keys = new Map<string, string>();
  const keyOf = async (person: string) => {
    const known = keys.get(person) ?? (await createApiKey(runtime, { person, title: "test", by: null }));
    keys.set(person, known);
    return known;
  };
  return {
    runtime,
    access,
    origin,
    keyOf,
    send: async (method, path, { as, body, headers = {} } = {}) => {
      const raw = typeof body === "string" || body instanceof Uint8Array;
      const answer = await fetch(origin + path, {
        method,
        headers: {
          ...(as ? { authorization: `Bearer ${await keyOf(as)}` } : {}),
          ...(body !== undefined && !raw ? { "content-type": "application/json" } : {}),
          ...headers,
        },
        ...(body === undefined ? {} : { body: (raw ? body : JSON.stringify(body)) as string }),
      });
      const text = await answer.text();
      return { status: answer.status, headers: answer.headers, text, json: parsed(text) };
    },
    close: async () => {
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        (server as { closeAllConnections?: () => void }).closeAllConnections?.();
      });
      await stop();
      access.auth.close();
      runtime.db.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function openRuntime(config: Config): Promise<{ runtime: Runtime; stop: () => Promise<void> }> {
  const db = await openDatabase(config.db);
  await migrate(db, NOW);
  const log = createLog(config.log);
  const clock = manualClock(NOW);
  const events = new Events(() => undefined);
  const committer = new Committer(db, events, () => undefined);
  const catalogue = new LiveCatalogue(db);
  const parameters = new ParameterDesk(db, catalogue);
  const organisation = new OrganisationDesk(db, catalogue, events);
  const facts = new StoredFacts(db, catalogue, organisation);
  const stopping = new AbortController();
  const background = new Set<Promise<void>>();
  await catalogue.refresh();
  await parameters.refresh();
  const runtime: Runtime = {
    config,
    db,
    clock,
    log,
    events,
    committer,
    desk: new CaseDesk(db, committer),
    catalogue,
    parameters,
    organisation,
    facts,
    worlds: new Worlds(organisation, parameters, facts),
    keys: new Keys(db),
    audit: new Audit(db),
    stopping: stopping.signal,
    track: (work) => {
      background.add(work);
      void work.finally(() => background.delete(work));
    },
  };
  return {
    runtime,
    stop: async () => {
      stopping.abort();
      await Promise.allSettled(background);
      await committer.drained();
    },
  };
}

/** Publishes every document of template folders: those first that refer to nothing unpublished. */
async function publishFolders(runtime: Runtime, folders: readonly string[]): Promise<void> {
  const sources = folders.flatMap((folder) =>
    readdirSync(join(TEMPLATES, folder))
      .filter((file) => file.endsWith(".json") && file !== "scenarios.json")
      .map((file) => readFileSync(join(TEMPLATES, folder, file), "utf8")),
  );
  let waiting = await Promise.all(sources.map((source) => createDefinition(runtime, SYSTEM, source)));
  while (waiting.length > 0) {
    const before = waiting.length;
    let problem: unknown;
    for (const row of waiting) {
      const input = { note: "for a test", expectedRevision: row.revision };
      await publishDefinition(runtime, SYSTEM, row.kind, row.id, input).then(
        () => {
          waiting = waiting.filter((other) => other !== row);
        },
        (cause: unknown) => {
          problem = cause;
        },
      );
    }
    if (waiting.length === before)
      throw new Error(JSON.stringify((problem as { issues?: unknown }).issues ?? String(problem)));
  }
}
