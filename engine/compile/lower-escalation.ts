import type { Escalation, Level } from "../definition/escalation.ts";
import type { Condition } from "../rules/conditions.ts";
import { LADDER, WORSE } from "../steps/ladder.ts";
import type { LevelStep } from "../steps/lowering.ts";
import type { MachineStep } from "../steps/registry.ts";
import type { Steps } from "../steps/step.ts";
import type { GuardedTransition, On } from "../steps/transition.ts";
import type { Clock, Deadline } from "../time/clock.ts";
import type { Json } from "../words/json.ts";
import type { DurationValue } from "../words/reference.ts";
import type { Drawing } from "./lower.ts";

const DEFAULT_CLOCK = "ladder-clock";

/**
 * Lowers a ladder to steps: one way of running. Each clock is a branch of a parallel, a chain of levels in which the time of
 * one leads to the next. Acknowledging leaves the chain of the level's own clock only; resolving ends the ladder.
 * Time runs from level to level (the next level's `after` less this one's), so that a tier that starts higher is rebased to 0,
 * and our own outage never shortens anybody's time.
 */
export function lowerEscalation(escalation: Escalation): Drawing {
  const clocks = [...new Set(escalation.levels.map(clockOf))];
  const branches = Object.fromEntries(
    clocks.map((clock, position) => [
      clock,
      branchOf(escalation, clock, clocks.length > 1 ? `${clock}-` : "", position === 0),
    ]),
  );
  const clockOfStep = new Map(
    Object.entries(branches).flatMap(([clock, branch]) => Object.keys(branch.steps).map((step) => [step, clock])),
  );
  const ladder: MachineStep = {
    kind: "parallel",
    title: escalation.title,
    branches: branches as unknown as Record<string, { start: string; steps: Steps }>,
    join: [{ count: "resolved", atLeast: 1, emit: "resolved" }],
    ...(escalation.maxAge ? { deadline: { after: escalation.maxAge } } : {}),
    on: { resolved: LADDER.resolved, done: LADDER.expired, ...(escalation.maxAge ? { due: LADDER.expired } : {}) },
  };
  return {
    id: escalation.id,
    start: LADDER.ladder,
    steps: {
      [LADDER.ladder]: ladder,
      [LADDER.resolved]: { kind: "end", title: "Resolved", outcome: "resolved" },
      [LADDER.expired]: { kind: "end", title: "Given up", outcome: "expired" },
    },
    clocks: clockOfStep,
  };
}

function clockOf(level: Level): string {
  return level.clock ?? DEFAULT_CLOCK;
}

/** The chain of one clock. The first clock's chain is the one that repeats and falls back. */
function branchOf(
  escalation: Escalation,
  clock: string,
  prefix: string,
  first: boolean,
): { title: string; start: string; steps: Record<string, MachineStep> } {
  const levels = escalation.levels.filter((level) => clockOf(level) === clock);
  const settings = escalation.clocks?.[clock];
  const id = (name: string) => `${prefix}${name}`;
  const begin = id(LADDER.begin);
  const owned = id(LADDER.owned);
  const fallback = id(LADDER.fallback);
  const done = id(LADDER.endResolved);
  const over = id(LADDER.endOver);
  /** How every clock of this branch is counted, and what makes it stand still. */
  const counted = {
    ...(settings?.calendar ? { calendar: settings.calendar } : {}),
    ...(settings?.pause ? { pause: settings.pause } : {}),
    ...(settings?.resume ? { resume: settings.resume } : {}),
    ...(settings?.reset ? { reset: settings.reset } : {}),
  };
  const from = settings?.from ?? { fact: "case.openedAt" };
  const steps: Record<string, MachineStep> = {};
  /** What ends the climb: somebody resolves it, or one of the clock's own stopping events happens. */
  const alone = new Set(escalation.levels.map(clockOf)).size === 1;
  // What stops the first of several clocks ends its own climb only; the promise behind the last clock is what is resolved.
  const stopped = first && !alone ? over : done;
  const ends = { ...Object.fromEntries((settings?.stop ?? []).map((event) => [event, stopped])), resolved: done };

  const rebased =
    settings?.from === undefined || escalation.repeat !== undefined || tiersOf(escalation, levels).length > 0;
  /** A breach that gets worse while the ladder is open jumps up to its tier's level, where that was not reached yet. */
  const worse = tiersOf(escalation, levels, "event.value").map(({ to, when }) => ({
    to,
    when: {
      all: [...(when as { all: Condition[] }).all, { fact: `step.${to}.visits`, operator: "isMissing", value: true }],
    },
  }));
  const climbs: On = worse.length > 0 ? { [WORSE]: worse } : {};
  const begins: GuardedTransition[] = [...tiersOf(escalation, levels), ...reachedOf(levels, from, settings?.calendar)];
  const firstLevel = levels[0]!;
  const waits = !startsAtOnce(firstLevel.after);
  const waitId = id(LADDER.wait);
  steps[begin] = {
    kind: "record",
    title: "The clock starts",
    on: { done: [...begins, { to: waits ? waitId : firstLevel.id }] },
  };
  if (waits) {
    steps[waitId] = {
      kind: "wait",
      title: `Until ${firstLevel.title}`,
      until: { after: firstLevel.after, from, ...counted },
      on: { due: firstLevel.id, ...climbs, ...ends },
    };
  }

  levels.forEach((level, position) => {
    const next = levels[position + 1];
    // Acknowledging stops the first clock only; whoever hears of another clock can only resolve.
    const above = worse.filter(({ to }) => levels.findIndex(({ id }) => id === to) > position);
    const on: On = {
      ...(first ? { acknowledged: owned } : {}),
      ...(above.length > 0 ? { [WORSE]: above } : {}),
      ...ends,
    };
    let deadline: LevelStep["deadline"];
    if (next) {
      on.due = next.id;
      // Counted from level to level, so that a tier or another round is rebased; from the clock's own start where it has one.
      deadline = rebased
        ? { clock: { after: next.after, ...counted } as Deadline, less: level.after }
        : { clock: { after: next.after, from, ...counted } as Deadline };
    } else if (first && escalation.repeat) {
      const again: GuardedTransition[] =
        escalation.repeat.times > 0 ? [{ to: firstLevel.id, maxVisits: escalation.repeat.times }] : [];
      on.due = [...again, escalation.fallback ? fallback : over];
      deadline = { clock: { after: escalation.repeat.every, ...counted } as Deadline };
    } else if (first && escalation.fallback) {
      on.nobody = fallback;
    } else if (!level.notify?.length) {
      on.nobody = over;
    }
    const earlier = levels
      .slice(0, position)
      .map(({ id, title, after }) => ({ id, title, clock: { after, from, ...counted } as Clock }));
    steps[level.id] = { ...levelStep(level, on, deadline, first), ...(earlier.length > 0 ? { earlier } : {}) };
  });

  steps[owned] = {
    kind: "level",
    title: "Taken on",
    notify: [...levels.map((level) => level.id), fallback].map((id) => ({ fact: `step.${id}.by` })),
    via: ["inbox"],
    outcomes: ["resolved"],
    on: { ...climbs, ...ends },
  };
  if (first && escalation.fallback) {
    steps[fallback] = {
      kind: "level",
      title: "Last resort",
      notify: [escalation.fallback],
      via: ["inbox", "email"],
      outcomes: ["acknowledged", "resolved"],
      on: { acknowledged: owned, ...ends },
    };
  }
  steps[done] = { kind: "end", title: "Resolved", outcome: "resolved" };
  steps[over] = { kind: "end", title: "No more levels", outcome: "over" };
  return { title: clock, start: begin, steps };
}

function levelStep(level: Level, on: On, deadline: LevelStep["deadline"], first: boolean): LevelStep {
  return {
    kind: "level",
    title: level.title,
    notify: level.notify ?? [],
    via: level.via ?? ["inbox"],
    ...(level.message ? { message: level.message } : {}),
    ...(level.start
      ? {
          starts: {
            workflow: level.start.workflow,
            subject: level.start.subject,
            with: (level.start.with ?? {}) as Record<string, never>,
            ...(level.shared ? { shared: level.shared } : {}),
          },
        }
      : {}),
    outcomes: first ? ["acknowledged", "resolved"] : ["resolved"],
    ...(deadline ? { deadline } : {}),
    on,
  };
}

function startsAtOnce(after: DurationValue): boolean {
  return !("parameter" in after) && Object.values(after).every((part) => part === 0 || part === undefined);
}

/** Tiers are listed from mild to severe, so they are tried from the last to the first. */
function tiersOf(escalation: Escalation, levels: readonly Level[], fact = "trigger.value"): GuardedTransition[] {
  const trigger = escalation.trigger;
  if (!trigger || !("metric" in trigger) || !("tiers" in trigger) || !trigger.tiers) return [];
  return [...trigger.tiers].reverse().flatMap((tier) => {
    if (!levels.some((level) => level.id === tier.startAt)) return [];
    const all: Condition[] = [];
    const compare = (operator: string, bound: number | { parameter: string }) => {
      const value: Json = typeof bound === "number" ? bound : { fact: `parameter.${bound.parameter}` };
      all.push({ fact, operator, value });
    };
    if (tier.below !== undefined) compare("lessThanInclusive", tier.below);
    if (tier.above !== undefined) compare("greaterThanInclusive", tier.above);
    return [{ to: tier.startAt, when: { all } }];
  });
}

/** A late start fires the highest level reached, once: asked from the top down, the first level apart. */
function reachedOf(levels: readonly Level[], from: Json | object, calendar: string | undefined): GuardedTransition[] {
  return levels
    .filter((level) => !startsAtOnce(level.after))
    .reverse()
    .map((level) => ({
      to: level.id,
      when: {
        all: [
          {
            fact: "time.reached",
            params: { from: from as Json, after: level.after as unknown as Json, ...(calendar ? { calendar } : {}) },
            operator: "equal",
            value: true,
          },
        ],
      },
    }));
}
