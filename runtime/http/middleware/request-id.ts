import { createMiddleware } from "hono/factory";
import { v7 } from "uuid";
import type { HttpEnv } from "../handler.ts";

/** Gives each request an id: the caller's own where it is a plain word, else a new one. It is answered and logged. */
export const requestId = createMiddleware<HttpEnv>(async (c, next) => {
  const given = c.req.header("x-request-id");
  const id = given && /^[\w.-]{1,64}$/.test(given) ? given : v7();
  c.set("requestId", id);
  await next();
  c.header("x-request-id", id);
});
