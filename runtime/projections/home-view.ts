import type { HomeView } from "#engine/contract/views/cases.ts";
import { runnable } from "#engine/definition/session.ts";
import { dateAt } from "#engine/time/instant-text.ts";
import { nextOccurrence } from "#engine/time/recurrence.ts";
import { zone } from "#engine/time/zone.ts";
import type { Policy } from "../access/policy.ts";
import type { Reader } from "../access/reader.ts";
import type { Runtime } from "../commands/runtime.ts";
import { countCases } from "../store/cases-read.ts";
import { listVersions } from "../store/definitions-read.ts";
import { countOrphans } from "../store/orphans.ts";
import { countOutbox } from "../store/outbox.ts";
import { tasksOfPerson } from "../store/tasks-read.ts";
import { listCases } from "./case-briefs.ts";
import { completionRates, NO_TASKS } from "./completion.ts";
import { taskBriefs } from "./task-briefs.ts";
import { Thrifty } from "./thrifty.ts";
import { visibleCases } from "./visible-cases.ts";

const SHOWN = 8;
/** All cases and all tasks that somebody may see, counted: with a million of them this is no longer done for each look at home. */
const COUNTED = new Thrifty<
  Policy,
  [Awaited<ReturnType<typeof countCases>>, Awaited<ReturnType<typeof completionRates>>]
>();
/** A person's open tasks are counted whole up to here; nobody does more than that by hand. */
const MOST_TASKS = 5_000;

/** Home: what needs the reader, what of theirs runs and how far, what is late or stuck, what comes next. */
export async function homeView(runtime: Runtime, reader: Reader): Promise<HomeView> {
  const now = runtime.clock.now();
  const administers = reader.policy.may("administer");
  return {
    mine: await mineOf(runtime, reader, now),
    running: await runningOf(runtime, reader, now),
    late: (await listCases(runtime, reader, { late: true }, { limit: SHOWN })).items,
    blocked: (await listCases(runtime, reader, { status: "blocked" }, { limit: SHOWN })).items,
    deadEffects: administers ? (await countOutbox(runtime.db)).dead : 0,
    orphans: administers ? await orphansOf(runtime) : 0,
    upcoming: await upcomingOf(runtime, reader, now),
  };
}

/** As housekeeping counted them within the last minute; counted here where it has not come to it yet. */
async function orphansOf({ metrics, db }: Runtime): Promise<number> {
  metrics.orphans ??= await countOrphans(db);
  return metrics.orphans;
}

async function mineOf(runtime: Runtime, reader: Reader, now: number): Promise<HomeView["mine"]> {
  if (reader.personId === null) return { open: 0, overdue: 0, next: [] };
  const { tasks, total } = await tasksOfPerson(runtime.db, reader.personId, {
    status: "open",
    limit: MOST_TASKS,
    now,
  });
  const overdue = tasks.filter(({ late }) => late > 0).length;
  return { open: total, overdue, next: await taskBriefs(runtime, tasks.slice(0, SHOWN)) };
}

async function runningOf(runtime: Runtime, reader: Reader, now: number): Promise<HomeView["running"]> {
  const visible = visibleCases(reader);
  const [counts, rates] = await COUNTED.ask(reader.policy, now, async () => [
    await countCases(runtime.db, { where: [visible.sql], args: visible.args }, now),
    await completionRates(runtime, reader),
  ]);
  const groups = Map.groupBy(counts, ({ kind, definition }) => `${kind}/${definition}`);
  return [...groups]
    .map(([name, group]) => {
      const [{ kind, definition } = { kind: "", definition: "" }] = group;
      const of = (...statuses: string[]) =>
        group.reduce((sum, { status, n }) => (statuses.includes(status) ? sum + n : sum), 0);
      const live = runnable(runtime.catalogue.live, kind === "escalation" ? "escalation" : "workflow", definition);
      return {
        definition: { kind, id: definition, title: live?.title ?? definition },
        open: of("open", "blocked"),
        blocked: of("blocked"),
        overdue: group.reduce((sum, { overdue }) => sum + overdue, 0),
        closed: of("closed", "cancelled"),
        completion: rates.get(name) ?? NO_TASKS,
      };
    })
    .sort((a, b) => b.open - a.open || (a.definition.title < b.definition.title ? -1 : 1));
}

/** What the cadences will begin next, for those who launch. */
async function upcomingOf(runtime: Runtime, reader: Reader, now: number): Promise<HomeView["upcoming"]> {
  if (!reader.policy.may("launch")) return [];
  const found: HomeView["upcoming"] = [];
  for (const cadence of runtime.catalogue.live.all("cadence")) {
    if (cadence.every === undefined) continue;
    const calendar =
      cadence.calendar === undefined ? undefined : (await runtime.organisation.calendars()).find(cadence.calendar);
    const zoneId = cadence.timeZone ?? calendar?.zone.id ?? (await runtime.organisation.directory()).data.timeZone;
    const first = (await listVersions(runtime.db, "cadence", cadence.id)).at(-1);
    const from = cadence.from ?? dateAt(first?.publishedAt ?? now, zone(zoneId));
    const at = nextOccurrence(cadence.every, { from, zone: zoneId, ...(cadence.at ? { at: cadence.at } : {}) }, now);
    if (at !== undefined) found.push({ title: cadence.title, at });
  }
  return found.sort((a, b) => a.at - b.at).slice(0, SHOWN);
}
