import { z } from "zod";
import { Name } from "../words/ids.ts";
import { envelope } from "./envelope.ts";
import { Field } from "./field.ts";

/** A kind of record (a deal, a complaint, a thank-you note) with typed fields. */
export const RecordType = z
  .strictObject({
    ...envelope("record-type"),
    fields: z.record(Name, Field),
    about: Name.optional(),
    date: Name.optional(),
  })
  .meta({ id: "RecordType" });
export type RecordType = z.infer<typeof RecordType>;
