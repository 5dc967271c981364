import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Metric } from "#engine/definition/metric.ts";
import type { OrganisationData } from "#engine/organisation/model.ts";
import { type Clock, manualClock } from "../../runtime/clock.ts";
import { publishAll } from "../../runtime/commands/publish-all.ts";
import { type Principal, SYSTEM } from "../../runtime/commands/runtime.ts";
import { type Config, readConfig } from "../../runtime/config.ts";
import type { Database } from "../../runtime/db/client.ts";
import { type EmbeddedHost, openHost } from "../../runtime/hosts/embedded.ts";
import { createLog } from "../../runtime/log.ts";
import { assignmentsStatements } from "../../runtime/store/assignments-write.ts";
import { grantsStatements } from "../../runtime/store/grants-write.ts";
import { organisationSettingsStatements } from "../../runtime/store/organisation-settings.ts";
import { peopleStatements } from "../../runtime/store/people-write.ts";
import { queuesStatements } from "../../runtime/store/queues.ts";
import { unitsStatements } from "../../runtime/store/units-write.ts";
import { MONDAY, officeCalendar, smallOrganisation } from "./small-world.ts";

/** A real host on a real file, with the small organisation and whatever documents a test publishes. */
export interface TestHost {
  host: EmbeddedHost;
  folder: string;
  /** Closes and removes everything. */
  end(): Promise<void>;
  /** Stops the host and opens another on the same files, as a restart does. */
  restart(clock?: Clock): Promise<EmbeddedHost>;
}

export interface TestHostOptions {
  documents?: readonly object[];
  organisation?: OrganisationData;
  clock?: Clock;
  env?: Record<string, string>;
  /** Whether the worker runs by itself; else a test says `settle`. */
  start?: boolean;
  /** Whether a thread of its own writes, as in a server; hundreds of hosts in a test run do without. */
  writerThread?: boolean;
}

/** A configuration on files of its own. */
export function testConfig(folder: string, env: Record<string, string> = {}): Config {
  return readConfig({ RONDO_DB: `file:${join(folder, "rondo.db")}`, RONDO_DEMO: "none", RONDO_LOG: "silent", ...env });
}

/** Opens a host with the small organisation (Monday 2 March 2026, 09:00 in Berlin) and publishes the documents. */
export async function testHost(options: TestHostOptions = {}): Promise<TestHost> {
  const folder = await mkdtemp(join(tmpdir(), "rondo-"));
  const config = testConfig(folder, options.env);
  const open = async (clock: Clock) => {
    const opened = await openHost(config, {
      clock,
      log: createLog("silent"),
      writerThread: options.writerThread ?? false,
    });
    await opened.catalogue.refresh();
    await opened.parameters.refresh();
    return opened;
  };
  let clock = options.clock ?? manualClock(MONDAY);
  const world: TestHost = {
    host: await open(clock),
    folder,
    end: async () => {
      await world.host.stop();
      await rm(folder, { recursive: true, force: true });
    },
    restart: async (other) => {
      await world.host.stop();
      clock = other ?? manualClock(clock.now());
      world.host = await open(clock);
      await world.host.start();
      return world.host;
    },
  };
  try {
    await writeOrganisation(world.host.db, options.organisation ?? smallOrganisation(), clock.now());
    await publishDocuments(world.host, [officeCalendar, ...(options.documents ?? [])]);
    if (options.start ?? true) await world.host.start();
  } catch (cause) {
    await world.end();
    throw cause;
  }
  return world;
}

/** Publishes documents that refer to each other. */
export async function publishDocuments(host: EmbeddedHost, documents: readonly object[]): Promise<void> {
  await publishAll(
    host,
    SYSTEM,
    documents.map((document) => JSON.stringify(document)),
    "first",
  );
}

/** Writes an organisation down as it is. */
export async function writeOrganisation(db: Database, data: OrganisationData, at: number): Promise<void> {
  const stamp = { recordedAt: at, importNo: 0 };
  await db.write([
    ...peopleStatements(data.people, stamp),
    ...unitsStatements(data.units, stamp),
    ...assignmentsStatements(data.assignments, stamp),
    ...grantsStatements(data.grants, stamp),
    ...queuesStatements(data.queues),
    ...organisationSettingsStatements({ timeZone: data.timeZone, calendar: data.calendar, currency: data.currency }),
  ]);
}

/** A person who asks. */
export const as = (personId: string): Principal => ({ personId, roles: [] });

/** The metric that the review's rules read. */
export const salesMetric: Metric = {
  kind: "metric",
  schema: 1,
  id: "sales",
  title: "Sales",
  unit: "EUR",
  scale: 2,
  direction: "higher",
  grain: "year",
  aggregate: "sum",
};
