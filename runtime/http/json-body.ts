import { BadRequest } from "./problem.ts";
import { readJson } from "./read-json.ts";
import { readLimited } from "./read-limited.ts";

/** A megabyte is plenty for a request; routes that carry whole documents say more. */
export const JSON_LIMIT = 1_000_000;

const JSON_TYPE = /^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i;
const utf8 = new TextDecoder("utf-8", { fatal: true });

/**
 * The value of a JSON body at most `limit` bytes long. Throws BadRequest for what is no JSON by its type (415), is too long
 * (413), is not UTF-8, is nested past reason, or carries keys and characters that no document of ours has (400).
 */
export async function jsonBody(request: Request, limit: number): Promise<unknown> {
  if (!JSON_TYPE.test(request.headers.get("content-type") ?? "")) {
    throw new BadRequest(
      415,
      "unsupported-media-type",
      "The body has a content type that this route does not take. Send application/json.",
    );
  }
  const bytes = await readLimited(request, limit);
  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch {
    throw new BadRequest(400, "malformed-json", "The body is not UTF-8 text.");
  }
  const read = readJson(text);
  if ("trouble" in read) throw new BadRequest(400, read.trouble.code, read.trouble.message, read.trouble.issues);
  return read.value;
}
