import { copyFile, cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "#engine/contract/commands.ts";
import type { Definition } from "#engine/definition/definition.ts";
import type { Beginning, Figure, PersonChange, Scenario } from "#engine/definition/story.ts";
import type { CaseEvent } from "#engine/execute/journal.ts";
import type { OrganisationData } from "#engine/organisation/model.ts";
import { changedPeople } from "#engine/scenario/changed-people.ts";
import { instantIn } from "#engine/scenario/play.ts";
import { sharedStart } from "#engine/scenario/shared-start.ts";
import type { Refused as Refusal, Stage, StagedCase } from "#engine/scenario/stage.ts";
import { parsePeriod } from "#engine/time/period.ts";
import { zone } from "#engine/time/zone.ts";
import { manualClock } from "../../runtime/clock.ts";
import { command, send } from "../../runtime/commands/handle.ts";
import { Refused } from "../../runtime/commands/refused.ts";
import { SYSTEM } from "../../runtime/commands/runtime.ts";
import { setParameter } from "../../runtime/commands/set-parameter.ts";
import { startCase } from "../../runtime/commands/start-case.ts";
import { type EmbeddedHost, openHost } from "../../runtime/hosts/embedded.ts";
import { createLog } from "../../runtime/log.ts";
import { loadCases } from "../../runtime/store/cases-load.ts";
import { readJournal } from "../../runtime/store/journal-read.ts";
import { observationsStatements } from "../../runtime/store/observations-write.ts";
import { outboxStatements } from "../../runtime/store/outbox-lanes.ts";
import { peopleStatements } from "../../runtime/store/people-write.ts";
import { recordsStatements } from "../../runtime/store/records-write.ts";
import { as, publishDocuments, testConfig, testHost } from "./test-runtime.ts";

/** A database with the organisation and everything published, long before any story begins. */
export interface Prepared {
  folder: string;
  end(): Promise<void>;
}

const LONG_BEFORE = Date.UTC(2025, 0, 1);

/** Prepares the database that stories are told on; each story gets a copy. */
export async function prepare(documents: readonly Definition[], organisation: OrganisationData): Promise<Prepared> {
  const folder = await mkdtemp(join(tmpdir(), "rondo-stage-"));
  const world = await testHost({ organisation, clock: manualClock(LONG_BEFORE), start: false });
  try {
    await publishDocuments(
      world.host,
      // A cadence would begin cases for everybody by itself, beside the story.
      documents.filter(({ kind, id }) => kind !== "cadence" && (kind !== "calendar" || id !== organisation.calendar)),
    );
    // Nothing writes here any more; the log beside the file holds what the file has not yet.
    for (const file of ["rondo.db", "rondo.db-wal"]) await copyFile(join(world.folder, file), join(folder, file));
  } finally {
    await world.end();
  }
  return { folder, end: () => rm(folder, { recursive: true, force: true }) };
}

/** A stage that is a real server on a real file, its clock moved by hand. */
export interface RuntimeStage extends Stage {
  host: EmbeddedHost;
  /** The names of cases by their ids, as the simulator would have them. */
  names(): Promise<Map<string, string>>;
  end(): Promise<void>;
}

/** Opens a server on a copy of what was prepared, with the story's figures, records and parameters in it. */
export async function runtimeStage(
  scenario: Scenario,
  prepared: Prepared,
  organisation: OrganisationData,
): Promise<RuntimeStage> {
  const folder = await mkdtemp(join(tmpdir(), "rondo-story-"));
  await cp(prepared.folder, folder, { recursive: true });
  const startAt = instantIn(scenario.at, zone(organisation.timeZone));
  const host = await openHost(testConfig(folder), {
    clock: manualClock(startAt),
    log: createLog("silent"),
    writerThread: false,
  });
  await host.catalogue.refresh();
  await host.parameters.refresh();
  await host.db.write(
    recordsStatements(
      (scenario.records ?? []).map((record) => ({
        id: record.id,
        type: record.type,
        aboutKind: record.unit ? "unit" : record.about ? "person" : null,
        about: record.unit ?? record.about ?? null,
        date: record.date ?? null,
        fields: record.fields,
      })),
      { recordedAt: startAt, importNo: 0 },
    ),
  );
  await writeFigures(scenario.figures ?? []);
  let known = organisation;
  await changePeople(scenario.people ?? []);
  await setParameters(host, scenario.parameters ?? {});
  const roots = new Map<string, string>();
  let begun = 0;

  return {
    host,
    start: (beginning) => settled(() => begin(beginning)),
    send: (caseId, event) => settled(() => act(caseId, event)),
    advanceTo: async (to) => {
      await host.moveClock(to);
    },
    figures: writeFigures,
    people: changePeople,
    cases,
    names,
    messages: async () => {
      const rows = await host.db.read<{ person: string; title: string }>(
        "SELECT person, title FROM inbox ORDER BY at, rowid",
      );
      return rows.map(({ person, title }) => ({ to: [person], title }));
    },
    effects: async () => {
      const rows = await host.db.read<{ kind: string; n: number }>(
        "SELECT kind, count(*) AS n FROM outbox GROUP BY kind",
      );
      return Object.fromEntries(rows.map(({ kind, n }) => [kind, n]));
    },
    end: async () => {
      await host.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };

  async function writeFigures(figures: readonly Figure[]): Promise<void> {
    const directory = await host.organisation.directory();
    const observations = figures.map(({ metric, of, period, value, target }) => {
      const span = parsePeriod(period)!;
      const subjectKind = directory.person(of) ? "person" : directory.unit(of) ? "unit" : "organisation";
      return {
        metric,
        subject: of,
        subjectKind: subjectKind as "person" | "unit" | "organisation",
        periodFrom: span.from,
        periodTo: span.to,
        value,
        target: target ?? null,
        state: "final" as const,
      };
    });
    await host.db.write(observationsStatements(observations, { recordedAt: host.clock.now(), importNo: 0 }));
  }

  async function changePeople(changes: readonly PersonChange[]): Promise<void> {
    known = changedPeople(known, changes);
    const changed = known.people.filter(({ id }) => changes.some((change) => change.id === id));
    await host.db.write(peopleStatements(changed, { recordedAt: host.clock.now(), importNo: 0 }));
    host.organisation.changed(host.events);
  }

  /** Whatever follows from it at the same instant has happened before the story goes on. */
  async function settled(ask: () => Promise<unknown>): Promise<Refusal | undefined> {
    try {
      await ask();
      await host.worker.settle();
      return undefined;
    } catch (cause) {
      if (cause instanceof Refused) return { code: cause.code, message: cause.message };
      throw cause;
    }
  }

  async function begin(beginning: Beginning): Promise<void> {
    begun += 1;
    const shared = sharedStart(beginning, `story/${begun}`);
    if (shared) {
      const { id, kind } = shared;
      await host.db.write(outboxStatements([{ id, caseId: null, kind, payload: shared, at: host.clock.now() }]));
      return;
    }
    const { definition, subject, period, trigger, with: data } = beginning;
    const { caseId, existing } = await startCase(host, SYSTEM, {
      workflow: definition.id,
      kind: definition.kind,
      subject,
      ...(period ? { period } : {}),
      with: definition.kind === "escalation" ? (trigger ?? {}) : (data ?? {}),
    });
    if (!existing) roots.set(caseId, `case-${begun}`);
  }

  /** People ask by commands; what effects and the outside answer comes by the road that they use. */
  async function act(caseId: string, event: CaseEvent): Promise<void> {
    const { by, ...rest } = { by: null, ...event };
    const asked = Command.safeParse(rest);
    if (asked.success) await command(host, by === null ? SYSTEM : as(by), caseId, { command: asked.data });
    else await send(host, caseId, event);
  }

  async function cases(): Promise<StagedCase[]> {
    const ids = await host.db.read<{ id: string }>("SELECT id FROM cases ORDER BY rowid");
    const loaded = await loadCases(
      host.db,
      ids.map(({ id }) => id),
    );
    return Promise.all(
      ids.map(async ({ id }) => {
        const stored = loaded.get(id)!;
        const { compiled } = await host.catalogue.pinned(stored.frame.bundle);
        const journal = (await readJournal(host.db, id)).map(({ entry }) => entry);
        return { state: stored.state, journal, compiled };
      }),
    );
  }

  async function names(): Promise<Map<string, string>> {
    const named = new Map(roots);
    const rows = await host.db.read<{ id: string; effect: string | null }>(
      "SELECT id, parent_effect AS effect FROM cases ORDER BY rowid",
    );
    for (const { id, effect } of rows) {
      if (named.has(id) || effect === null) continue;
      const [from, ...rest] = effect.split("/");
      named.set(id, [named.get(from!) ?? from, ...rest].join("/"));
    }
    return named;
  }
}

/** Sets a parameter wherever it is declared, as an admin would. */
async function setParameters(host: EmbeddedHost, values: Scenario["parameters"]): Promise<void> {
  for (const [name, value] of Object.entries(values ?? {})) {
    for (const { document } of host.catalogue.versions()) {
      const declared =
        document.kind === "parameters"
          ? document.values
          : "parameters" in document
            ? (document.parameters as Record<string, unknown> | undefined)
            : undefined;
      if (!declared || !Object.hasOwn(declared, name)) continue;
      await setParameter(host, SYSTEM, document.kind, document.id, name, {
        value: value as number | string | boolean,
        scope: "new",
        reason: "the story says so",
        expectedVersion: 0,
      });
    }
  }
}
