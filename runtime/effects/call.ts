import { createHmac } from "node:crypto";
import type { Effect } from "#engine/execute/state.ts";
import type { Json } from "#engine/words/json.ts";
import { wallNow } from "../clock.ts";
import type { Config } from "../config.ts";
import { faultPoint } from "../fault-points.ts";
import { currentTrace } from "../tracing.ts";
import { type EffectHandler, TryAgain } from "./effect.ts";
import { tellCase } from "./tell-case.ts";

/** What a receiver may ask us to wait at most: an answer that says a year is a mistake, or no friend. */
const LONGEST_ASKED_MS = 3_600_000;
/** More than this of an answer is not read. */
const LARGEST_ANSWER = 200_000;

/**
 * Calls a webhook and tells the case what it answered. Signed as Standard Webhooks say (`webhook-id`, `webhook-timestamp`,
 * `webhook-signature: v1,<HMAC-SHA256 of id.timestamp.body>`); the id is the effect's and stays the same in every try, so
 * that the receiver can tell a second try from a second event. After the last try the case goes on by `failed`.
 */
export const callEffect: EffectHandler = {
  kind: "call",
  outside: true,
  async run(runtime, row, receiver) {
    const call = row.payload as Extract<Effect, { kind: "call" }>;
    const answer = async (outcome: "done" | "failed", data: Record<string, Json>) =>
      tellCase(runtime, row, row.caseId ?? "", { type: "answer", effect: row.id, outcome, data });
    const tried = await tryCall(call, row.id, runtime.config);
    faultPoint("after-effect");
    if (tried.ok || tried.final) await receiver.answered();
    else await receiver.failed(tried.reason, tried.afterMs);
    if (tried.ok) return answer("done", tried.data);
    if (tried.final || row.tries >= call.retries)
      return answer("failed", { message: tried.reason, tries: row.tries + 1 });
    throw new TryAgain(tried.reason, tried.afterMs);
  },
};

type Tried = { ok: true; data: Record<string, Json> } | { ok: false; final: boolean; reason: string; afterMs?: number };

async function tryCall(
  call: Extract<Effect, { kind: "call" }>,
  id: string,
  { secret, callSeconds }: Config,
): Promise<Tried> {
  const body = JSON.stringify(call.body);
  const timestamp = String(Math.floor(wallNow() / 1000));
  try {
    const response = await fetch(call.url, {
      method: "POST",
      redirect: "manual",
      signal: AbortSignal.timeout(callSeconds * 1000),
      headers: {
        "content-type": "application/json",
        "webhook-id": id,
        "webhook-timestamp": timestamp,
        "webhook-signature": `v1,${signature(secret, id, timestamp, body)}`,
        ...traceHeader(),
      },
      body,
    });
    const text = await limited(response);
    if (response.ok) return { ok: true, data: asData(text) };
    const later = response.status >= 500 || [408, 425, 429].includes(response.status);
    return {
      ok: false,
      final: !later,
      reason: `${new URL(call.url).host} answered ${response.status}`,
      ...askedToWait(response.headers.get("retry-after")),
    };
  } catch (cause) {
    const timeout = cause instanceof Error && cause.name === "TimeoutError";
    const reason = timeout ? `did not answer within ${callSeconds} seconds` : "could not be reached";
    return { ok: false, final: false, reason: `${new URL(call.url).host} ${reason}` };
  }
}

/** What `Retry-After` says (RFC 9110, 10.2.3: seconds, or a date), as milliseconds from now. */
function askedToWait(header: string | null): { afterMs?: number } {
  if (header === null) return {};
  const seconds = /^\s*\d+\s*$/.test(header) ? Number(header) : (Date.parse(header) - wallNow()) / 1000;
  return seconds > 0 ? { afterMs: Math.min(LONGEST_ASKED_MS, Math.ceil(seconds * 1000)) } : {};
}

/** Lets the receiver go on with the trace, where one is under way. */
function traceHeader(): Record<string, string> {
  const trace = currentTrace();
  return trace === null ? {} : { traceparent: trace };
}

/** The signature of a call; receivers compute the same with the key that `webhookKey` gives them. */
export function signature(secret: string, id: string, timestamp: string, body: string): string {
  return createHmac("sha256", webhookKey(secret)).update(`${id}.${timestamp}.${body}`).digest("base64");
}

/** The key that calls are signed with: derived, so that the server's own secret is never handed out. */
export function webhookKey(secret: string): Buffer {
  return createHmac("sha256", secret).update("rondo webhooks").digest();
}

/** Reads an answer up to the limit, however slowly it comes: the timeout of the request bounds it. */
async function limited(response: Response): Promise<string> {
  if (!response.body) return "";
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body) {
    size += part.byteLength;
    if (size > LARGEST_ANSWER) return "";
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}

function asData(text: string): Record<string, Json> {
  try {
    const value = JSON.parse(text) as Json;
    return value !== null && typeof value === "object" && !Array.isArray(value) ? value : { answer: value };
  } catch {
    return text === "" ? {} : { answer: text };
  }
}
