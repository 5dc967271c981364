import type { Context } from "hono";
import { streamSSE } from "hono/streaming";
import type { LiveEvent } from "#engine/contract/live-event.ts";
import type { Access } from "../access/access.ts";
import { NotSignedIn } from "../access/forbidden.ts";
import type { Runtime } from "../commands/runtime.ts";
import type { HttpEnv } from "./handler.ts";
import { liveFilter } from "./live-filter.ts";
import { BadRequest } from "./problem.ts";

const HEARTBEAT_MS = 20_000;
/** Events that wait for a slow listener; past it the listener is told to fetch everything anew by a new connection. */
const MOST_WAITING = 5_000;
const MOST_LISTENERS = 2_000;

/** `GET /api/events`: something changed, ask again. Each listener hears only of what the policy opens to them. */
export function liveEvents(runtime: Runtime, access: Access) {
  let listeners = 0;
  return async (c: Context<HttpEnv>): Promise<Response> => {
    const reader = await access.reader(c.req.raw.headers);
    if (!reader.signedIn) throw new NotSignedIn();
    if (listeners >= MOST_LISTENERS) throw new BadRequest(503, "busy", "Too many listeners. Try again in a moment.");
    listeners += 1;
    return streamSSE(c, async (stream) => {
      const waiting = new Map<string, LiveEvent>();
      let wake = Promise.withResolvers<void>();
      let ended = false;
      const end = () => {
        ended = true;
        wake.resolve();
      };
      const filter = liveFilter(runtime, access, c.req.raw.headers, (event) => {
        // Of one thing only the newest revision matters.
        waiting.set(`${event.topic}/${event.id}`, event);
        if (waiting.size > MOST_WAITING) end();
        wake.resolve();
      });
      const stop = runtime.events.listen(filter.hear);
      const beat = setInterval(() => wake.resolve(), HEARTBEAT_MS);
      runtime.stopping.addEventListener("abort", end);
      stream.onAbort(end);
      try {
        await stream.write(": welcome\n\n");
        while (!ended) {
          await wake.promise;
          wake = Promise.withResolvers<void>();
          const events = [...waiting.values()];
          waiting.clear();
          if (events.length === 0) await stream.write(": still here\n\n");
          for (const event of events) await stream.writeSSE({ data: JSON.stringify(event) });
        }
      } finally {
        listeners -= 1;
        clearInterval(beat);
        stop();
        filter.close();
        runtime.stopping.removeEventListener("abort", end);
      }
    });
  };
}
