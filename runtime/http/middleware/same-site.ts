import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import type { HttpEnv } from "../handler.ts";
import { BadRequest } from "../problem.ts";

/**
 * Refuses a change that a page of another site sends with our visitor's cookies. Browsers say where a request comes from
 * (`Sec-Fetch-Site`, `Origin`); programs say neither and carry a key.
 */
export function refuseOtherSites({ req }: Context<HttpEnv>): void {
  if (req.method === "GET" || req.method === "HEAD") return;
  const site = req.header("sec-fetch-site");
  const origin = req.header("origin");
  const foreign =
    site !== undefined
      ? site === "cross-site" || site === "same-site"
      : origin !== undefined && hostOf(origin) !== req.header("host");
  if (foreign) throw new BadRequest(403, "cross-site", "A page of another site may not change anything here.");
}

export const sameSite = createMiddleware<HttpEnv>(async (c, next) => {
  refuseOtherSites(c);
  await next();
});

function hostOf(origin: string): string | undefined {
  try {
    return new URL(origin).host;
  } catch {
    return undefined;
  }
}
