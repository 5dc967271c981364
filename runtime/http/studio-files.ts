import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { serveStatic } from "@hono/node-server/serve-static";
import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import type { HttpEnv } from "./handler.ts";
import { problem } from "./problem.ts";

const DIST = join(import.meta.dirname, "../../studio/dist");

/** Built files carry their hash in the name and never change; everything else is asked for again. */
const builtFiles = () =>
  serveStatic<HttpEnv>({
    root: DIST,
    precompressed: true,
    onFound: (path, c) => {
      const hashed = /[/\\]assets[/\\]/.test(path);
      c.header("cache-control", hashed ? "public, max-age=31536000, immutable" : "no-cache");
    },
  });

let files: ReturnType<typeof builtFiles> | undefined;

/** Made at the first request that finds a built studio: a server without one (tests, a host of workflows only) is no fault to complain of. */
export const studioFiles = createMiddleware<HttpEnv>(async (c, next) => {
  if (files === undefined && existsSync(DIST)) files = builtFiles();
  return files === undefined ? next() : files(c, next);
});

/** The studio's one page, for every address that it routes itself. */
export async function studioPage(c: Context<HttpEnv>): Promise<Response> {
  const path = new URL(c.req.url).pathname;
  const missing = /\.[a-z0-9]{1,8}$/i.test(path) || (c.req.method !== "GET" && c.req.method !== "HEAD");
  const page = join(DIST, "index.html");
  if (missing || !existsSync(page)) {
    return problem(c, {
      status: 404,
      code: "no-such-file",
      title: missing ? "There is no such file." : "The studio is not built. Start the server with `npm start`.",
    });
  }
  return c.html(await readFile(page, "utf8"), 200, { "cache-control": "no-cache" });
}
