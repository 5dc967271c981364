import { answerOfEnd } from "#engine/execute/dress.ts";
import type { Effect } from "#engine/execute/state.ts";
import { send } from "../commands/handle.ts";
import { Refused } from "../commands/refused.ts";
import type { Runtime } from "../commands/runtime.ts";
import { sharedCaseOf } from "../store/case-members.ts";
import { caseOfEffect } from "../store/cases-load.ts";
import { outboxStatus } from "../store/outbox.ts";
import { type EffectHandler, type EffectRow, settle, TryAgain } from "./effect.ts";
import { byRefusal, hasMovedOn, tellCase } from "./tell-case.ts";

/** Tells a child case or a ladder that what it was for is over, stands still, goes on or was taken back. */
export const signalCaseEffect: EffectHandler = {
  kind: "signal-case",
  outside: false,
  async run(runtime, row) {
    const { child, event, data } = row.payload as Extract<Effect, { kind: "signal-case" }>;
    const leaves = event === "leave";
    const caseId = await (leaves ? sharedCaseOf : caseOfEffect)(runtime.db, child);
    if (caseId === undefined) {
      const status = await outboxStatus(runtime.db, child);
      if (status === "waiting" || status === "sending") throw new TryAgain("The case it is for has not begun yet.");
      return settle(runtime, row);
    }
    if (leaves) {
      const reason = String(data.reason ?? "it left");
      return tellCase(runtime, row, caseId, { type: "leave", effect: child, reason, by: null });
    }
    if (event === "undo") return takenBack(runtime, row, caseId, child);
    if (event === "pause" || event === "resume")
      return tellCase(runtime, row, caseId, {
        type: event,
        reason: String(data.reason ?? event),
        by: null,
        told: true,
      });
    return tellCase(
      runtime,
      row,
      caseId,
      event === "cancel"
        ? { type: "cancel", reason: String(data.reason ?? "cancelled with its parent"), by: null, told: true }
        : { type: "event", event, data, by: null },
    );
  },
};

/** A child goes on as before it was told to end; one that has ended all the same answers once more: it is waited for again. */
async function takenBack(runtime: Runtime, row: EffectRow, caseId: string, effect: string): Promise<void> {
  const reason = "the step that started it was taken back";
  try {
    const along = () => ({ done: { ids: [row.id], at: runtime.clock.now() } });
    await send(runtime, caseId, { type: "undo", reason, by: null }, { along, bulk: true });
  } catch (cause) {
    if (!(cause instanceof Refused)) throw cause;
    if (!hasMovedOn(cause)) throw byRefusal(cause);
    const child = (await runtime.desk.read(caseId))?.state;
    if (child?.closedAt == null || row.caseId === null) return settle(runtime, row);
    await tellCase(runtime, row, row.caseId, { type: "answer", effect, ...answerOfEnd(child, cause.message) });
  }
}
