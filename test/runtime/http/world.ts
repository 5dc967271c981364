import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serve } from "@hono/node-server";
import type { Route, RouteAnswer } from "#engine/contract/route.ts";
import { type RouteName, type Routes, routes } from "#engine/contract/routes.ts";
import { Access } from "../../../runtime/access/access.ts";
import { createApiKey } from "../../../runtime/access/keys.ts";
import { publishAll } from "../../../runtime/commands/publish-all.ts";
import { type Runtime, SYSTEM } from "../../../runtime/commands/runtime.ts";
import { type Config, readConfig } from "../../../runtime/config.ts";
import { loadDemo } from "../../../runtime/demo/load.ts";
import { type EmbeddedHost, openHost } from "../../../runtime/hosts/embedded.ts";
import { createApp } from "../../../runtime/http/app.ts";

/** 16 March 2026, 09:00 in India: a Monday. */
export const NOW = Date.UTC(2026, 2, 16, 3, 30);
const TEMPLATES = join(import.meta.dirname, "../../../templates");

/** A server over a file of its own, with a small Green Soft in it. */
export interface HttpWorld {
  runtime: EmbeddedHost;
  access: Access;
  origin: string;
  /** Sends a request; a body that is not text or bytes goes as JSON. */
  send(method: string, path: string, options?: SendOptions): Promise<Answer>;
  /** Asks a route of the contract as a person; throws unless it answers 200 with just what the contract says. */
  ask<Name extends RouteName>(as: string, name: Name, input?: AskInput): Promise<RouteAnswer<Routes[Name]>>;
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

export interface AskInput {
  params?: Record<string, string | number>;
  query?: Record<string, string | number | boolean>;
  body?: unknown;
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
    RONDO_CLOCK_START: new Date(NOW).toISOString(),
    RONDO_LOG: "silent",
    ...options.env,
  });
  const runtime = await openHost(config, { writerThread: false });
  await runtime.start();
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
  const send: HttpWorld["send"] = async (method, path, { as, body, headers = {} } = {}) => {
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
  };
  return {
    runtime,
    access,
    origin,
    keyOf,
    send,
    ask: async (as, name, input = {}) => {
      const route: Route = routes[name];
      const query = new URLSearchParams(Object.entries(input.query ?? {}).map(([key, value]) => [key, String(value)]));
      const path = route.path.replace(/\{(\w+)\}/g, (_, key: string) =>
        encodeURIComponent(String(input.params?.[key])),
      );
      const answer = await send(route.method.toUpperCase(), query.size > 0 ? `${path}?${query}` : path, {
        as,
        ...(input.body === undefined ? {} : { body: input.body }),
        ...(route.bodyType ? { headers: { "content-type": route.bodyType } } : {}),
      });
      if (answer.status !== 200) throw new Error(`${name} answered ${answer.status}: ${answer.text.slice(0, 500)}`);
      return route.answer.parse(answer.json) as never;
    },
    close: async () => {
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        (server as { closeAllConnections?: () => void }).closeAllConnections?.();
      });
      access.auth.close();
      await runtime.stop();
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

/** Publishes every document of template folders. */
async function publishFolders(runtime: Runtime, folders: readonly string[]): Promise<void> {
  const sources = folders.flatMap((folder) =>
    readdirSync(join(TEMPLATES, folder))
      .filter((file) => file.endsWith(".json") && file !== "scenarios.json")
      .map((file) => readFileSync(join(TEMPLATES, folder, file), "utf8")),
  );
  await publishAll(runtime, SYSTEM, sources, "for a test");
}
