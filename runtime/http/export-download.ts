import { existsSync } from "node:fs";
import { Readable } from "node:stream";
import { createGzip } from "node:zlib";
import type { Context } from "hono";
import type { Access } from "../access/access.ts";
import { NotSignedIn } from "../access/forbidden.ts";
import { Refused } from "../commands/refused.ts";
import type { Runtime } from "../commands/runtime.ts";
import { readJob } from "../store/jobs.ts";
import { exportFolder } from "../upkeep/begin.ts";
import { tarOf } from "../upkeep/tar.ts";
import type { HttpEnv } from "./handler.ts";

/**
 * `GET /api/exports/{job}`: an export as `tar.gz`, streamed, for administrators. Who took it is written down: it holds everything.
 */
export function exportDownload(runtime: Runtime, access: Access) {
  return async (c: Context<HttpEnv>): Promise<Response> => {
    const reader = await access.reader(c.req.raw.headers);
    if (!reader.signedIn) throw new NotSignedIn();
    reader.policy.require("administer");
    const job = await readJob(runtime.db, c.req.param("job") ?? "");
    const folder =
      job?.kind === "export" && job.status === "done" ? exportFolder(runtime.config.db, job.id) : undefined;
    if (!job || !folder || !existsSync(folder)) {
      throw new Refused("not-found", "There is no such export, or it is older than a day. Make a new one.");
    }
    await runtime.audit.write({
      at: runtime.clock.now(),
      by: reader.personId,
      what: "data.exported",
      words: "downloaded an export of everything",
      details: { job: job.id },
    });
    const name = `rondo-export-${new Date(job.startedAt).toISOString().slice(0, 10)}`;
    const stream = Readable.from(tarOf(folder, name)).pipe(createGzip({ level: 4 }));
    return c.body(Readable.toWeb(stream) as ReadableStream, 200, {
      "content-type": "application/gzip",
      "content-disposition": `attachment; filename="${name}.tar.gz"`,
      "cache-control": "no-store",
    });
  };
}
