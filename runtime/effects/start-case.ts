import { joiningOf } from "#engine/execute/members.ts";
import { beginsHalted } from "#engine/execute/standstill.ts";
import type { Effect } from "#engine/execute/state.ts";
import { send } from "../commands/handle.ts";
import { keyOf, type Opening, open, openingWorlds, prepare } from "../commands/open-case.ts";
import { Refused } from "../commands/refused.ts";
import type { Runtime } from "../commands/runtime.ts";
import { findSharedPlace, sharedCaseOf } from "../store/case-members.ts";
import { caseOfEffect, openCasesByKey } from "../store/cases-load.ts";
import { type EffectHandler, type EffectRow, settle, TryAgain } from "./effect.ts";
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
    if ((await caseOfEffect(runtime.db, row.id)) || (await sharedCaseOf(runtime.db, row.id)))
      return settle(runtime, row);
    try {
      await (effect.shared && effect.key !== null
        ? share(runtime, row, effect, effect.key)
        : begin(runtime, row, effect));
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
  const awaited = effect.answer || kind === "escalation";
  const parent = row.caseId === null || !awaited ? null : await runtime.desk.read(row.caseId);
  const opening: Opening = {
    subject: effect.subject,
    period: effect.period,
    trigger: effect.with,
    data: kind === "workflow" ? effect.with : {},
    by: null,
    // However long it took to come to this: what its parent is now decides, and from here on it is told.
    ...(parent ? beginsHalted(parent.state, row.id) : {}),
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

/** How often two who ask at once may be in each other's way before the effect is tried again later. */
const TRIES = 4;

/**
 * Attaches to the open case with a key, or opens it. Of two who open it at once the store lets one in, by its unique key, and
 * the other finds that one's case; where a case ends while somebody is about to join, the next one is opened.
 */
async function share(runtime: Runtime, row: EffectRow, effect: StartCase, base: string): Promise<void> {
  const members = joiningOf(effect);
  for (let n = 0; n < TRIES; n++) {
    const now = runtime.clock.now();
    const within = effect.shared?.withinMinutes;
    const since = within === undefined ? null : now - within * 60_000;
    const { open: there, key } = await findSharedPlace(runtime.db, effect.definition.id, base, since);
    try {
      if (there !== undefined) {
        await send(
          runtime,
          there,
          { type: "join", members, by: null },
          { along: () => ({ done: { ids: [row.id], at: now } }), bulk: true },
        );
        return;
      }
      const { kind, id } = effect.definition;
      const bundle = await runtime.catalogue.current(kind, id);
      const opening: Opening = {
        subject: effect.subject,
        period: effect.period,
        trigger: effect.with,
        data: kind === "workflow" ? effect.with : {},
        by: null,
        // It belongs to all its members alike: the first one is no parent of it.
        origin: { caseId: null, effect: row.id },
        key,
        members,
      };
      const [world] = await openingWorlds(runtime, bundle, [opening], now);
      await open(
        runtime,
        bundle,
        prepare(bundle, opening, key, world!, now),
        { done: { ids: [row.id], at: now } },
        true,
      );
      return;
    } catch (cause) {
      const again = cause instanceof Refused && (cause.code === "already-open" || cause.code === "closed");
      if (!again) throw cause;
    }
  }
  throw new TryAgain("Others are asking for the same shared case.");
}
