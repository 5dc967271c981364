import type { Compiled } from "../compile/compile.ts";
import { freshContext } from "../compile/context.ts";
import type { Subject } from "../contract/subject.ts";
import type { Cadence } from "../definition/cadence.ts";
import type { Definition } from "../definition/definition.ts";
import { compileConditions } from "../rules/guard.ts";
import type { Trigger } from "../steps/trigger.ts";
import { dateAt } from "../time/instant-text.ts";
import { relativePeriod } from "../time/period.ts";
import { zone } from "../time/zone.ts";
import type { Json } from "../words/json.ts";
import { keyText } from "./case-key.ts";
import { bindParams, type CaseHead, caseFacts } from "./facts.ts";
import type { Need } from "./needs.ts";
import type { Outcome } from "./outcome.ts";
import type { Effect } from "./state.ts";
import type { World } from "./world.ts";

/** Something that happened: what, to what, and what triggers read of it as `trigger.*`. */
export interface Announced {
  on: Trigger["on"];
  about: Subject | null;
  data: Record<string, Json>;
}

/** A definition that begins something on an event. */
export interface Listener {
  kind: "workflow" | "escalation" | "cadence";
  id: string;
  trigger: Trigger;
}

/** The triggers of a document. A ladder on a metric listens to figures, not to events. */
export function triggersOf(document: Definition): Listener[] {
  const { id } = document;
  switch (document.kind) {
    case "workflow":
      return (document.triggers ?? []).map((trigger) => ({ kind: "workflow", id, trigger }));
    case "escalation":
      return document.trigger && "on" in document.trigger
        ? [{ kind: "escalation", id, trigger: document.trigger }]
        : [];
    case "cadence":
      return document.trigger ? [{ kind: "cadence", id, trigger: document.trigger }] : [];
    default:
      return [];
  }
}

/** What an outcome announces, each with the id that makes what follows from it happen once. */
export function announcedBy({ announcements, state, entry }: Outcome): { id: string; announced: Announced }[] {
  return announcements.map(({ on, data }, n) => ({
    id: `${state.id}/${entry.seq}/announce/${n}`,
    announced: {
      on,
      about: state.subject,
      data: {
        ...data,
        case: state.id,
        period: state.period,
        definition: state.definition.id,
        definitionKind: state.definition.kind,
      },
    },
  }));
}

/** Whether a trigger is about this workflow, record type or metric at all. */
export function isAbout(trigger: Trigger, data: Record<string, Json>): boolean {
  if (trigger.workflow !== undefined && data.definition !== trigger.workflow) return false;
  if (trigger.record !== undefined && data.record !== trigger.record) return false;
  return trigger.metric === undefined || data.metric === trigger.metric;
}

/** A trigger that is asked, of the definition that has it, about something that was announced. */
export interface TriggerQuestion {
  compiled: Compiled;
  trigger: Trigger;
  about: Subject;
  data: Record<string, Json>;
  now: number;
}

const headOfQuestion = ({ compiled, about, data, now }: TriggerQuestion): CaseHead => ({
  id: "trigger",
  subject: about,
  period: periodOf(data),
  trigger: data,
  openedAt: now,
  parameterTypes: compiled.parameters,
});

const periodOf = (data: Record<string, Json>) => (typeof data.period === "string" ? data.period : null);

/** The stored facts that a trigger's conditions may read: gather them first. */
export function triggerNeeds(question: TriggerQuestion): Need[] {
  const { when } = question.trigger;
  if (!when) return [];
  const head = headOfQuestion(question);
  return compileConditions(when).facts.map((use) => ({
    fact: use.fact,
    params: bindParams({ ...(use.params ?? {}) }, head),
  }));
}

/** Whether a trigger's conditions hold over what was announced and what is stored; missing facts do not hold. */
export function triggerHolds(question: TriggerQuestion, world: World): boolean {
  const { when } = question.trigger;
  return when === undefined || compileConditions(when).test(readerOf(question, world)) === true;
}

const readerOf = (question: TriggerQuestion, world: World) =>
  caseFacts(headOfQuestion(question), freshContext({}), world, question.now);

/**
 * The effect that starts what a trigger asks for; undefined where its conditions do not hold, or nobody is found whom the new
 * case would be about. A cadence starts its workflow, for the period that it names.
 */
export function startOfTrigger(
  question: TriggerQuestion,
  cadence: Cadence | undefined,
  world: World,
  id: string,
): Extract<Effect, { kind: "start-case" }> | undefined {
  const { compiled, trigger, data, now } = question;
  const read = readerOf(question, world);
  if (!triggerHolds(question, world)) return undefined;
  const subject = subjectOf(question, read);
  if (!subject) return undefined;
  const { definition } = compiled;
  const today = dateAt(now, zone(world.directory.data.timeZone));
  const period = (cadence?.period ? relativePeriod(cadence.period, today)?.id : undefined) ?? periodOf(data);
  const given = { ...data, ...(cadence?.starts.with ?? {}), ...(trigger.with ?? {}) };
  const known = trigger.shared && keyText(trigger.shared.key, subject, period, read);
  // Where a part of the key is not known, it is nobody's trouble but its own.
  const shared = known && "key" in known ? known : undefined;
  return {
    id,
    kind: "start-case",
    step: "",
    definition: { kind: definition.kind, id: definition.id },
    subject,
    period,
    with: given,
    key: shared?.key ?? null,
    answer: false,
    ...(shared ? { shared: { members: [{ caseId: null, waits: false, subject, data: given }] } } : {}),
  };
}

/** Whom the new case is about: what the trigger says, else what was announced where the definition is about such a thing. */
function subjectOf(
  { compiled, trigger, about: announced, data }: TriggerQuestion,
  read: (fact: string, params?: Record<string, Json>) => unknown,
): Subject | undefined {
  const { definition } = compiled;
  const about = definition.subject;
  if (trigger.subject && "fact" in trigger.subject) {
    const id = read(trigger.subject.fact, trigger.subject.params);
    if (typeof id !== "string") return undefined;
    return about === "unit" ? { kind: "unit", id } : { kind: "person", id };
  }
  if (definition.kind === "escalation" && announced.kind !== "record") return announced;
  if (announced.kind === about || announced.type === about) return announced;
  return about === "person" && typeof data.person === "string" ? { kind: "person", id: data.person } : undefined;
}
