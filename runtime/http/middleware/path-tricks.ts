import { createMiddleware } from "hono/factory";
import type { HttpEnv } from "../handler.ts";
import { BadRequest } from "../problem.ts";

/** Refuses addresses that try to leave the folder: what a browser never sends. Ids in `/api` may hold an encoded slash. */
export function refuseTricks(url: string): void {
  const raw = url.slice(url.indexOf("/", 8));
  const path = raw.split("?")[0] ?? "";
  const api = path.startsWith("/api/");
  if (/%00|\\|%5c/i.test(path) || /%00/.test(raw) || (!api && /%2e|%2f|\/\.\.?(?:\/|$)|\/\//i.test(path))) {
    throw new BadRequest(400, "bad-path", "This address cannot be read.");
  }
}

export const refusePathTricks = createMiddleware<HttpEnv>(async (c, next) => {
  refuseTricks(c.req.url);
  await next();
});
