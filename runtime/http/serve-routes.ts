import type { Context, Hono } from "hono";
import type { z } from "zod";
import type { Route } from "#engine/contract/route.ts";
import { type RouteName, routes } from "#engine/contract/routes.ts";
import type { Access } from "../access/access.ts";
import { auditRefusal } from "../access/audit-refusal.ts";
import { Forbidden, NotSignedIn } from "../access/forbidden.ts";
import { Refused } from "../commands/refused.ts";
import type { Runtime } from "../commands/runtime.ts";
import { span } from "../tracing.ts";
import { quotaOf } from "./account-quota.ts";
import type { Handler, HandlerInput, Here, HttpEnv } from "./handler.ts";
import { handlers } from "./handlers.ts";
import { SECURITY_HEADERS } from "./headers.ts";
import { JSON_LIMIT, jsonBody } from "./json-body.ts";
import { refuseTricks } from "./middleware/path-tricks.ts";
import { requestIdOf } from "./middleware/request-id.ts";
import { refuseOtherSites } from "./middleware/same-site.ts";
import { BadRequest, invalid } from "./problem.ts";
import { readLimited } from "./read-limited.ts";

/** Open to whoever asks: what says that one must sign in, and what makes that possible. */
const OPEN: ReadonlySet<RouteName> = new Set([
  "health",
  "healthLive",
  "healthReady",
  "me",
  "viewAs",
  "setup",
  "clock",
  "invitation",
  "acceptInvitation",
]);

/** Routes whose body is a whole document, or a list of a whole organisation's people. */
const LARGE: ReadonlySet<RouteName> = new Set([
  "createDefinition",
  "saveDraft",
  "tryRules",
  "testRules",
  "tryPlan",
  "simulationFacts",
  "previewLaunch",
  "launch",
]);
const LARGE_LIMIT = 8_000_000;
const CSV_LIMIT = 100_000_000;

/** The order in which routes are tried: a fixed path before one with a parameter in its place. */
const byPath = (a: RouteName, b: RouteName) => parameters(routes[a].path) - parameters(routes[b].path);
const parameters = (path: string) => path.split("{").length;

type Served = Handler<Route>;
type Fail = (cause: Error, c: Context<HttpEnv>) => Response;

/**
 * Serves every route of the contract: checked by its schemas, answered by the handler of its name. Each route does at its own
 * door what the middleware does for everything else: a chain of them costs more than a command does.
 */
export function serveRoutes(app: Hono<HttpEnv>, runtime: Runtime, access: Access, fail: Fail): void {
  for (const name of (Object.keys(routes) as RouteName[]).sort(byPath)) {
    const route: Route = routes[name];
    const answer = observed(name, route, runtime, (c) => answered(name, route, runtime, access, c));
    app.on(route.method.toUpperCase(), route.path.replaceAll(/\{(\w+)\}/g, ":$1"), async (c) => {
      const requestId = requestIdOf(c.req.header("x-request-id"));
      c.set("requestId", requestId);
      try {
        refuseTricks(c.req.url);
        refuseOtherSites(c);
        return await answer(c);
      } catch (cause) {
        const failed = fail(cause instanceof Error ? cause : new Error(String(cause)), c);
        for (const [header, value] of Object.entries(headersOf(requestId))) failed.headers.set(header, value);
        return failed;
      }
    });
  }
}

const headersOf = (requestId: string): Record<string, string> => ({ ...SECURITY_HEADERS, "x-request-id": requestId });

/** Lets in who may, reads the request as the contract says, and answers with what the handler makes of it. */
async function answered(
  name: RouteName,
  route: Route,
  runtime: Runtime,
  access: Access,
  c: Context<HttpEnv>,
): Promise<Response> {
  // Who comes by a kept connection while the server goes down: what is under way ends, nothing new begins.
  if (runtime.stopping.aborted) throw new Refused("stopping", "The server is going down. Try again in a moment.");
  const reader = await access.reader(c.req.raw.headers);
  c.set("reader", reader);
  if (!OPEN.has(name) && !reader.signedIn) throw new NotSignedIn();
  const about = { kind: "route", id: name };
  if (reader.readOnly && route.method !== "get") {
    const refused = new Forbidden("This key may only look. Make one with full scope for what changes things.", about);
    await auditRefusal(runtime, reader, refused);
    throw refused;
  }
  const leave = quotaOf(runtime).enter(reader);
  const requestId = c.get("requestId");
  const cookies: string[] = [];
  const now = runtime.clock.now();
  const here: Here = { runtime, access, reader, now, requestId, key: keyOf(c), cookies, http: c };
  try {
    const input = await inputOf(name, route, c);
    const body = JSON.stringify(await (handlers[name] as unknown as Served)(input, here));
    // Headers as a plain object: a `Headers` is made anew for each answer and costs more than the answer.
    const headers = { ...headersOf(requestId), "content-type": "application/json", "cache-control": "no-store" };
    const response = new Response(body, { status: 200, headers });
    for (const cookie of cookies) response.headers.append("set-cookie", cookie);
    return response;
  } catch (cause) {
    if (cause instanceof Forbidden) await auditRefusal(runtime, reader, cause);
    throw cause;
  } finally {
    leave();
  }
}

/** A route with its figures, its span and its line in the log around it: ids and codes, never what was sent or answered. */
function observed(
  name: RouteName,
  route: Route,
  { metrics, log }: Runtime,
  answer: (c: Context<HttpEnv>) => Promise<Response>,
): (c: Context<HttpEnv>) => Promise<Response> {
  const about = { "http.route": route.path, "http.request.method": route.method.toUpperCase() };
  const title = `${about["http.request.method"]} ${route.path}`;
  return async (c) => {
    const begun = performance.now();
    let accepted = false;
    try {
      const answered = await span(
        title,
        { ...about, "request.id": c.get("requestId") },
        () => answer(c),
        c.req.header("traceparent") ?? null,
      );
      accepted = true;
      return answered;
    } finally {
      const ms = performance.now() - begun;
      metrics.request(name, accepted);
      if (name === "command") metrics.command(ms / 1000, accepted ? "accepted" : "refused");
      if (log.isLevelEnabled("debug")) {
        const of = c.req.param("id");
        log.debug(
          { requestId: c.get("requestId"), route: name, accepted, ms: Math.round(ms * 10) / 10, of },
          "a request",
        );
      }
    }
  };
}

/** The request as the contract's schemas make it. Throws BadRequest with what they do not take. */
async function inputOf(name: RouteName, route: Route, c: Context<HttpEnv>): Promise<HandlerInput<Route>> {
  const params = route.params ? taken("path", route.params, c.req.param()) : {};
  const query = route.query ? taken("query", route.query, queryOf(c)) : {};
  const body = route.bodyType
    ? await textBody(route.bodyType, c)
    : route.body
      ? taken("body", route.body, await jsonBody(c.req.raw, LARGE.has(name) ? LARGE_LIMIT : JSON_LIMIT))
      : undefined;
  return { params, query, body } as HandlerInput<Route>;
}

function taken<S extends z.ZodType>(part: string, schema: S, value: unknown): z.output<S> {
  const read = schema.safeParse(value);
  if (!read.success) throw invalid(part, read.error);
  return read.data;
}

/** The query's values by name: a text, or a list where a name stands more than once. */
function queryOf(c: Context<HttpEnv>): Record<string, string | string[]> {
  const every = Object.entries(c.req.queries());
  return Object.fromEntries(every.map(([name, values]) => [name, values.length === 1 ? values[0]! : values]));
}

/** A body that is not JSON, as bytes. */
async function textBody(type: string, c: Context<HttpEnv>): Promise<Uint8Array> {
  const given = c.req.header("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (given !== type) {
    throw new BadRequest(415, "unsupported-media-type", `This route takes ${type}, not ${given ?? "an unnamed type"}.`);
  }
  return readLimited(c.req.raw, CSV_LIMIT);
}

function keyOf(c: Context<HttpEnv>): string | undefined {
  const key = c.req.header("idempotency-key");
  if (key !== undefined && (key.length < 8 || key.length > 100)) {
    throw new BadRequest(400, "bad-input", "The Idempotency-Key header has 8 to 100 characters.");
  }
  return key;
}
