import type { Subject } from "../contract/subject.ts";
import { sessionId } from "../definition/session.ts";
import type { LevelStep } from "../steps/lowering.ts";
import type { Step } from "../steps/step.ts";
import type { Json } from "../words/json.ts";
import { sessionSubject, share, sharedKey } from "./carry-shared.ts";
import { actorOf, type Carrying, find, values } from "./carrying.ts";
import { aboutPerson } from "./facts.ts";
import { Incident } from "./incident.ts";
import { fillIn, isOwn, subjectName } from "./messages.ts";

/** Sends the message of a notify step. */
export function tell(step: string, carrying: Carrying): void {
  const { compiled, draft, head, world } = carrying;
  const notify = compiled.map.steps.get(step)!.step as Extract<Step, { kind: "notify" }>;
  const { found, because } = find(step, notify.to, carrying);
  if (found.length === 0 && !notify.optional)
    draft.block(step, "no-actor", `Nobody was found to be told by "${notify.title}": ${because}.`);
  if (!world) return;
  const title = isOwn(head, found) ? notify.title : `${notify.title}: ${subjectName(head, world)}`;
  draft.message({
    kind: "notice",
    to: found,
    via: notify.via ?? ["inbox"],
    title,
    body: fillIn(notify.message, carrying),
    task: null,
  });
}

/** Asks for what a record step writes and releases. */
export function write(step: string, carrying: Carrying): void {
  const { compiled, draft, head, world, tape } = carrying;
  const record = compiled.map.steps.get(step)!.step as Extract<Step, { kind: "record" }>;
  const about = () =>
    tape.ask("value", `${step}.about`, () => ({ answer: aboutPerson(head, world!) })) as string | null;
  (record.write ?? []).forEach((write, position) => {
    const key = `${step}.write.${position}`;
    if ("record" in write) {
      draft.effect({ kind: "write-record", step, type: write.record, fields: values(key, write.fields, carrying) });
      return;
    }
    const { value, period } = values(
      key,
      { value: write.value, ...("period" in write && write.period !== undefined ? { period: write.period } : {}) },
      carrying,
    );
    if ("metric" in write) {
      const when = typeof period === "string" ? period : head.period;
      if (!when)
        throw new Incident(`"${record.title}" writes ${write.metric}, and neither it nor the case has a period.`);
      const { subject } = head;
      draft.effect({
        kind: "write-observation",
        step,
        metric: write.metric,
        subject,
        period: when,
        value: value ?? null,
      });
      return;
    }
    const person = about();
    if (person)
      draft.effect({
        kind: "write-person",
        step,
        person,
        field: write.to.slice("person.".length),
        value: value ?? null,
      });
    else throw new Incident(`"${record.title}" writes ${write.to}, and the case is about no person.`);
  });
  if (record.release?.length)
    draft.effect({
      kind: "release",
      step,
      fields: record.release,
      person: about(),
      by: actorOf(carrying.event),
    });
}

/** Asks the outside for an answer that the case then waits for. */
export function ask(step: string, carrying: Carrying): void {
  const { compiled, draft, head, world, tape } = carrying;
  const asking = compiled.map.steps.get(step)!.step as Extract<
    Step,
    { kind: "call" | "payout" | "subflow" | "calibration" }
  >;
  const pend = (effect: string) =>
    draft.state.pending.push({ effect, step, kind: asking.kind === "calibration" ? "subflow" : asking.kind });
  const attached = (effect: string) => draft.state.pending.push({ effect, step, kind: "subflow", shared: true });
  switch (asking.kind) {
    case "call":
      pend(
        draft.effect({
          kind: "call",
          step,
          url: asking.url,
          body: values(`${step}.body`, asking.body ?? {}, carrying),
          retries: asking.retries ?? 5,
        }),
      );
      break;
    case "payout": {
      const person = tape.ask("value", `${step}.about`, () => ({ answer: aboutPerson(head, world!) })) as string | null;
      const { period } = values(`${step}.period`, { period: asking.period ?? { fact: "period.id" } }, carrying);
      if (!person || typeof period !== "string") {
        draft.block(step, "incident", `"${asking.title}" needs a person and a period.`);
        return;
      }
      pend(draft.effect({ kind: "payout", step, plan: asking.plan, person, period }));
      break;
    }
    case "subflow": {
      const { subject } = values(`${step}.subject`, { subject: asking.subject ?? { fact: "subject.id" } }, carrying);
      const child = asking.subject ? subjectOf(step, subject, carrying) : head.subject;
      const data = values(`${step}.with`, asking.with ?? {}, carrying);
      if (asking.shared) {
        const definition = { kind: "workflow" as const, id: asking.workflow };
        const { shared } = asking;
        const found = sharedKey(step, shared, carrying);
        if (found)
          attached(share(step, { definition, subject: child, data, shared, key: found.key, waits: true }, carrying));
        break;
      }
      pend(
        draft.effect({
          kind: "start-case",
          step,
          definition: { kind: "workflow", id: asking.workflow },
          subject: child,
          period: head.period,
          with: data,
          key: null,
          answer: true,
        }),
      );
      break;
    }
    case "calibration": {
      const { shared } = asking;
      const found = shared && sharedKey(step, shared, carrying);
      if (!found) break;
      const definition = { kind: "workflow" as const, id: sessionId(compiled.definition.id, step) };
      const subject = sessionSubject(found);
      attached(share(step, { definition, subject, data: {}, shared, key: found.key, waits: true }, carrying));
      break;
    }
    default:
      asking satisfies never;
  }
}

/** Starts a child case for each of the people that a subflow asks; the child knows them by the name that the step gives. */
export function askEach(step: string, carrying: Carrying): void {
  const { compiled, draft, head, context } = carrying;
  const subflow = compiled.map.steps.get(step)!.step as Extract<Step, { kind: "subflow" }>;
  const members = Object.keys(context.members[step] ?? {});
  if (members.length === 0) draft.block(step, "no-actor", `Nobody was found for "${subflow.title}".`);
  const data = values(`${step}.with`, subflow.with ?? {}, carrying);
  for (const member of members) {
    const effect = draft.effect({
      kind: "start-case",
      step,
      definition: { kind: "workflow", id: subflow.workflow },
      subject: head.subject,
      period: head.period,
      with: { ...data, [subflow.each!.as]: member },
      key: null,
      answer: true,
    });
    draft.state.pending.push({ effect, step, kind: "subflow", member });
  }
}

/** What an id names: a person, else a unit. */
function subjectOf(step: string, id: Json | undefined, { tape, world }: Carrying): Subject {
  const kind = tape.ask("value", `${step}.subjectKind`, () => {
    if (typeof id === "string" && world!.directory.person(id)) return { answer: "person" };
    return { answer: typeof id === "string" && world!.directory.unit(id) ? "unit" : null };
  });
  if (kind === null)
    throw new Incident(`${JSON.stringify(id ?? null)} is neither a person nor a unit, and a case is to be about it.`);
  return { kind: kind as "person" | "unit", id: String(id) };
}

/** Stops waiting for answers to a step that is left; children that still run are told to end. */
export function forget(step: string, { draft, event: happened }: Carrying): void {
  for (const pending of draft.state.pending.filter((one) => one.step === step)) {
    const answered = happened.type === "answer" && happened.effect === pending.effect;
    if (pending.kind === "subflow" && !answered) {
      const data = { reason: "the step that started it was left" };
      const event = pending.shared ? "leave" : "cancel";
      draft.effect({ kind: "signal-case", step, child: pending.effect, event, data });
    }
  }
  draft.state.pending = draft.state.pending.filter((pending) => pending.step !== step);
}

/** Starts the workflow of a ladder's level; the ladder does not wait for it. */
export function launch(step: string, carrying: Carrying): void {
  const { compiled, draft, head } = carrying;
  const level = compiled.map.steps.get(step)!.step as LevelStep;
  if (!level.starts) return;
  const data = values(
    `${step}.starts`,
    { ...level.starts.with, ...(level.starts.subject ? { $subject: level.starts.subject } : {}) },
    carrying,
  );
  const { $subject, ...rest } = data;
  const subject = level.starts.subject ? subjectOf(step, $subject, carrying) : head.subject;
  const definition = { kind: "workflow" as const, id: level.starts.workflow };
  const { shared } = level.starts;
  if (shared) {
    const found = sharedKey(step, shared, carrying);
    if (found) share(step, { definition, subject, data: rest, shared, key: found.key, waits: false }, carrying);
    return;
  }
  draft.effect({
    kind: "start-case",
    step,
    definition,
    subject,
    period: head.period,
    with: rest,
    key: null,
    answer: false,
  });
}

/** Ends the case with an outcome and a result. */
export function finish(step: string, outcome: string, carrying: Carrying): void {
  const { compiled, draft } = carrying;
  const end = compiled.map.steps.get(step)!.step as Extract<Step, { kind: "end" }>;
  draft.state.status = "closed";
  draft.state.outcome = outcome;
  draft.state.closedAt = draft.now;
  draft.state.result = end.result ? values(`${step}.result`, end.result, carrying) : null;
}
