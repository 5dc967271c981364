import type { Effect } from "#engine/execute/state.ts";
import { keyOf, type Opening, open, openingWorlds, prepare } from "../commands/open-case.ts";
import { Refused } from "../commands/refused.ts";
import type { Runtime } from "../commands/runtime.ts";
import { caseOfEffect, openCasesByKey } from "../store/cases-load.ts";
import { type EffectHandler, type EffectRow, settle } from "./effect.ts";
import { byRefusal, tellCase } from "./tell-case.ts";

type StartCase = Extract<Effect, { kind: "start-case" }>;

/**
 * Starts a child case, a ladder, or what a trigger asked for. The case and "done" are one batch, so it starts once. Where an
 * open case with the same key is there, nothing new begins. A parent that waits is told when its child cannot begin.
 */
export const startCaseEffect: EffectHandler = {
  kind: "start-case",
  outside: false,
  async run(runtime, row) {
    const effect = row.payload as StartCase;
    if (await caseOfEffect(runtime.db, row.id)) return settle(runtime, row);
    try {
      await begin(runtime, row, effect);
    } catch (cause) {
      if (!(cause instanceof Refused)) throw cause;
      if (cause.code === "already-open") return settle(runtime, row);
      if (!effect.answer || row.caseId === null) throw byRefusal(cause);
      await tellCase(runtime, row, row.caseId, {
        type: "answer",
        effect: row.id,
        outcome: "failed",
        data: { message: cause.message },
      });
    }
  },
};

async function begin(runtime: Runtime, row: EffectRow, effect: StartCase): Promise<void> {
  const now = runtime.clock.now();
  const { kind, id } = effect.definition;
  const bundle = await runtime.catalogue.current(kind, id);
  const opening: Opening = {
    subject: effect.subject,
    period: effect.period,
    trigger: effect.with,
    data: kind === "workflow" ? effect.with : {},
    by: null,
    // What a trigger started may have no case behind it; the effect's id still keeps it from starting twice.
    origin: { caseId: row.caseId, effect: row.id },
    answers: effect.answer,
    // A child belongs to its parent and is no second case of its subject.
    ...(effect.key !== null ? { key: effect.key } : effect.answer ? { key: null } : {}),
  };
  const [world] = await openingWorlds(runtime, bundle, [opening], now);
  const key = keyOf(bundle, opening, world!, now);
  if (key !== null && (await openCasesByKey(runtime.db, bundle.id, [key])).size > 0) return settle(runtime, row);
  await open(runtime, bundle, prepare(bundle, opening, key, world!, now), { done: { ids: [row.id], at: now } }, true);
}
