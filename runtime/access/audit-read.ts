import type { Runtime } from "../commands/runtime.ts";
import type { Reader } from "./reader.ts";

/** Somebody who looks at the same thing again within this time is written down once. */
const AGAIN_MS = 3_600_000;
/** Looks remembered at once: past it all are forgotten, and written down again. */
const MOST = 50_000;
const looked = new WeakMap<Runtime, Map<string, number>>();

/**
 * Writes down that somebody looked at what is sensitive about another person (pay, a statement) or about many at once (`person`
 * null): who, when, of whom; never what it said. One's own is not written down. It is on disk before the answer goes out.
 */
export async function auditRead(
  runtime: Runtime,
  reader: Reader,
  read: { what: string; words: string; person: string | null; of?: string },
): Promise<void> {
  if (read.person !== null && reader.personId === read.person) return;
  const known = looked.get(runtime) ?? new Map<string, number>();
  looked.set(runtime, known);
  const now = runtime.clock.now();
  const key = `${reader.account ?? reader.personId}\n${read.what}\n${read.person ?? ""}\n${read.of ?? ""}`;
  const last = known.get(key);
  if (last !== undefined && now - last < AGAIN_MS) return;
  await runtime.audit.write({
    at: now,
    by: reader.personId,
    what: read.what,
    words: read.words,
    details: { person: read.person, of: read.of ?? null, account: reader.account ?? null },
  });
  if (known.size >= MOST) known.clear();
  known.set(key, now);
}
