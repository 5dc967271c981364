import { setImmediate as nextTurn } from "node:timers/promises";
import { freshContext } from "#engine/compile/context.ts";
import { type CaseHead, caseFacts } from "#engine/execute/facts.ts";
import { metricPeople } from "#engine/execute/metric-people.ts";
import { storedNeeds } from "#engine/execute/needs.ts";
import type { World } from "#engine/execute/world.ts";
import type { MetricRules } from "#engine/metrics/metric-rules.ts";
import type { FactReader, FactUse } from "#engine/rules/facts.ts";
import { canonical, type Json } from "#engine/words/json.ts";
import { forPay } from "../payouts/fact-questions.ts";
import type { ScanDesk } from "./desk.ts";

/** Of whom facts are read, and as of when. */
export interface PeopleAsked {
  ids: readonly string[];
  period: string | null;
  now: number;
  /** Whose records may be read; null: everybody's. */
  sees: ReadonlySet<string> | null;
}

/** What rules read of many people: a reader for each, over values that were gathered once. */
export interface PersonValues {
  now: number;
  readerOf(at: number): FactReader;
}

/** Says how far a scan is; throws where it is to end. */
export type Step = (done: number, total: number) => void;

/** People whose facts are gathered together. */
const SLICE = 500;
/** How old gathered values may be when the same are asked again, by domain time: an author who edits asks every few seconds. */
const KEPT_MS = 60_000;
/** More people than this are gathered anew each time. */
const MOST_KEPT = 20_000;

/** The values of people, gathered now or a moment ago; nothing that has been stored since is missed. */
export async function personValues(
  desk: ScanDesk,
  uses: readonly FactUse[],
  asked: PeopleAsked,
  step: Step,
): Promise<PersonValues> {
  const { ids, period, sees } = asked;
  const slots = slotsOf(uses);
  const key = canonical([slots.map(({ key: name }) => name), period, ids.join(), sees ? [...sees].join() : null]);
  const known = desk.kept.get(key) as PersonValues | undefined;
  if (known && asked.now >= known.now && asked.now - known.now <= KEPT_MS) return known;
  const values = await gather(desk, uses, slots, asked, step);
  const at = new Map(slots.map((slot, index) => [slot.key, index]));
  // Compiled rules ask with the same params object each time: it is looked up by what it is before by what it says.
  const byObject = new Map<object, Map<string, number | undefined>>();
  const slotAt = (fact: string, params: object | undefined): number | undefined => {
    if (!params) return at.get(slotKey(fact, params));
    const ofParams = byObject.get(params) ?? new Map<string, number | undefined>();
    byObject.set(params, ofParams);
    if (!ofParams.has(fact)) ofParams.set(fact, at.get(slotKey(fact, params)));
    return ofParams.get(fact);
  };
  const made: PersonValues = {
    now: asked.now,
    readerOf: (person) => (fact, params) => {
      const slot = slotAt(fact, params);
      return slot === undefined ? undefined : values[person]![slot];
    },
  };
  if (ids.length <= MOST_KEPT) desk.kept.set(key, made);
  return made;
}

interface Slot {
  key: string;
  fact: string;
  params: Record<string, Json> | undefined;
}

const slotKey = (fact: string, params: object | undefined) =>
  params && Object.keys(params).length > 0 ? `${fact}\n${canonical(params as Json)}` : fact;

/** The facts that are read, each once, whatever parts of them are looked at. */
function slotsOf(uses: readonly FactUse[]): Slot[] {
  const slots = uses.map(({ fact, params }): Slot => ({ key: slotKey(fact, params), fact, params }));
  return [...new Map(slots.map((slot) => [slot.key, slot])).values()].sort((a, b) => (a.key < b.key ? -1 : 1));
}

async function gather(
  desk: ScanDesk,
  uses: readonly FactUse[],
  slots: readonly Slot[],
  { ids, period, now, sees }: PeopleAsked,
  step: Step,
): Promise<unknown[][]> {
  const directory = await desk.organisation.directory();
  const calendars = await desk.organisation.calendars();
  const narrow = narrowing(uses);
  const values: unknown[][] = [];
  for (let from = 0; from < ids.length; from += SLICE) {
    step(from, ids.length);
    const heads = ids.slice(from, from + SLICE).map((id) => headOf(id, period, now));
    const needs = heads
      .flatMap((head) => storedNeeds(uses, head))
      .filter(({ params: { of } }) => typeof of !== "string" || !sees || !directory.person(of) || sees.has(of));
    const world: World = {
      directory,
      calendars,
      parameters: {},
      stored: await desk.facts.gather(needs, now, narrow),
      metricPeople: metricPeople(desk.catalogue.live),
      subject: ({ id }) => {
        const found = directory.person(id);
        return found && { fields: found.fields, about: found.id, unit: null };
      },
    };
    for (const head of heads) {
      const read = caseFacts(head, freshContext({}), world, now);
      values.push(slots.map(({ fact, params }) => read(fact, params)));
    }
    await nextTurn();
  }
  step(ids.length, ids.length);
  return values;
}

const headOf = (id: string, period: string | null, now: number): CaseHead => ({
  id: "impact",
  subject: { kind: "person", id },
  period,
  trigger: {},
  openedAt: now,
  parameterTypes: {},
});

/** Metrics without their earlier periods where no rule looks at those: that is two thirds of the work. */
function narrowing(uses: readonly FactUse[]): (metric: MetricRules & { id: string }) => MetricRules {
  const members = new Map<unknown, Set<string>>();
  for (const { fact, params, path } of uses) {
    if (fact !== "metric") continue;
    const known = members.get(params?.id) ?? new Set<string>();
    // A fact that is read whole is read with everything.
    known.add(/^\$\.([A-Za-z]\w*)/.exec(path ?? "")?.[1] ?? "baseline");
    members.set(params?.id, known);
  }
  const made = new Map<string, MetricRules>();
  return (metric) => {
    const known = made.get(metric.id) ?? forPay(metric, members.get(metric.id));
    made.set(metric.id, known);
    return known;
  };
}
