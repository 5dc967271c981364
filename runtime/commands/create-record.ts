import { v7 } from "uuid";
import type { Announced } from "#engine/execute/triggers.ts";
import type { Json } from "#engine/words/json.ts";
import type { Statement } from "../db/client.ts";
import { rememberKeys } from "../store/idempotency.ts";
import { type OutboxRow, outboxStatements } from "../store/outbox-lanes.ts";
import { readRecordSubjects } from "../store/record-subjects.ts";
import { recordsStatements, type StoredRecord } from "../store/records-write.ts";
import { recordOf } from "./record-fields.ts";
import { Refused } from "./refused.ts";
import type { Principal, Runtime } from "./runtime.ts";

/** A record to write down. */
export interface RecordInput {
  id?: string;
  type: string;
  fields: Record<string, Json>;
  key?: string;
}

/**
 * Writes one record down; triggers on `record.created` see it. Throws `Refused`: a type that is not published, fields that
 * do not fit it (`has-problems`), an id that is taken.
 */
export async function createRecord(runtime: Runtime, principal: Principal, input: RecordInput): Promise<StoredRecord> {
  const { key: _key, ...body } = input;
  return runtime.keys.once<StoredRecord>(principal, input.key, { record: body }, async (remember) => {
    const now = runtime.clock.now();
    const record = await checkedRecord(runtime, input.type, input.id ?? v7({ msecs: now }), input.fields);
    const taken = await readRecordSubjects(runtime.db, [{ kind: "record", type: record.type, id: record.id }]);
    if (taken.size > 0) throw new Refused("already-exists", `There is a ${record.type} "${record.id}" already.`);
    const remembered = remember(record);
    await runtime.db.write([
      ...recordStatements(runtime, record, now),
      ...(remembered ? rememberKeys([remembered]) : []),
    ]);
    recordChanged(runtime, record);
    return record;
  });
}

/** A record whose fields fit its published type. Throws `Refused` with the issues. */
export async function checkedRecord(
  runtime: Runtime,
  type: string,
  id: string,
  fields: Record<string, Json>,
): Promise<StoredRecord> {
  const document = runtime.catalogue.live.find("record-type", type);
  if (!document) throw new Refused("not-live", `There is no published record type "${type}".`);
  const { record, issues } = recordOf(document, id, fields, await runtime.organisation.directory());
  if (issues.length > 0) {
    throw new Refused("has-problems", `The ${document.title} cannot be written down: ${issues[0]!.message}`, {
      issues,
    });
  }
  return record;
}

/** Statements that write a record and tell whoever listens. */
export function recordStatements(runtime: Runtime, record: StoredRecord, now: number): Statement[] {
  const announced = recordAnnouncement(record, now);
  return [
    ...recordsStatements([record], { recordedAt: now, importNo: 0 }),
    ...(runtime.catalogue.listens("record.created") ? outboxStatements([announced]) : []),
  ];
}

/** What is announced of a new record. */
export function recordAnnouncement(record: StoredRecord, now: number): OutboxRow {
  return {
    id: `record/${record.type}/${record.id}/created`,
    caseId: null,
    kind: "announce",
    payload: {
      on: "record.created",
      about: { kind: "record", type: record.type, id: record.id },
      data: {
        ...record.fields,
        record: record.type,
        recordId: record.id,
        person: record.aboutKind === "person" ? record.about : null,
        date: record.date,
      },
    } satisfies Announced,
    at: now,
  };
}

export function recordChanged(runtime: Runtime, record: StoredRecord): void {
  runtime.events.emit({ topic: "records", id: `${record.type}/${record.id}`, revision: 1 });
  runtime.events.emit({ topic: "effects", id: "outbox", revision: 0 });
}
