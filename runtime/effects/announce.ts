import { freshContext } from "#engine/compile/context.ts";
import type { Subject } from "#engine/contract/subject.ts";
import { keyText } from "#engine/execute/case-key.ts";
import { bindParams, type CaseHead, caseFacts } from "#engine/execute/facts.ts";
import type { World } from "#engine/execute/world.ts";
import { compileConditions } from "#engine/rules/guard.ts";
import type { Trigger } from "#engine/steps/trigger.ts";
import { relativePeriod } from "#engine/time/period.ts";
import type { Json } from "#engine/words/json.ts";
import type { Announced } from "../commands/announce.ts";
import type { Bundle } from "../commands/bundle.ts";
import type { Listener } from "../commands/catalogue.ts";
import type { Runtime } from "../commands/runtime.ts";
import { today } from "../commands/stored-facts.ts";
import type { OutboxRow } from "../store/outbox-lanes.ts";
import { waitingCases } from "../store/waiting-cases.ts";
import { type EffectHandler, type EffectRow, settle } from "./effect.ts";

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
  listener: Listener,
  { about, data }: Announced,
  n: number,
): Promise<OutboxRow | undefined> {
  const { trigger } = listener;
  if (!isAbout(trigger, data)) return undefined;
  const cadence = listener.kind === "cadence" ? runtime.catalogue.live.find("cadence", listener.id) : undefined;
  const definition = cadence
    ? ({ kind: "workflow", id: cadence.starts.workflow } as const)
    : ({ kind: listener.kind as "workflow" | "escalation", id: listener.id } as const);
  const bundle = await runtime.catalogue.current(definition.kind, definition.id);
  if (!about) return undefined;
  const judged = await judge(runtime, bundle, trigger, about, data);
  if (!judged.holds) return undefined;
  const subject = subjectOf(bundle, trigger, about, data, judged.read);
  if (!subject) return undefined;
  const directory = await runtime.organisation.directory();
  const period =
    (cadence?.period ? relativePeriod(cadence.period, today(directory, runtime.clock.now()))?.id : undefined) ??
    (typeof data.period === "string" ? data.period : null);
  const given = { ...data, ...(cadence?.starts.with ?? {}), ...(trigger.with ?? {}) };
  const known = trigger.shared && keyText(trigger.shared.key, subject, period, judged.read);
  // Where a part of the key is not known, it is nobody's trouble but its own.
  const shared = known && "key" in known ? known : undefined;
  return {
    id: `${row.id}/start/${n}`,
    caseId: typeof data.case === "string" ? data.case : null,
    kind: "start-case",
    payload: {
      id: `${row.id}/start/${n}`,
      kind: "start-case",
      step: "",
      definition,
      subject,
      period,
      with: given,
      key: shared?.key ?? null,
      answer: false,
      ...(shared ? { shared: { members: [{ caseId: null, waits: false, subject, data: given }] } } : {}),
    },
    at: runtime.clock.now(),
  };
}

/** Whether a trigger is about this workflow, record type or metric at all. */
function isAbout(trigger: Trigger, data: Record<string, Json>): boolean {
  if (trigger.workflow !== undefined && data.definition !== trigger.workflow) return false;
  if (trigger.record !== undefined && data.record !== trigger.record) return false;
  return trigger.metric === undefined || data.metric === trigger.metric;
}

/** Evaluates a trigger's conditions over what was announced and what is stored; missing facts do not hold. */
async function judge(runtime: Runtime, bundle: Bundle, trigger: Trigger, subject: Subject, data: Record<string, Json>) {
  const now = runtime.clock.now();
  const head: CaseHead = {
    id: "trigger",
    subject,
    period: typeof data.period === "string" ? data.period : null,
    trigger: data,
    openedAt: now,
    parameterTypes: bundle.compiled.parameters,
  };
  const conditions = trigger.when ? compileConditions(trigger.when) : undefined;
  const world: World = await runtime.worlds.of(
    {
      compiled: bundle.compiled,
      subject,
      openedAt: now,
      needs: (conditions?.facts ?? []).map((use) => ({
        fact: use.fact,
        params: bindParams({ ...(use.params ?? {}) }, head),
      })),
    },
    now,
  );
  const read = caseFacts(head, freshContext({}), world, now);
  return { holds: conditions === undefined || conditions.test(read) === true, read };
}

/** Whom the new case is about: what the trigger says, else what was announced where the definition is about such a thing. */
function subjectOf(
  bundle: Bundle,
  trigger: Trigger,
  announced: Subject,
  data: Record<string, Json>,
  read: (fact: string, params?: Record<string, Json>) => unknown,
): Subject | undefined {
  const about = bundle.compiled.definition.subject;
  if (trigger.subject && "fact" in trigger.subject) {
    const id = read(trigger.subject.fact, trigger.subject.params);
    if (typeof id !== "string") return undefined;
    return about === "unit" ? { kind: "unit", id } : { kind: "person", id };
  }
  if (bundle.kind === "escalation" && announced.kind !== "record") return announced;
  if (announced.kind === about || announced.type === about) return announced;
  return about === "person" && typeof data.person === "string" ? { kind: "person", id: data.person } : undefined;
}

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
  if (cases.length === 0) return [];
  const { holds } = await judge(runtime, bundle, trigger, about, data);
  if (!holds) return [];
  return cases.map((caseId) => ({
    id: `${row.id}/wake/${caseId}/${step}`,
    caseId,
    kind: "wake-case",
    payload: { caseId, step, event: "done", data },
    at: runtime.clock.now(),
  }));
}
