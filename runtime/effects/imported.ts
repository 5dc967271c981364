import { setImmediate as nextTurn } from "node:timers/promises";
import type { Subject } from "#engine/contract/subject.ts";
import type { Announced } from "#engine/execute/triggers.ts";
import { instantOf } from "#engine/time/instant-text.ts";
import { zone } from "#engine/time/zone.ts";
import type { Json } from "#engine/words/json.ts";
import { recordAnnouncement } from "../commands/create-record.ts";
import type { Runtime } from "../commands/runtime.ts";
import { importedObservations, importedPeople, importedRecords, importStatus } from "../store/imported.ts";
import { type OutboxRow, outboxStatements } from "../store/outbox-lanes.ts";
import { movesOfImport } from "../store/people-cases.ts";
import { breachEffects } from "./breaches.ts";
import { type EffectHandler, settle, TryAgain } from "./effect.ts";
import type { FollowPayload } from "./follow.ts";
import { pausingBundles } from "./look.ts";

const SLICE = 500;

/**
 * An import was applied: ladders look at its values, triggers see its records and people. It is asked for before the import
 * begins, so it waits while the import is under way; what follows from it has ids of its own and follows once.
 */
export const importedEffect: EffectHandler = {
  kind: "imported",
  outside: false,
  async run(runtime, row) {
    const { import: id } = row.payload as { import: string };
    const found = await importStatus(runtime.db, id);
    if (found?.status === "applying") throw new TryAgain("The import is still being applied.", 1_000);
    if (found?.status === "applied") {
      await follow(runtime, row.id, found.no, found.kind);
      await lookAgain(runtime, row.id, found.kind);
    }
    await settle(runtime, row);
  },
};

/** Cases whose clocks are paused by what people, metrics or records say look again. */
async function lookAgain(runtime: Runtime, id: string, kind: string): Promise<void> {
  if ((await pausingBundles(runtime)).length === 0) return;
  const payload = { reason: `${kind} were imported` };
  await put(runtime, [{ id: `${id}/look`, caseId: null, kind: "look", payload, at: runtime.clock.now() }]);
}

async function follow(runtime: Runtime, id: string, no: number, kind: string): Promise<void> {
  const now = runtime.clock.now();
  if (kind === "observations") {
    const effects = await breachEffects(runtime, await importedObservations(runtime.db, no), id);
    await put(runtime, effects);
    if (runtime.catalogue.listens("observations.changed")) {
      await put(runtime, [announced(`${id}/changed`, "observations.changed", null, { import: id }, now)]);
    }
  }
  if (kind === "records" && runtime.catalogue.listens("record.created")) {
    await put(
      runtime,
      (await importedRecords(runtime.db, no)).map((record) => recordAnnouncement(record, now)),
    );
  }
  if (kind === "people" || kind === "assignments") await put(runtime, await followers(runtime, id, no));
  if (kind === "people") {
    const changes = await importedPeople(runtime.db, no);
    const rows = changes
      .filter(({ on }) => runtime.catalogue.listens(on))
      .map(({ on, person }) => announced(`${id}/${on}/${person}`, on, { kind: "person", id: person }, { person }, now));
    await put(runtime, rows);
  }
}

/** What tells open cases of people who moved: at once, or on the day from which the move holds. */
async function followers(runtime: Runtime, id: string, no: number): Promise<OutboxRow[]> {
  const now = runtime.clock.now();
  const directory = await runtime.organisation.directory();
  const local = zone(directory.data.timeZone);
  const moves = await movesOfImport(runtime.db, no);
  const byDay = Map.groupBy(moves, ({ date }) => {
    const at = date === null ? undefined : instantOf(date, local, "start");
    return at !== undefined && at > now ? at : now;
  });
  return [...byDay].flatMap(([at, moved]) => {
    const people = [...new Set(moved.map(({ person }) => person))].sort();
    return Array.from({ length: Math.ceil(people.length / PEOPLE) }, (_, n): OutboxRow => {
      const payload: FollowPayload = {
        people: people.slice(n * PEOPLE, (n + 1) * PEOPLE),
        reason: "people have moved",
      };
      return { id: `${id}/follow/${at === now ? "now" : at}/${n}`, caseId: null, kind: "follow", payload, at };
    });
  });
}

/** People whose cases one effect tells. */
const PEOPLE = 1_000;

function announced(
  id: string,
  on: Announced["on"],
  about: Subject | null,
  data: Record<string, Json>,
  at: number,
): OutboxRow {
  return { id, caseId: null, kind: "announce", payload: { on, about, data } satisfies Announced, at };
}

/** Puts effects into the outbox in slices; written twice they are there once. */
async function put(runtime: Runtime, rows: readonly OutboxRow[]): Promise<void> {
  for (let at = 0; at < rows.length; at += SLICE) {
    await runtime.db.write(outboxStatements(rows.slice(at, at + SLICE)));
    await nextTurn();
  }
}
