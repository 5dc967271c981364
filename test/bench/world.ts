import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { manualClock } from "../../runtime/clock.ts";
import { type EmbeddedHost, type HostOptions, openHost } from "../../runtime/hosts/embedded.ts";
import { createLog } from "../../runtime/log.ts";
import { MONDAY, officeCalendar, smallOrganisation } from "../support/small-world.ts";
import { publishDocuments, testConfig, writeOrganisation } from "../support/test-runtime.ts";

/** One question with a deadline: what benches start and hand to and fro. */
export const question = {
  kind: "workflow",
  schema: 1,
  id: "question",
  title: "Question",
  subject: "person",
  key: ["subject", "period"],
  start: "ask",
  steps: {
    ask: {
      kind: "approval",
      title: "Ask",
      actor: { relation: "subject" },
      deadline: { after: { hours: 2 }, policy: "advance" },
      on: { approved: "good", due: "bad" },
    },
    good: { kind: "end", title: "Good", outcome: "good" },
    bad: { kind: "end", title: "Bad", outcome: "bad" },
  },
};

export const benchPerson = (n: number): string => `p${String(n).padStart(6, "0")}`;

/** A host on a file of its own with as many people as wanted, all reporting to Mia. */
export async function benchHost(
  people: number,
  options: HostOptions = {},
): Promise<{ host: EmbeddedHost; folder: string; end(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), "rondo-bench-"));
  const organisation = smallOrganisation();
  const [model] = organisation.people;
  for (let n = 0; n < people; n++) {
    organisation.people.push({ ...model!, id: benchPerson(n), name: `Person ${n}`, email: null });
    organisation.assignments.push({ ...organisation.assignments[0]!, person: benchPerson(n) });
  }
  const host = await openHost(testConfig(folder), { clock: manualClock(MONDAY), log: createLog("silent"), ...options });
  for (let at = 0; at < organisation.people.length; at += 2_000) {
    await writeOrganisation(
      host.db,
      {
        ...organisation,
        people: organisation.people.slice(at, at + 2_000),
        assignments: organisation.assignments.slice(at, at + 2_000),
        ...(at === 0 ? {} : { units: [], grants: [] }),
      },
      MONDAY,
    );
  }
  await host.catalogue.refresh();
  await host.parameters.refresh();
  await publishDocuments(host, [officeCalendar, question]);
  return {
    host,
    folder,
    end: async () => {
      await host.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The value at a share of sorted numbers. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}
