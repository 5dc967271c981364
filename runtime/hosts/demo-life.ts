import { recordAnnouncement } from "../commands/create-record.ts";
import { launch } from "../commands/launch.ts";
import type { Runtime } from "../commands/runtime.ts";
import { SYSTEM } from "../commands/runtime.ts";
import { today } from "../commands/stored-facts.ts";
import { type OutboxRow, outboxStatements } from "../store/outbox-lanes.ts";
import { listRecords } from "../store/records-list.ts";

/** The manager whose team is in the middle of its annual review: one of the personas. */
const REVIEWED_BY = "gs-m-01";
const REVIEW = "annual-review";

/**
 * Lets the demo organisation be in the middle of things, by the same roads as any other: ladders look at the anchor month's
 * sales, open complaints of that month begin to climb, and one manager's team is under review. Done twice it changes nothing.
 */
export async function beginDemoLife(runtime: Runtime, anchorMonth: string): Promise<void> {
  const now = runtime.clock.now();
  const directory = await runtime.organisation.directory();
  const date = today(directory, now);
  const rows: OutboxRow[] = [];

  // One value from each region is enough: a ladder on regions looks at all that adds up to them.
  const observations = directory.units().flatMap((unit) => {
    const [person] =
      unit.level === "region"
        ? directory.membersOf(unit.id, date, { deep: true }).filter((id) => directory.person(id)?.role === "sales")
        : [];
    return person
      ? [{ metric: "laptops-sold", subjectKind: "person", subject: person, periodFrom: `${anchorMonth}-01` }]
      : [];
  });
  rows.push({ id: "demo/observed", caseId: null, kind: "observed", payload: { observations }, at: now });

  const complaints = await listRecords(runtime.db, { type: "complaint", from: `${anchorMonth}-01`, limit: 500 });
  for (const complaint of complaints.items) {
    if ((complaint.fields.resolvedAt ?? null) === null) rows.push(recordAnnouncement(complaint, now));
  }
  await runtime.db.write(outboxStatements(rows));
  runtime.events.emit({ topic: "effects", id: "outbox", revision: 0 });

  const team = directory.reportsOf(REVIEWED_BY, date);
  if (team.length > 0 && runtime.catalogue.version("workflow", REVIEW)) {
    await launch(runtime, SYSTEM, REVIEW, { people: team, period: anchorMonth.slice(0, 4), key: `demo-${REVIEW}` });
  }
}
