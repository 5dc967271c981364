import { z } from "zod";
import { Id, Name } from "../words/ids.ts";
import { Value } from "../words/reference.ts";
import { base } from "./shapes.ts";

/** The end of the case, or of the group, branch or subflow around it, with an outcome and a result. */
export const EndStep = z
  .strictObject({ kind: z.literal("end"), ...base, outcome: Id.optional(), result: z.record(Name, Value).optional() })
  .meta({ id: "EndStep" });
export type EndStep = z.infer<typeof EndStep>;
