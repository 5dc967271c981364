import type { Effect } from "#engine/execute/state.ts";
import { sharedCaseOf } from "../store/case-members.ts";
import { caseOfEffect } from "../store/cases-load.ts";
import { outboxStatus } from "../store/outbox.ts";
import { type EffectHandler, settle, TryAgain } from "./effect.ts";
import { tellCase } from "./tell-case.ts";

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
    if (event === "undo") {
      return tellCase(runtime, row, caseId, {
        type: "undo",
        reason: "the step that started it was taken back",
        by: null,
      });
    }
    if (event === "pause" || event === "resume")
      return tellCase(runtime, row, caseId, { type: event, reason: String(data.reason ?? event), by: null });
    return tellCase(
      runtime,
      row,
      caseId,
      event === "cancel"
        ? { type: "cancel", reason: String(data.reason ?? "cancelled with its parent"), by: null }
        : { type: "event", event, data, by: null },
    );
  },
};
