import { z } from "zod";
import { Name } from "../words/ids.ts";
import { Json } from "../words/json.ts";
import { Value } from "../words/reference.ts";
import { lowerAnswered } from "./answered.ts";
import type { StepKindSpec } from "./kind.ts";
import { onward, undoable } from "./shapes.ts";

/** Calls a webhook and waits for its answer: `done` with the declared fields, `failed` after the last try. */
export const CallStep = z
  .strictObject({
    kind: z.literal("call"),
    ...onward,
    ...undoable,
    url: z.url({ protocol: /^https?$/ }),
    body: z.record(z.string().max(64), Value).optional(),
    answer: z.record(Name, Json).optional(),
    retries: z.number().int().min(0).max(50).optional(),
  })
  .meta({ id: "CallStep" });
export type CallStep = z.infer<typeof CallStep>;

export const call: StepKindSpec<CallStep> = {
  title: "Call",
  summary: "Calls another system and waits for its answer",
  waits: "an answer",
  lower: lowerAnswered,
};
