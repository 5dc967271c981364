import { setImmediate as nextTurn } from "node:timers/promises";
import { freshContext } from "#engine/compile/context.ts";
import type { Subject } from "#engine/contract/subject.ts";
import type { Escalation, MetricTrigger } from "#engine/definition/escalation.ts";
import { keyText } from "#engine/execute/case-key.ts";
import { bindParams, type CaseHead, caseFacts } from "#engine/execute/facts.ts";
import type { Announced } from "#engine/execute/triggers.ts";
import type { MetricFact } from "#engine/metrics/metric-fact.ts";
import { compileRuleset } from "#engine/rules/decide.ts";
import { WORSE } from "#engine/steps/ladder.ts";
import { addDuration } from "#engine/time/add-duration.ts";
import { type Period, periodOf, previousPeriod } from "#engine/time/period.ts";
import { zone } from "#engine/time/zone.ts";
import type { Json } from "#engine/words/json.ts";
import type { Bundle } from "../commands/bundle.ts";
import type { Runtime } from "../commands/runtime.ts";
import { casesOfKey, membersBySubject } from "../store/breach-cases.ts";
import type { OutboxRow } from "../store/outbox-lanes.ts";
import { type Breach, groupedStarts, groupKey } from "./grouped-breaches.ts";

/** A value that came in: which metric, of whom, from which date. */
export interface Observed {
  metric: string;
  subjectKind: "person" | "unit" | "organisation";
  subject: string;
  periodFrom: string;
}

type Metric = MetricTrigger;
const SLICE = 500;

/**
 * Looks at ladders whose trigger is a metric, for the values that came in: opens a case per subject in breach, tells open
 * ones that have cleared. Answers the effects that do so; each breach opens once, however often it is looked at.
 *
 * @param cause the effect by which the values came: looked at twice it asks for the same
 */
export async function breachEffects(
  runtime: Runtime,
  observed: readonly Observed[],
  cause: string,
): Promise<OutboxRow[]> {
  const outbox: OutboxRow[] = [];
  for (const escalation of runtime.catalogue.live.all("escalation")) {
    const { trigger } = escalation;
    if (!trigger || !("rule" in trigger)) continue;
    const own = observed.filter(({ metric }) => metric === trigger.metric);
    if (own.length === 0) continue;
    const bundle = await runtime.catalogue.current("escalation", escalation.id);
    const targets = await targetsOf(runtime, escalation, trigger, own);
    for (let at = 0; at < targets.length; at += SLICE) {
      outbox.push(...(await judgeSlice(runtime, bundle, escalation, trigger, targets.slice(at, at + SLICE), cause)));
      await nextTurn();
    }
  }
  return outbox;
}

interface Target {
  subject: Subject;
  period: Period;
}

/** Whom to look at, each in its latest period that has news: the subjects observed, or the units that they add up to. */
async function targetsOf(
  runtime: Runtime,
  escalation: Escalation,
  trigger: Metric,
  observed: readonly Observed[],
): Promise<Target[]> {
  const metric = runtime.catalogue.live.find("metric", trigger.metric);
  if (!metric) return [];
  const directory = await runtime.organisation.directory();
  const kind = trigger.of ?? (escalation.subject === "unit" ? "unit" : "person");
  const level = kind === "unit" ? (trigger.level ?? levelOf(escalation)) : undefined;
  const latest = new Map<string, Target>();
  for (const { subjectKind, subject, periodFrom } of observed) {
    const period = periodOf(metric.grain, periodFrom);
    for (const id of subjectsFor(subjectKind, subject, periodFrom)) {
      const known = latest.get(id);
      if (!known || known.period.from < period.from) latest.set(id, { subject: { kind, id }, period });
    }
  }
  return [...latest.values()];

  function subjectsFor(subjectKind: string, subject: string, date: string): string[] {
    if (kind === "person") return subjectKind === "person" ? [subject] : [];
    if (subjectKind === "organisation") return [];
    const unit = subjectKind === "unit" ? subject : directory.unitOf(subject, date);
    if (unit === undefined) return [];
    const path = directory.unitPath(unit);
    if (level === undefined) return subjectKind === "unit" ? [subject] : path.slice(0, 1).map(({ id }) => id);
    return path.filter((above) => above.level === level).map(({ id }) => id);
  }
}

/** The level of unit that a ladder is about where its trigger does not say: the one whose head its first level tells. */
function levelOf(escalation: Escalation): string | undefined {
  for (const { notify } of escalation.levels) {
    for (const ref of notify ?? []) if ("unitRole" in ref && ref.level) return ref.level;
  }
  return undefined;
}

async function judgeSlice(
  runtime: Runtime,
  bundle: Bundle,
  escalation: Escalation,
  trigger: Metric,
  targets: readonly Target[],
  cause: string,
): Promise<OutboxRow[]> {
  const ruleset = runtime.catalogue.live.find("ruleset", trigger.rule);
  const metric = runtime.catalogue.live.find("metric", trigger.metric);
  if (!ruleset || !metric || targets.length === 0) return [];
  const now = runtime.clock.now();
  const compiled = compileRuleset(ruleset);
  const parameters = runtime.parameters.values(bundle.compiled, now);
  const amount = (value: number | { parameter: string } | undefined) =>
    typeof value === "object" ? Number(parameters[value.parameter]) : value;
  const pending = amount(trigger.pending) ?? 1;
  const questions = targets.flatMap(({ subject, period }) =>
    periodsBack(period, pending).map((each) => ({ subject, period: each })),
  );
  const heads = questions.map(
    ({ subject, period }): CaseHead => ({
      id: "monitor",
      subject,
      period: period.id,
      trigger: {},
      openedAt: now,
      parameterTypes: bundle.compiled.parameters,
    }),
  );
  const worlds = await runtime.worlds.ofMany(
    questions.map(({ subject }, i) => ({
      compiled: bundle.compiled,
      subject,
      openedAt: now,
      needs: compiled.facts.map((use) => ({
        fact: use.fact,
        params: bindParams({ ...(use.params ?? {}) }, heads[i]!),
      })),
    })),
    now,
  );
  const facts = await runtime.facts.metrics(
    targets.map(({ subject, period }) => ({ metric, of: subject.id, window: period })),
    now,
  );
  const directory = await runtime.organisation.directory();
  const calendars = await runtime.organisation.calendars();
  const place = { zone: zone(directory.data.timeZone), calendar: calendars.default };
  const known = await casesOfKey(
    runtime.db,
    escalation.id,
    targets.map(({ subject }) => breachKey(trigger, subject)),
  );
  const attached = await (trigger.shared ? membersBySubject(runtime.db, escalation.id) : NOBODY);
  const grouped: Breach[] = [];
  const rows = targets.flatMap(({ subject, period }, i): OutboxRow[] => {
    const fact = facts[i]!;
    const cases = known.get(breachKey(trigger, subject)) ?? { open: [], closed: 0, lastClosedAt: null };
    const breached = Array.from({ length: pending }, (_, n) => i * pending + n).every((at) => {
      const { winner } = compiled.decide(caseFacts(heads[at]!, freshContext({}), worlds[at]!, now));
      return winner !== null;
    });
    if (!breached) {
      const clear = amount(trigger.clear);
      const cleared = clear === undefined || (comparedValue(fact) ?? Number.NEGATIVE_INFINITY) >= clear;
      const member = attached.get(`${subject.kind}:${subject.id}`);
      if (cleared && fact.value !== undefined && member) return [leftEffect(member.effect, member.caseId, period, now)];
      return cleared && fact.value !== undefined
        ? cases.open.map((caseId) => clearedEffect(caseId, period, fact, now))
        : [];
    }
    const said = breachSaid(subject, period, fact);
    if (cases.open.length > 0) return [...said, ...cases.open.flatMap((caseId) => worseEffect(caseId, period, fact))];
    if (cooling(cases.lastClosedAt)) return said;
    if (trigger.shared) {
      const member = attached.get(`${subject.kind}:${subject.id}`);
      if (member) return [...said, ...worseEffect(member.caseId, period, fact)];
      const group = keyText(
        trigger.shared.key,
        subject,
        period.id,
        caseFacts(heads[i * pending]!, freshContext({}), worlds[i * pending]!, now),
      );
      if ("key" in group) {
        const unit = group.values.find((value) => typeof value === "string" && directory.unit(value) !== undefined);
        grouped.push({
          subject,
          period,
          data: dataOf(period, fact),
          key: group.key,
          unit: (unit as string | undefined) ?? null,
        });
        return said;
      }
    }
    const id = `breach/${escalation.id}/${subject.kind}/${subject.id}/${period.id}/${cases.closed}`;
    return [...said, { id, caseId: null, kind: "start-case", payload: startOf(id, subject, period, fact), at: now }];
  });
  const groups = await casesOfKey(runtime.db, escalation.id, [
    ...new Set(grouped.map(({ key }) => groupKey(trigger, key))),
  ]);
  const waking = grouped.filter(({ key }) => {
    const group = groups.get(groupKey(trigger, key));
    return group === undefined || group.open.length > 0 || !cooling(group.lastClosedAt);
  });
  return [...rows, ...groupedStarts(escalation, trigger, waking, { withinMinutes: withinMinutes(), cause, now })];

  /** For how long after it began a group takes more; undefined: as long as it is open. */
  function withinMinutes(): number | undefined {
    const within = trigger.shared?.within;
    return within && Math.ceil((addDuration(now, within, place) - now) / 60_000);
  }

  /** That it happened, for whoever listens; of one subject and period it is said once. */
  function breachSaid(subject: Subject, period: Period, fact: MetricFact): OutboxRow[] {
    if (!runtime.catalogue.listens("metric.breached")) return [];
    const id = `breached/${escalation.id}/${subject.kind}/${subject.id}/${period.id}`;
    const payload: Announced = { on: "metric.breached", about: subject, data: dataOf(period, fact) };
    return [{ id, caseId: null, kind: "announce", payload, at: now }];
  }

  /** An open ladder hears how bad it is now: a worse breach jumps up. Said once for each value. */
  function worseEffect(caseId: string, period: Period, fact: MetricFact): OutboxRow[] {
    const data = dataOf(period, fact);
    if (!trigger.tiers?.length || data.value === undefined) return [];
    const id = `${caseId}/${WORSE}/${period.id}/${String(data.value)}`;
    return [{ id, caseId, kind: "wake-case", payload: { caseId, event: WORSE, data }, at: now }];
  }

  function cooling(closedAt: number | null): boolean {
    if (!trigger.cooldown || closedAt === null) return false;
    return addDuration(closedAt, trigger.cooldown, place) > now;
  }

  function dataOf(period: Period, fact: MetricFact): Record<string, Json> {
    const value = comparedValue(fact);
    return {
      metric: trigger.metric,
      period: period.id,
      ...(value === undefined ? {} : { value }),
      ...(fact.value === undefined ? {} : { actual: fact.value }),
      ...(fact.target === undefined ? {} : { target: fact.target }),
      ...(fact.attainment === undefined ? {} : { attainment: fact.attainment }),
      ...(fact.asOf === undefined ? {} : { asOf: fact.asOf }),
    };
  }

  function startOf(id: string, subject: Subject, period: Period, fact: MetricFact) {
    return {
      id,
      kind: "start-case",
      step: "",
      definition: { kind: "escalation", id: escalation.id },
      subject,
      period: period.id,
      with: dataOf(period, fact),
      key: breachKey(trigger, subject),
      answer: false,
    };
  }
}

const NOBODY: Awaited<ReturnType<typeof membersBySubject>> = new Map();

/** What tiers and `clear` compare: the gap to the target as a share of it; of a metric without target the value itself. */
function comparedValue(fact: MetricFact): number | undefined {
  return fact.gap ?? fact.value;
}

/** One open case per metric and subject: more breaches of it are the same trouble. */
function breachKey(trigger: Metric, subject: Subject): string {
  return `breach ${trigger.metric} ${subject.kind}:${subject.id}`;
}

/** One of a group is back within its limit: it leaves; with the last one the trouble is over. */
function leftEffect(effect: string, caseId: string, period: Period, now: number): OutboxRow {
  const id = `${effect}/cleared/${period.id}`;
  const data: Record<string, Json> = { reason: "the value is back within its limit" };
  const payload = { id, kind: "signal-case", step: "", child: effect, event: "leave", data };
  return { id, caseId, kind: "signal-case", payload, at: now };
}

function clearedEffect(caseId: string, period: Period, fact: MetricFact, now: number): OutboxRow {
  const data: Record<string, Json> = {
    reason: "the value is back within its limit",
    period: period.id,
    value: fact.value ?? null,
  };
  return {
    id: `${caseId}/cleared/${period.id}`,
    caseId,
    kind: "wake-case",
    payload: { caseId, event: "resolved", data },
    at: now,
  };
}

/** A period and those before it, `count` in all. */
function periodsBack(period: Period, count: number): Period[] {
  const periods = [period];
  while (periods.length < count) periods.push(previousPeriod(periods.at(-1)!));
  return periods;
}
