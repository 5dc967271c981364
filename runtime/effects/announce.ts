import { heldUntil } from "#engine/execute/held.ts";
import {
  type Announced,
  isAbout,
  type Listener,
  startOfTrigger,
  type TriggerQuestion,
  triggerHolds,
  triggerNeeds,
} from "#engine/execute/triggers.ts";
import type { World } from "#engine/execute/world.ts";
import type { Trigger } from "#engine/steps/trigger.ts";
import type { Bundle } from "../commands/bundle.ts";
import type { Runtime } from "../commands/runtime.ts";
import type { OutboxRow } from "../store/outbox-lanes.ts";
import { casesBefore, waitingCases } from "../store/waiting-cases.ts";
import { type EffectHandler, type EffectRow, settle } from "./effect.ts";
import type { WakePayload } from "./wake-case.ts";

/**
 * Something happened: cases begin where a definition listens, and waits end that waited for it. Everything that follows is
 * put into the outbox in the batch that marks this as done, so each follows once.
 */
export const announceEffect: EffectHandler = {
  kind: "announce",
  outside: false,
  async run(runtime, row) {
    const said = row.payload as Announced;
    const outbox: OutboxRow[] = [];
    for (const listener of runtime.catalogue.triggers(said.on)) {
      const start = await startOf(runtime, row, listener, said, outbox.length);
      if (start) outbox.push(start);
    }
    for (const { bundle, step, trigger } of runtime.catalogue.waits(said.on)) {
      outbox.push(...(await wakesOf(runtime, row, bundle, step, trigger, said)));
    }
    await settle(runtime, row, { outbox });
  },
};

/** The effect that starts what a trigger asks for; undefined where the trigger is about something else. */
async function startOf(
  runtime: Runtime,
  row: EffectRow,
  { kind, id, trigger }: Listener,
  { about, data }: Announced,
  n: number,
): Promise<OutboxRow | undefined> {
  if (!about || !isAbout(trigger, data)) return undefined;
  const cadence = kind === "cadence" ? runtime.catalogue.live.find("cadence", id) : undefined;
  const bundle = cadence
    ? await runtime.catalogue.current("workflow", cadence.starts.workflow)
    : await runtime.catalogue.current(kind as "workflow" | "escalation", id);
  const question = { compiled: bundle.compiled, trigger, about, data, now: runtime.clock.now() };
  const effect = startOfTrigger(question, cadence, await worldOf(runtime, question), `${row.id}/start/${n}`);
  return (
    effect && {
      id: effect.id,
      caseId: typeof data.case === "string" ? data.case : null,
      kind: effect.kind,
      payload: effect,
      at: question.now,
    }
  );
}

const worldOf = (runtime: Runtime, question: TriggerQuestion): Promise<World> =>
  runtime.worlds.of(
    {
      compiled: question.compiled,
      subject: question.about,
      openedAt: question.now,
      needs: triggerNeeds(question),
    },
    question.now,
  );

/** Effects that end the waits of running cases about the same subject. */
async function wakesOf(
  runtime: Runtime,
  row: EffectRow,
  bundle: Bundle,
  step: string,
  trigger: Trigger,
  { about, data }: Announced,
): Promise<OutboxRow[]> {
  if (!about || !isAbout(trigger, data)) return [];
  const subjects = [about.id, ...(typeof data.person === "string" ? [data.person] : [])];
  const cases = await waitingCases(runtime.db, bundle.hash, step, subjects);
  const later = trigger.hold ? await casesBefore(runtime.db, bundle.hash, step, subjects) : [];
  if (cases.length + later.length === 0) return [];
  const question = { compiled: bundle.compiled, trigger, about, data, now: runtime.clock.now() };
  const world = await worldOf(runtime, question);
  if (!triggerHolds(question, world)) return [];
  const person = about.kind === "person" ? about.id : typeof data.person === "string" ? data.person : null;
  const until = trigger.hold ? heldUntil(trigger.hold, person, world, question.now) : null;
  const wake = (caseId: string, payload: WakePayload): OutboxRow => ({
    id: `${row.id}/wake/${caseId}/${step}`,
    caseId,
    kind: "wake-case",
    payload,
    at: question.now,
  });
  return [
    ...cases.map((caseId) => wake(caseId, { caseId, step, event: "done", data })),
    ...later.map((caseId) => wake(caseId, { caseId, step, event: "done", data, until: until! })),
  ];
}
