import { randomUUID } from "node:crypto";
import { createMiddleware } from "hono/factory";
import type { HttpEnv } from "../handler.ts";

/** Gives each request an id: the caller's own where it is a plain word, else a new one. It is answered and logged. */
export const requestId = createMiddleware<HttpEnv>(async (c, next) => {
  const given = c.req.header("x-request-id");
  const id = given && /^[\w.-]{1,64}$/.test(given) ? given : randomUUID();
  c.set("requestId", id);
  await next();
  // On the answer as it is: `c.header` would make it anew, which costs more than the rest of the door.
  c.res.headers.set("x-request-id", id);
});
