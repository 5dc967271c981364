import { discardStatement, readDead } from "../store/outbox.ts";
import { send } from "./handle.ts";
import { Refused } from "./refused.ts";
import type { Principal, Runtime } from "./runtime.ts";

/**
 * Ends an effect that was given up: it will not be done. A case that waits for its answer is told that it failed and goes on by
 * the way drawn for that, so that nothing waits for ever. Throws Refused where there is no such effect, or the case has no such way.
 */
export async function discardEffect(runtime: Runtime, principal: Principal, id: string, reason: string): Promise<void> {
  const dead = await readDead(runtime.db, id);
  if (!dead) throw new Refused("not-found", "There is no effect of that id that was given up.");
  const at = runtime.clock.now();
  const stored = dead.caseId === null ? null : await runtime.desk.read(dead.caseId);
  const ending = discardStatement(id, at, `Discarded: ${reason}`);
  if (dead.caseId !== null && stored?.state.pending.some(({ effect }) => effect === id)) {
    await send(
      runtime,
      dead.caseId,
      { type: "answer", effect: id, outcome: "failed", data: { message: reason, tries: dead.tries } },
      { along: () => ({ statements: [ending] }) },
    );
  } else {
    const [written] = await runtime.db.write([ending]);
    if (written!.rows.length === 0) throw new Refused("not-found", "There is no effect of that id that was given up.");
  }
  await runtime.audit.write({
    at,
    by: principal.personId,
    what: "effect.discarded",
    words: "discarded an effect that was given up",
    details: { effect: id, reason },
  });
  runtime.events.emit({ topic: "effects", id, revision: 0 });
}
