import type { z } from "zod";
import type { RecordView } from "#engine/contract/views/organisation.ts";
import type { Reader } from "../access/reader.ts";
import type { Runtime } from "../commands/runtime.ts";
import { casesOfRecords } from "../store/record-cases.ts";
import type { StoredRecord } from "../store/records-write.ts";
import { briefOf } from "./me-view.ts";
import { visibleCases } from "./visible-cases.ts";

export type Recorded = z.infer<typeof RecordView>;

/** Records as lists show them, each with the cases about it that the reader may see. */
export async function recordViews(
  runtime: Runtime,
  reader: Reader,
  records: readonly StoredRecord[],
): Promise<Recorded[]> {
  const directory = await runtime.organisation.directory();
  const cases = await casesOfRecords(runtime.db, visibleCases(reader), records);
  return records.map(({ id, type, date, aboutKind, about, fields }) => ({
    id,
    type,
    date,
    about:
      about === null
        ? null
        : aboutKind === "unit"
          ? { id: about, name: directory.unit(about)?.title ?? about, title: null }
          : briefOf(directory, about),
    fields,
    cases: cases.get(`${type}/${id}`) ?? [],
  }));
}
