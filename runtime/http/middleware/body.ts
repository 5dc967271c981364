import { createMiddleware } from "hono/factory";
import type { HttpEnv } from "../handler.ts";
import { jsonTrouble } from "../json-trouble.ts";
import { BadRequest } from "../problem.ts";
import { readLimited } from "../read-limited.ts";

/** A megabyte is plenty for a request; routes that carry whole documents say more. */
export const JSON_LIMIT = 1_000_000;

/**
 * Reads a JSON body at most `limit` bytes long and puts it where the schemas' validator looks. Refuses what is too long
 * (413), not UTF-8, nested past reason, or carries keys and characters that no document of ours has.
 */
export const jsonBody = (limit: number) =>
  createMiddleware<HttpEnv>(async (c, next) => {
    const type = c.req.header("content-type");
    if (type !== undefined && /^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i.test(type)) {
      const bytes = await readLimited(c.req.raw, limit);
      let text: string;
      try {
        text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
      } catch {
        throw new BadRequest(400, "malformed-json", "The body is not UTF-8 text.");
      }
      const trouble = jsonTrouble(text);
      if (trouble) throw new BadRequest(400, trouble.code, trouble.message, trouble.issues);
      // The cache holds what reading answers, which is a promise whatever its type says.
      c.req.bodyCache.text = Promise.resolve(text) as unknown as string;
    }
    await next();
  });
