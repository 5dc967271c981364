import { z } from "zod";
import { Name } from "../words/ids.ts";
import { Value } from "../words/reference.ts";
import { lowerInstant } from "./instant.ts";
import type { StepKindSpec } from "./kind.ts";
import { onward, undoable } from "./shapes.ts";

/** One value to write: to a person's field, to a metric as an observation, or into a record of some type. */
const write = z
  .union([
    z.strictObject({ to: z.string().regex(/^person\.[a-z][a-zA-Z0-9]*$/, "write person.<field>"), value: Value }),
    z.strictObject({ metric: z.string().max(64), value: Value, period: Value.optional() }),
    z.strictObject({ record: z.string().max(64), fields: z.record(Name, Value) }),
  ])
  .meta({ id: "RecordWrite" });
export type RecordWrite = z.infer<typeof write>;

/** Writes results down: case data, a person's field, an observation, a record; and releases fields to the subject. */
export const RecordStep = z
  .strictObject({
    kind: z.literal("record"),
    ...onward,
    ...undoable,
    set: z.record(Name, Value).optional(),
    write: z.array(write).max(50).optional(),
    release: z.array(Name).max(100).optional(),
  })
  .meta({ id: "RecordStep" });
export type RecordStep = z.infer<typeof RecordStep>;

export const record: StepKindSpec<RecordStep> = {
  title: "Record",
  summary: "Writes results down and releases them",
  waits: "nothing",
  lower: (id, step, lowering) =>
    lowerInstant(
      id,
      "record",
      step.on,
      [
        { type: "set", params: { step: id } },
        { type: "write", params: { step: id } },
      ],
      lowering,
    ),
};
