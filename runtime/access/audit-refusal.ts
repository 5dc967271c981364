import type { Runtime } from "../commands/runtime.ts";
import type { Forbidden } from "./forbidden.ts";
import type { Reader } from "./reader.ts";

/** Writes down that somebody followed a link that is not theirs: who, when, what; never what it would have shown. */
export async function auditRefusal(runtime: Runtime, reader: Reader, refused: Forbidden): Promise<void> {
  await runtime.audit.write({
    at: runtime.clock.now(),
    by: reader.personId,
    what: "access.refused",
    words: `${reader.personId ?? "Somebody"} was refused ${refused.what.kind} ${refused.what.id}.`,
    details: { kind: refused.what.kind, id: refused.what.id.slice(0, 300), account: reader.account ?? null },
  });
}
