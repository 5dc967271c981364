import { getConnInfo } from "@hono/node-server/conninfo";
import { Hono } from "hono";
import { Access } from "../access/access.ts";
import { PEER_HEADER } from "../access/auth.ts";
import type { Runtime } from "../commands/runtime.ts";
import { liveEvents } from "./events.ts";
import { exportDownload } from "./export-download.ts";
import type { HttpEnv } from "./handler.ts";
import { metricsPage } from "./metrics-page.ts";
import { refusePathTricks } from "./middleware/path-tricks.ts";
import { requestId } from "./middleware/request-id.ts";
import { sameSite } from "./middleware/same-site.ts";
import { securityHeaders } from "./middleware/security-headers.ts";
import { noSuchRoute } from "./not-found.ts";
import { openApi } from "./openapi.ts";
import { onError } from "./problem.ts";
import { serveRoutes } from "./serve-routes.ts";
import { studioFiles, studioPage } from "./studio-files.ts";

/** The server: the API under `/api`, sign-in under `/api/auth`, live events, and the studio's files for everything else. */
export function createApp(runtime: Runtime, access: Access = new Access(runtime)): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();
  const failed = onError(runtime.log, runtime.metrics);
  app.onError(failed);
  // Before the middleware: the routes of the API are most of the work, and have a door of their own.
  serveRoutes(app, runtime, access, failed);
  app.use(requestId, securityHeaders, refusePathTricks, sameSite);

  app.on(["GET", "POST"], "/api/auth/*", async (c) => {
    const headers = new Headers(c.req.raw.headers);
    headers.set(PEER_HEADER, peerOf(c));
    if (c.req.path.endsWith("/sign-out")) access.signedOut(headers);
    return access.auth.handler(new Request(c.req.raw, { headers }));
  });
  app.get("/metrics", metricsPage(runtime, access));
  app.get("/api/events", liveEvents(runtime, access));
  app.get("/api/exports/:job", exportDownload(runtime, access));
  app.get("/api/openapi.json", openApi());
  app.all("/api/*", noSuchRoute);
  app.all("/api", noSuchRoute);
  app.use(studioFiles);
  app.all("*", studioPage);
  return app;
}

/** The peer's address; absent where a test calls the app without a socket. */
function peerOf(c: Parameters<typeof getConnInfo>[0]): string {
  try {
    return getConnInfo(c).remote.address ?? "127.0.0.1";
  } catch {
    return "127.0.0.1";
  }
}
