import { createRoute, type OpenAPIHono, type RouteConfig } from "@hono/zod-openapi";
import type { Context, MiddlewareHandler } from "hono";
import type { z } from "zod";
import { Problem } from "#engine/contract/common.ts";
import type { Route } from "#engine/contract/route.ts";
import { type RouteName, routes } from "#engine/contract/routes.ts";
import type { Access } from "../access/access.ts";
import { auditRefusal } from "../access/audit-refusal.ts";
import { Forbidden, NotSignedIn } from "../access/forbidden.ts";
import type { Runtime } from "../commands/runtime.ts";
import { span } from "../tracing.ts";
import type { Handler, HandlerInput, Here, HttpEnv } from "./handler.ts";
import { handlers } from "./handlers.ts";
import { JSON_LIMIT, jsonBody } from "./middleware/body.ts";
import { BadRequest } from "./problem.ts";
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

/** Serves every route of the contract: checked by its schemas, answered by the handler of its name. */
export function serveRoutes(app: OpenAPIHono<HttpEnv>, runtime: Runtime, access: Access): void {
  for (const name of (Object.keys(routes) as RouteName[]).sort(byPath)) {
    const route: Route = routes[name];
    const handler = handlers[name] as unknown as Served;
    const open = OPEN.has(name);
    const answer = async (c: Context<HttpEnv>): Promise<Response> => {
      const reader = await access.reader(c.req.raw.headers);
      c.set("reader", reader);
      if (!open && !reader.signedIn) throw new NotSignedIn();
      if (reader.readOnly && route.method !== "get") {
        throw new Forbidden("This key may only look. Make one with full scope for what changes things.", {
          kind: "route",
          id: name,
        });
      }
      const here: Here = {
        runtime,
        access,
        reader,
        now: runtime.clock.now(),
        requestId: c.get("requestId"),
        key: keyOf(c),
        http: c,
      };
      try {
        return c.json(await handler(await inputOf(route, c), here), 200, { "cache-control": "no-store" });
      } catch (cause) {
        if (cause instanceof Forbidden) await auditRefusal(runtime, reader, cause);
        throw cause;
      }
    };
    app.openapi(configOf(name, route), observed(name, route, runtime, answer) as never);
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

/** A route of the contract as the library takes it. */
function configOf(name: RouteName, route: Route): RouteConfig {
  const limit = LARGE.has(name) ? LARGE_LIMIT : JSON_LIMIT;
  const middleware: MiddlewareHandler[] = route.body && !route.bodyType ? [jsonBody(limit) as MiddlewareHandler] : [];
  return createRoute({
    operationId: name,
    method: route.method,
    path: route.path,
    tags: [route.tag],
    summary: route.summary,
    middleware,
    request: {
      ...(route.params ? { params: route.params } : {}),
      ...(route.query ? { query: route.query } : {}),
      ...(route.body
        ? { body: { required: true, content: { [route.bodyType ?? "application/json"]: { schema: route.body } } } }
        : {}),
    },
    responses: {
      200: { description: "The answer", content: { "application/json": { schema: route.answer } } },
      default: { description: "A problem (RFC 9457)", content: { "application/problem+json": { schema: Problem } } },
    },
  }) as RouteConfig;
}

async function inputOf(route: Route, c: Context<HttpEnv>): Promise<HandlerInput<Route>> {
  const valid = (target: "param" | "query" | "json") => (c.req.valid as unknown as (target: string) => unknown)(target);
  const body = route.bodyType ? await textBody(route.bodyType, c) : route.body ? valid("json") : undefined;
  return {
    params: (route.params ? valid("param") : {}) as z.output<z.ZodObject>,
    query: (route.query ? valid("query") : {}) as z.output<z.ZodObject>,
    body,
  } as HandlerInput<Route>;
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
