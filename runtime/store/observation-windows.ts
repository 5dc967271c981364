import type { Observation } from "#engine/metrics/metric-rules.ts";
import { known } from "../db/as-of.ts";
import type { Database } from "../db/client.ts";

/** Which observations: of a metric and a subject, in `[from, to)`; of a unit without any, those of its members. */
export interface ObservationWindow {
  metric: string;
  of: string;
  from: string;
  to: string;
  members: readonly string[];
}

interface Row {
  i: number;
  subject: string;
  periodFrom: string;
  periodTo: string | null;
  value: string | null;
  target: string | null;
  state: Observation["state"];
  recordedAt: number;
}

/** At most this many subjects in one query: keeps a statement under 20 ms. */
const SLICE = 1_500;

/** The observations of each window, in the order of the windows. */
export async function readObservationWindows(
  db: Database,
  windows: readonly ObservationWindow[],
): Promise<Observation[][]> {
  const found: Observation[][] = windows.map(() => []);
  await read(
    db,
    windows.map(({ metric, of, from, to }, i) => [i, metric, of, from, to]),
    windows,
    found,
  );
  const ofMembers = windows.flatMap(({ metric, from, to, members }, i) =>
    found[i]!.length > 0 ? [] : members.map((person) => [i, metric, person, from, to]),
  );
  await read(db, ofMembers, windows, found);
  return found;
}

async function read(
  db: Database,
  asked: readonly (string | number)[][],
  windows: readonly ObservationWindow[],
  found: Observation[][],
): Promise<void> {
  for (let at = 0; at < asked.length; at += SLICE) {
    const rows = await db.read<Row>(
      `SELECT j.value ->> 0 AS i, o.subject, o.period_from AS periodFrom, o.period_to AS periodTo, o.value, o.target, o.state,
              o.recorded_at AS recordedAt
       FROM json_each(?) AS j CROSS JOIN observations AS o
       ON o.subject = j.value ->> 2 AND o.metric = j.value ->> 1 AND o.period_from >= j.value ->> 3 AND o.period_from < j.value ->> 4
       WHERE ${known("o")} ORDER BY o.period_from, o.subject`,
      [JSON.stringify(asked.slice(at, at + SLICE))],
    );
    for (const { i, periodTo, value, ...row } of rows) {
      if (value === null) continue;
      found[i]!.push({ ...row, value, metric: windows[i]!.metric, periodTo: periodTo ?? row.periodFrom });
    }
  }
}
