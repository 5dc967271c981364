import { randomUUID } from "node:crypto";
import { createMiddleware } from "hono/factory";
import type { HttpEnv } from "../handler.ts";

/** The id of a request: the caller's own where it is a plain word, else a new one. It is answered and logged. */
export const requestIdOf = (given: string | undefined): string =>
  given && /^[\w.-]{1,64}$/.test(given) ? given : randomUUID();

/** Gives each request an id. */
export const requestId = createMiddleware<HttpEnv>(async (c, next) => {
  const id = requestIdOf(c.req.header("x-request-id"));
  c.set("requestId", id);
  await next();
  // On the answer as it is: `c.header` would make it anew, which costs more than the rest of the door.
  c.res.headers.set("x-request-id", id);
});
