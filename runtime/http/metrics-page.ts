import { timingSafeEqual } from "node:crypto";
import type { Context, Next } from "hono";
import type { Access } from "../access/access.ts";
import { NotSignedIn } from "../access/forbidden.ts";
import { tokenHash } from "../access/token-hash.ts";
import type { Runtime } from "../commands/runtime.ts";
import type { HttpEnv } from "./handler.ts";

/**
 * `GET /metrics`, for Prometheus. Open to the bearer of `RONDO_METRICS_TOKEN` and to administrators (session or API key), and to
 * nobody else: behind a proxy every request comes from the server's own machine, so where it comes from says nothing.
 *
 * The studio's list of metrics has the same address, and a browser that reloads it asks for a page: it gets the studio.
 */
export function metricsPage(runtime: Runtime, access: Access) {
  return async (c: Context<HttpEnv>, next: Next): Promise<Response | undefined> => {
    if (c.req.header("accept")?.includes("text/html")) {
      await next();
      return undefined;
    }
    if (!holdsToken(runtime.config.metricsToken, c.req.header("authorization"))) {
      const reader = await access.reader(c.req.raw.headers);
      if (!reader.signedIn) throw new NotSignedIn();
      reader.policy.require("administer");
    }
    const { committer, desk, metrics, db, clock } = runtime;
    const text = await metrics.text(db, clock.now(), {
      queues: { commit: committer.depth, decide: desk.busy, effects: runtime.effectsBusy() },
    });
    return c.body(text, 200, { "content-type": metrics.contentType, "cache-control": "no-store" });
  };
}

/** Compared by hash: how long that takes says nothing of the token. */
function holdsToken(token: string | undefined, header: string | undefined): boolean {
  const given = /^Bearer (.+)$/i.exec(header ?? "")?.[1];
  if (token === undefined || given === undefined) return false;
  return timingSafeEqual(Buffer.from(tokenHash(token)), Buffer.from(tokenHash(given)));
}
