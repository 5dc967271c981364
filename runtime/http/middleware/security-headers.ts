import { createMiddleware } from "hono/factory";
import type { HttpEnv } from "../handler.ts";
import { SECURITY_HEADERS } from "../headers.ts";

const HEADERS = Object.entries(SECURITY_HEADERS);

/** The headers of every answer, set on the answer as it is: `c.header` would make it anew for each of them. */
export const securityHeaders = createMiddleware<HttpEnv>(async (c, next) => {
  await next();
  const { headers } = c.res;
  for (const [name, value] of HEADERS) headers.set(name, value);
});
