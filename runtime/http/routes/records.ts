import { Forbidden } from "../../access/forbidden.ts";
import type { Policy } from "../../access/policy.ts";
import { checkedRecord, createRecord } from "../../commands/create-record.ts";
import { recordViews } from "../../projections/record-view.ts";
import { visibleSubjects } from "../../projections/visible-subjects.ts";
import { listRecords } from "../../store/records-list.ts";
import type { StoredRecord } from "../../store/records-write.ts";
import { positionCursor } from "../cursor.ts";
import type { HandlersOf } from "../handler.ts";

/** Complaints, deals, thank-you notes: what was written down. */
export const records: HandlersOf<"records" | "createRecord"> = {
  records: async ({ query }, { runtime, reader }) => {
    const visible = visibleSubjects(reader.policy);
    const cursor = positionCursor(query.cursor);
    const page = await listRecords(runtime.db, {
      ...(query.type === undefined ? {} : { type: query.type }),
      ...(query.about === undefined ? {} : { about: query.about }),
      ...(visible === undefined ? {} : { visible }),
      ...(cursor === undefined ? {} : { cursor }),
      limit: query.limit ?? 50,
    });
    return { ...page, items: await recordViews(runtime, reader, page.items) };
  },

  createRecord: async ({ body }, { runtime, reader, key }) => {
    const planned = await checkedRecord(runtime, body.type, body.id ?? "", body.fields);
    requireWriting(reader.policy, planned);
    const once = body.key ?? key;
    const record = await createRecord(runtime, reader, {
      type: body.type,
      fields: body.fields,
      ...(body.id === undefined ? {} : { id: body.id }),
      ...(once === undefined ? {} : { key: once }),
    });
    const [view] = await recordViews(runtime, reader, [record]);
    return view!;
  },
};

/**
 * Records begin cases and are counted for pay. Who looks after data or pay writes any; everybody else only about people and
 * units whose data are open to them or about nobody, and never about themselves.
 */
function requireWriting(policy: Policy, { type, aboutKind, about }: StoredRecord): void {
  if (policy.administersAll || policy.may("metrics") || policy.may("incentives")) return;
  const open =
    about === null ||
    (aboutKind === "unit" ? policy.seesUnit(about) : about !== policy.personId && policy.seesPerson(about));
  if (!open) {
    throw new Forbidden("You may write records only about people and units that you look after.", {
      kind: "record-type",
      id: type,
    });
  }
}
