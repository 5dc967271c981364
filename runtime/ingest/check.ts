import { setImmediate as breathe } from "node:timers/promises";
import type { RecordType } from "#engine/definition/record-type.ts";
import { known } from "../db/as-of.ts";
import type { Database } from "../db/client.ts";
import { readVersions } from "../db/versioned.ts";
import type { Observation, ObservationState, SubjectKind } from "../store/observations-write.ts";
import { loadOrganisation } from "../store/organisation-load.ts";
import type { StoredRecord } from "../store/records-write.ts";
import { checkAssignments } from "./check-assignments.ts";
import { checkObservations, observationKey } from "./check-observations.ts";
import { checkPeople } from "./check-people.ts";
import { checkRecords } from "./check-records.ts";
import { checkUnits } from "./check-units.ts";
import type { CheckContext, Checked } from "./checked.ts";
import type { ImportKind } from "./kinds.ts";
import { type Mapping, mapRows } from "./mapping.ts";
import type { Table } from "./table.ts";

/** Checks a file of any kind against what is stored now. Rows of another length than the header are refused by number. */
export async function check(
  db: Database,
  kind: ImportKind,
  table: Table,
  mapping: Mapping,
  context: CheckContext,
  recordType?: RecordType,
): Promise<Checked> {
  const rows = mapRows(table, mapping);
  const organisation = await loadOrganisation(db);
  const checked = await byKind();
  for (const { row, cells } of table.ragged)
    checked.refused.push({
      row,
      code: "ragged-row",
      field: null,
      message: `The row has ${cells} values and the header ${table.columns.length}: a separator is missing, or one stands inside a value without quotes.`,
    });
  checked.refused.sort((a, b) => a.row - b.row);
  checked.counts.refused = new Set(checked.refused.map((refusal) => refusal.row)).size;
  return checked;

  async function byKind(): Promise<Checked> {
    switch (kind) {
      case "people":
        return checkPeople(rows, mapping, organisation, context);
      case "units":
        return checkUnits(rows, mapping, organisation);
      case "assignments":
        return checkAssignments(rows, mapping, organisation, context);
      case "observations":
        return checkObservations(
          rows,
          mapping,
          organisation,
          await storedObservations(db, metricsOf(rows, mapping), [
            ...new Set(rows.map((row) => row.values.subject ?? "")),
          ]),
          context,
        );
      case "records": {
        if (!recordType) throw new Error("An import of records needs the record type's document.");
        return checkRecords(rows, mapping, recordType, organisation, await storedRecords(db, recordType.id));
      }
    }
  }
}

function metricsOf(rows: readonly { values: Record<string, string> }[], mapping: Mapping): string[] {
  const metrics = new Set(rows.map((row) => row.values.metric ?? ""));
  for (const target of Object.values(mapping.columns)) {
    const metric = target === null ? undefined : /^(?:value|target):(.+)$/.exec(target)?.[1];
    if (metric) metrics.add(metric);
  }
  return [...metrics].filter(Boolean);
}

/** How many subjects one read asks for. */
const SUBJECTS = 500;

/**
 * The current observations of some metrics for the subjects of the file. The subjects come first (CROSS): by the metric alone
 * every slice would read all that is stored of it.
 */
async function storedObservations(
  db: Database,
  metrics: readonly string[],
  subjects: readonly string[],
): Promise<Map<string, Observation>> {
  const stored = new Map<string, Observation>();
  for (const metric of metrics)
    for (let at = 0; at < subjects.length; at += SUBJECTS) {
      const [result] = await db.read<{ rows: string }>(
        `SELECT json_group_array(json_array(t.subject_kind, t.subject, t.period_from, t.period_to, t.value, t.target, t.state)) AS rows
         FROM json_each(:subjects) AS s CROSS JOIN observations AS t ON t.subject = s.value AND t.metric = :metric WHERE ${known("t")}`,
        { metric, subjects: JSON.stringify(subjects.slice(at, at + SUBJECTS)) },
      );
      await breathe();
      for (const row of JSON.parse(result?.rows ?? "[]") as (string | null)[][]) {
        const observation = observationOf(metric, row);
        stored.set(observationKey(observation), observation);
      }
    }
  return stored;
}

function observationOf(metric: string, row: readonly (string | null)[]): Observation {
  const [kind, subject, periodFrom, periodTo, value, target, state] = row;
  return {
    metric,
    subjectKind: kind as SubjectKind,
    subject: subject ?? "",
    periodFrom: periodFrom ?? "",
    periodTo: periodTo ?? null,
    value: value ?? null,
    target: target ?? null,
    state: state as ObservationState,
  };
}

async function storedRecords(db: Database, type: string): Promise<Map<string, StoredRecord>> {
  const rows = await readVersions<(string | null)[]>(
    db,
    "records",
    ["t.id", "t.about_kind", "t.about", "t.date", "t.fields"],
    {
      sql: "t.type = :type",
      args: { type },
    },
  );
  return new Map(
    rows.map(([id, aboutKind, about, date, fields]) => [
      id ?? "",
      {
        id: id ?? "",
        type,
        aboutKind: (aboutKind ?? null) as StoredRecord["aboutKind"],
        about: about ?? null,
        date: date ?? null,
        fields: JSON.parse(fields ?? "{}") as StoredRecord["fields"],
      },
    ]),
  );
}
