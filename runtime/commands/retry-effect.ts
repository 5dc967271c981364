import { reviveEffect } from "../store/outbox.ts";
import { Refused } from "./refused.ts";
import type { Principal, Runtime } from "./runtime.ts";

/** Lets an effect that was given up try again, from the beginning. Throws `Refused` where there is no such dead effect. */
export async function retryEffect(
  runtime: Runtime,
  principal: Principal,
  id: string,
  reason: string | null = null,
): Promise<void> {
  const at = runtime.clock.now();
  const [written] = await runtime.db.write([reviveEffect(id, at)]);
  if (written!.rows.length === 0) throw new Refused("not-found", "There is no effect of that id that was given up.");
  await runtime.audit.write({
    at,
    by: principal.personId,
    what: "effect.retried",
    words: "let an effect that was given up try again",
    details: { effect: id, reason },
  });
  runtime.events.emit({ topic: "effects", id, revision: 0 });
}
