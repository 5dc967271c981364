import { instantOf } from "#engine/time/instant-text.ts";
import { zone } from "#engine/time/zone.ts";
import { Forbidden } from "../../access/forbidden.ts";
import { retryEffect } from "../../commands/retry-effect.ts";
import { isLoopback } from "../../config.ts";
import { effectInWords } from "../../projections/effect-words.ts";
import { listEffects } from "../../store/outbox.ts";
import { positionCursor } from "../cursor.ts";
import type { HandlersOf } from "../handler.ts";
import { afterIsoDuration } from "../iso-duration.ts";
import { BadRequest } from "../problem.ts";

/** What keeps the server going: effects and, in tests, the clock. */
export const operations: HandlersOf<"effects" | "retryEffect" | "clock"> = {
  effects: async ({ query }, { runtime, reader }) => {
    reader.policy.require("administer");
    const directory = await runtime.organisation.directory();
    const cursor = positionCursor(query.cursor);
    const page = await listEffects(runtime.db, {
      ...(query.status ? { status: query.status } : {}),
      ...(cursor ? { cursor } : {}),
      limit: query.limit ?? 50,
    });
    return {
      ...page,
      items: page.items.map(({ payload, nextAt, ...effect }) => ({
        ...effect,
        words: effectInWords(effect.kind, payload, directory),
        nextAt: effect.status === "waiting" || effect.status === "sending" ? nextAt : null,
      })),
    };
  },

  retryEffect: async ({ params }, { runtime, reader }) => {
    reader.policy.require("administer");
    await retryEffect(runtime, reader, params.id);
    return { ok: true };
  },

  clock: async ({ body }, { runtime, now }) => {
    const { config } = runtime;
    if (config.clock !== "manual" || !isLoopback(config.host)) {
      throw new Forbidden("The clock moves by itself. Start the server with RONDO_CLOCK=manual on its own machine.", {
        kind: "clock",
        id: "clock",
      });
    }
    const to = "to" in body ? instantOf(body.to, zone("UTC"), "start") : afterIsoDuration(now, body.by);
    if (to === undefined) {
      throw new BadRequest(
        400,
        "bad-input",
        "Write an instant as epoch milliseconds or ISO text, or a duration such as P2D.",
      );
    }
    if (to < now) throw new BadRequest(400, "bad-input", "A clock only goes forward.");
    return runtime.moveClock(to);
  },
};
