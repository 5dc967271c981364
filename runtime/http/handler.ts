import type { Context } from "hono";
import type { z } from "zod";
import type { Route, RouteAnswer } from "#engine/contract/route.ts";
import type { RouteName, Routes } from "#engine/contract/routes.ts";
import type { Access } from "../access/access.ts";
import type { Reader } from "../access/reader.ts";
import type { Runtime } from "../commands/runtime.ts";

/** What travels with a request through the middleware. */
export interface HttpEnv {
  Variables: { requestId: string; reader: Reader };
}

/** What a handler works with beside its input. */
export interface Here {
  runtime: Runtime;
  access: Access;
  /** Who asks, with what they may see and do. */
  reader: Reader;
  /** The one instant of this request, taken at the door. */
  now: number;
  requestId: string;
  /** The `Idempotency-Key` header; a key in the body comes before it. */
  key: string | undefined;
  /** Where a handler puts the cookies that it sets, as `Set-Cookie` says them. */
  cookies: string[];
  http: Context<HttpEnv>;
}

type Parsed<S, Otherwise> = S extends z.ZodType ? z.output<S> : Otherwise;

/** A request as the contract's schemas made it. The body of a `text/csv` route comes as bytes: its encoding is unknown. */
export interface HandlerInput<R extends Route> {
  params: Parsed<R["params"], Record<string, never>>;
  query: Parsed<R["query"], Record<string, never>>;
  body: R["bodyType"] extends "text/csv" ? Uint8Array : Parsed<R["body"], undefined>;
}

/** Answers a route of the contract. Throws `Refused` and its like; `problem.ts` says them in HTTP. */
export type Handler<R extends Route> = (input: HandlerInput<R>, here: Here) => Promise<RouteAnswer<R>> | RouteAnswer<R>;

/** Handlers for some routes, typed by the contract. */
export type HandlersOf<Name extends RouteName> = { [N in Name]: Handler<Routes[N]> };
