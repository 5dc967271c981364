import type { Compiled } from "../compile/compile.ts";
import { compile } from "../compile/compile.ts";
import { freshContext } from "../compile/context.ts";
import type { Subject } from "../contract/subject.ts";
import type { Catalogue } from "../definition/catalogue.ts";
import { runnable } from "../definition/session.ts";
import type { Json } from "../words/json.ts";
import { advance } from "./advance.ts";
import { caseKey } from "./case-key.ts";
import { answerOfEnd } from "./dress.ts";
import { aboutPerson, caseFacts } from "./facts.ts";
import { headOf } from "./head.ts";
import { heldUntil } from "./held.ts";
import type { CaseEvent, JournalEntry } from "./journal.ts";
import { type Joining, joiningOf } from "./members.ts";
import type { Outcome, Refusal } from "./outcome.ts";
import { hasSharedKey, type SharedPlace, sharedPlace } from "./shared-place.ts";
import { activeLeaves } from "./snapshot.ts";
import { beginsHalted } from "./standstill.ts";
import { start } from "./start.ts";
import type { CaseState, Effect, Message, Timer } from "./state.ts";
import { type Announced, announcedBy, isAbout, startOfTrigger, triggerHolds, triggersOf } from "./triggers.ts";
import type { World } from "./world.ts";

/** What a simulation runs in. The world is the real organisation's or a made-up one; parameters override the declared defaults. */
export interface SimulationBase {
  catalogue: Catalogue;
  startAt: number;
  world: Omit<World, "parameters" | "stored"> & {
    /** A stored fact as of an instant of the simulation; undefined where nothing is known. */
    stored(fact: string, params: Record<string, Json>, now: number): Json | undefined;
  };
  parameters?: Record<string, Json> | undefined;
}

/** What a simulation of one case begins with. */
export interface SimulationSetup extends SimulationBase {
  definition: { kind: "workflow" | "escalation"; id: string };
  subject: Subject;
  period: string | null;
  trigger?: Record<string, Json>;
  with?: Record<string, Json>;
}

/** One case of a simulation. Children (ladders, subflows) are cases of their own. */
export interface SimulatedCase {
  state: CaseState;
  journal: JournalEntry[];
  compiled: Compiled;
}

/**
 * A simulation at a moment of virtual time: immutable, so that a time slider can keep every moment. The first case is the one
 * that was started; effects that nobody answers by themselves (webhooks, payouts) wait in `effects` for `answer` events.
 */
export interface Simulation {
  setup: SimulationBase;
  now: number;
  cases: readonly SimulatedCase[];
  messages: readonly (Message & { at: number; caseId: string })[];
  effects: readonly (Effect & { at: number; caseId: string })[];
  /** Timers that could not fire, with the reason: set aside as the runtime does, so that the others go on. */
  parked: readonly { caseId: string; timer: Timer; message: string }[];
}

/** A simulation in which nothing has begun. */
export const simulation = (setup: SimulationBase): Simulation => ({
  setup,
  now: setup.startAt,
  cases: [],
  messages: [],
  effects: [],
  parked: [],
});

/** Starts a simulation. Throws IssuesError where the definition cannot be compiled; a refusal where it cannot start. */
export function simulate(setup: SimulationSetup): Simulation | Refusal {
  return begin(simulation(setup), {
    ...setup,
    caseId: "case-1",
    trigger: setup.trigger ?? {},
    data: setup.with ?? {},
    parent: null,
  });
}

/** Sends an event to a case of the simulation, timers that are due first, as the runtime does. */
export function act(simulation: Simulation, caseId: string, event: CaseEvent): Simulation | Refusal {
  const ready = advanceTo(simulation, simulation.now);
  return send(ready, caseId, event);
}

/** The next timer of all cases, by due time and then by arming; undefined where none is armed. */
export function nextTimer(simulation: Simulation): { caseId: string; timer: Timer } | undefined {
  let next: { caseId: string; timer: Timer } | undefined;
  for (const { state } of simulation.cases) {
    for (const timer of Object.values(state.timers)) {
      if (isParked(simulation, state.id, timer)) continue;
      const sooner =
        !next ||
        timer.dueAt < next.timer.dueAt ||
        (timer.dueAt === next.timer.dueAt && state.id === next.caseId && timer.seq < next.timer.seq);
      if (sooner) next = { caseId: state.id, timer };
    }
  }
  return next;
}

const isParked = ({ parked }: Simulation, caseId: string, { id, generation }: Timer): boolean =>
  parked.some(({ caseId: of, timer }) => of === caseId && timer.id === id && timer.generation === generation);

/** Moves virtual time forward; every timer due until then fires at its own instant, in due order. */
export function advanceTo(simulation: Simulation, to: number): Simulation {
  let at = simulation;
  for (;;) {
    const next = nextTimer(at);
    if (!next || next.timer.dueAt > to) return { ...at, now: Math.max(at.now, to) };
    at = fire({ ...at, now: Math.max(at.now, next.timer.dueAt) }, next);
  }
}

/** Fires a timer; one that cannot fire is set aside, as the runtime parks it. */
function fire(simulation: Simulation, due: { caseId: string; timer: Timer }): Simulation {
  const { id, generation } = due.timer;
  const fired = send(simulation, due.caseId, { type: "timer", timer: id, generation });
  return "ok" in fired ? { ...simulation, parked: [...simulation.parked, { ...due, message: fired.message }] } : fired;
}

/** What one case tells another: what is due there comes first, as on the road of every command. */
function tell(simulation: Simulation, caseId: string, event: CaseEvent): Simulation | Refusal {
  let at = simulation;
  for (;;) {
    const [alone] = at.cases.filter(({ state }) => state.id === caseId);
    const next = alone && nextTimer({ ...at, cases: [alone] });
    if (!next || next.timer.dueAt > at.now) return send(at, caseId, event);
    at = fire(at, next);
  }
}

function worldFor(simulation: Simulation, compiled: Compiled): World {
  const declared = Object.entries(compiled.parameters).map(([name, parameter]) => [name, parameter.default]);
  const { world, parameters } = simulation.setup;
  return {
    ...world,
    stored: (fact, params) => world.stored(fact, params, simulation.now),
    parameters: { ...Object.fromEntries(declared), ...parameters },
  };
}

/** A case that begins in a simulation. */
export interface Beginning {
  definition: { kind: "workflow" | "escalation"; id: string };
  caseId: string;
  subject: Subject;
  period: string | null;
  trigger: Record<string, Json>;
  data: Record<string, Json>;
  parent: { caseId: string; effect: string } | null;
  /** The key where it is not the definition's to say: null for a child, which is no second case of its subject. */
  key?: string | null;
  /** Of a shared case: who comes first. */
  members?: Joining[];
  /** It stands still with the case that begins it. */
  haltedWith?: { reason: string };
}

/**
 * Begins a case; where an open one has its key, nothing new begins. Throws IssuesError where its definition cannot be compiled;
 * a refusal where it cannot start.
 */
export function begin(simulation: Simulation, opening: Beginning): Simulation | Refusal {
  const { kind, id } = opening.definition;
  const definition = runnable(simulation.setup.catalogue, kind, id);
  if (!definition) return { ok: false, code: "not-possible", message: `There is no ${kind} "${id}".`, possible: [] };
  const compiled = compile(definition, simulation.setup.catalogue);
  const world = worldFor(simulation, compiled);
  const key = opening.key === undefined ? keyOf(compiled, opening, world, simulation.now) : opening.key;
  if (key !== null && simulation.cases.some(({ state }) => isOpen(state) && hasKey(state, id, key))) return simulation;
  const outcome = start(
    compiled,
    {
      caseId: opening.caseId,
      definition: { kind, id, version: 0, hash: compiled.hash },
      subject: opening.subject,
      period: opening.period,
      key,
      trigger: opening.trigger,
      data: opening.data,
      parent: opening.parent,
      ...(opening.members ? { members: opening.members } : {}),
      ...(opening.haltedWith ? { haltedWith: opening.haltedWith } : {}),
      by: null,
    },
    world,
    simulation.now,
  );
  if (!outcome.ok) return outcome;
  const added: Simulation = {
    ...simulation,
    cases: [...simulation.cases, { state: outcome.state, journal: [], compiled }],
  };
  return deliver(keep(added, outcome), outcome);
}

function keyOf(compiled: Compiled, opening: Beginning, world: World, now: number): string | null {
  const head = headOf(compiled, { ...opening, id: opening.caseId, openedAt: now });
  const read = caseFacts(head, freshContext(opening.data), world, now);
  return caseKey(compiled.definition, opening.subject, opening.period, (name) => read(name));
}

const isOpen = ({ status }: CaseState): boolean => status === "open" || status === "blocked";
const hasKey = (state: CaseState, definition: string, key: string): boolean =>
  state.definition.id === definition && state.key === key;

function send(simulation: Simulation, caseId: string, event: CaseEvent): Simulation | Refusal {
  const found = simulation.cases.find((one) => one.state.id === caseId);
  if (!found) return { ok: false, code: "not-possible", message: `There is no case "${caseId}".`, possible: [] };
  const outcome = advance(found.compiled, found.state, event, worldFor(simulation, found.compiled), simulation.now);
  return outcome.ok ? deliver(keep(simulation, outcome), outcome) : outcome;
}

function keep(simulation: Simulation, outcome: Outcome): Simulation {
  const { state, entry } = outcome;
  const at = simulation.now;
  const told = new Set(simulation.messages.map(({ id, to }) => `${id} ${to}`));
  const news = outcome.messages.filter(({ id, to }) => !told.has(`${id} ${to}`));
  return {
    ...simulation,
    cases: simulation.cases.map((one) =>
      one.state.id === state.id ? { ...one, state, journal: [...one.journal, entry] } : one,
    ),
    messages: [...simulation.messages, ...news.map((message) => ({ ...message, at, caseId: state.id }))],
    effects: [...simulation.effects, ...outcome.effects.map((effect) => ({ ...effect, at, caseId: state.id }))],
  };
}

/** Delivers at once what stays inside: children, signals, answers, and what listens to what was announced. */
function deliver(simulation: Simulation, outcome: Outcome): Simulation {
  let at = simulation;
  for (const effect of outcome.effects) at = taken(at, deliverOne(at, effect, outcome.state.id));
  for (const { id, announced } of announcedBy(outcome)) at = hear(at, id, announced);
  return at;
}

/** A refused signal (the child is closed) changes nothing. */
const taken = (before: Simulation, after: Simulation | Refusal | undefined): Simulation =>
  after && !("ok" in after) ? after : before;

/** Begins what listens to something that happened, and ends the waits for it. */
function hear(simulation: Simulation, id: string, { on, about, data }: Announced): Simulation {
  if (!about) return simulation;
  const { catalogue } = simulation.setup;
  let at = simulation;
  let started = 0;
  const listeners = [...catalogue.all("workflow"), ...catalogue.all("escalation"), ...catalogue.all("cadence")]
    .flatMap(triggersOf)
    .filter(({ trigger }) => trigger.on === on && isAbout(trigger, data));
  for (const listener of listeners) {
    const cadence = listener.kind === "cadence" ? catalogue.find("cadence", listener.id) : undefined;
    const definition = cadence
      ? runnable(catalogue, "workflow", cadence.starts.workflow)
      : runnable(catalogue, listener.kind as "workflow" | "escalation", listener.id);
    if (!definition) continue;
    const compiled = compile(definition, catalogue);
    const question = { compiled, trigger: listener.trigger, about, data, now: at.now };
    const effect = startOfTrigger(question, cadence, worldFor(at, compiled), `${id}/start/${started}`);
    if (!effect) continue;
    started += 1;
    at = taken(at, deliverOne(at, effect, String(data.case)));
  }
  const subjects = [about.id, data.person];
  for (const { state, compiled, journal } of at.cases) {
    if (!isOpen(state) || !subjects.includes(state.subject.id)) continue;
    at = kept(at, { state, compiled, journal }, { on, about, data });
    for (const step of activeLeaves(compiled, journal.at(-1)?.active ?? [])) {
      const drawn = compiled.map.steps.get(step)?.step;
      const waits = drawn?.kind === "wait" ? (drawn.for ?? []) : [];
      const world = worldFor(at, compiled);
      const over = waits.some(
        (trigger) =>
          trigger.on === on &&
          isAbout(trigger, data) &&
          triggerHolds({ compiled, trigger, about, data, now: at.now }, world),
      );
      if (over) at = taken(at, tell(at, state.id, { type: "event", event: "done", step, data, by: null }));
    }
  }
  return at;
}

/** Keeps something for the waits of a case that it has not come to yet, where they say for how long. */
function kept(
  from: Simulation,
  { state, compiled, journal }: SimulatedCase,
  { on, about, data }: Announced,
): Simulation {
  let at = from;
  const active = journal.at(-1)?.active ?? [];
  for (const [step, { step: drawn }] of compiled.map.steps) {
    if (drawn.kind !== "wait" || active.includes(step) || !about) continue;
    const world = worldFor(at, compiled);
    const question = { compiled, about, data, now: at.now };
    const hold = (drawn.for ?? []).find(
      (trigger) =>
        trigger.on === on && trigger.hold && isAbout(trigger, data) && triggerHolds({ ...question, trigger }, world),
    )?.hold;
    if (!hold) continue;
    const until = heldUntil(hold, aboutPerson(headOf(compiled, state), world), world, at.now);
    at = taken(at, tell(at, state.id, { type: "hold", step, event: "done", data, until, by: null }));
  }
  return at;
}

/** Does what an effect asks for, where it stays inside: undefined for what goes out. `from` is the case that asked. */
export function deliverOne(simulation: Simulation, effect: Effect, from: string): Simulation | Refusal | undefined {
  switch (effect.kind) {
    case "start-case": {
      const joining = joiningOf(effect);
      const place = joining.length > 0 && effect.key !== null ? placeIn(simulation, effect, effect.key) : undefined;
      if (place?.open) return tell(simulation, place.open, { type: "join", members: joining, by: null });
      const key = place?.key ?? effect.key;
      const parent = simulation.cases.find(({ state }) => state.id === from);
      const child: Beginning = {
        definition: effect.definition,
        caseId: effect.id,
        subject: effect.subject,
        period: effect.period,
        trigger: effect.with,
        data: {},
        parent: effect.answer && joining.length === 0 ? { caseId: from, effect: effect.id } : null,
        ...(key !== null ? { key } : effect.answer ? { key: null } : {}),
        ...(joining.length > 0 ? { members: joining } : {}),
        ...(parent ? beginsHalted(parent.state, effect.id) : {}),
      };
      const opened = begin(simulation, { ...child, data: effect.definition.kind === "workflow" ? effect.with : {} });
      if ("ok" in opened && effect.answer)
        return tell(simulation, from, {
          type: "answer",
          effect: effect.id,
          outcome: "failed",
          data: { message: opened.message },
        });
      return opened;
    }
    case "signal-case":
      if (effect.event === "leave") {
        const shared = simulation.cases.find((one) => one.state.members?.some(({ effect: id }) => id === effect.child));
        const reason = String(effect.data.reason ?? "");
        return shared && tell(simulation, shared.state.id, { type: "leave", effect: effect.child, reason, by: null });
      }
      if (effect.event === "undo") return takenBack(simulation, effect, from);
      if (effect.event === "pause" || effect.event === "resume") {
        const reason = String(effect.data.reason ?? "");
        return tell(simulation, effect.child, { type: effect.event, reason, by: null, told: true });
      }
      return effect.event === "cancel"
        ? tell(simulation, effect.child, {
            type: "cancel",
            reason: String(effect.data.reason ?? ""),
            by: null,
            told: true,
          })
        : tell(simulation, effect.child, { type: "event", event: effect.event, data: effect.data, by: null });
    case "answer-parent":
      return tell(simulation, effect.caseId, {
        type: "answer",
        effect: effect.effect,
        outcome: effect.outcome,
        data: effect.data,
      });
    default:
      return undefined;
  }
}

/** A child goes on as before it was told to end; one that has ended all the same answers once more: it is waited for again. */
function takenBack(simulation: Simulation, effect: Extract<Effect, { kind: "signal-case" }>, from: string) {
  const back = tell(simulation, effect.child, { type: "undo", reason: "the step was taken back", by: null });
  const child = simulation.cases.find(({ state }) => state.id === effect.child)?.state;
  if (!("ok" in back) || !child || isOpen(child)) return back;
  return tell(simulation, from, { type: "answer", effect: effect.child, ...answerOfEnd(child, back.message) });
}

/** The open case that an effect attaches to, if there is one and it still takes more, and the key that a new one has. */
function placeIn(
  { cases, now }: Simulation,
  effect: Extract<Effect, { kind: "start-case" }>,
  key: string,
): SharedPlace {
  const within = effect.shared?.withinMinutes;
  const known = cases
    .filter(({ state }) => state.definition.id === effect.definition.id && hasSharedKey(state.key, key))
    .map(({ state }) => ({ id: state.id, openedAt: state.openedAt, open: isOpen(state) }));
  return sharedPlace(known.reverse(), key, within === undefined ? null : now - within * 60_000);
}
