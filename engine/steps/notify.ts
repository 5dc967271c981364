import { z } from "zod";
import { Channel } from "../words/channel.ts";
import { PersonRef } from "../words/reference.ts";
import { lowerInstant } from "./instant.ts";
import type { StepKindSpec } from "./kind.ts";
import { onward, undoable } from "./shapes.ts";

/** Tells people something and goes on at once. */
export const NotifyStep = z
  .strictObject({
    kind: z.literal("notify"),
    ...onward,
    ...undoable,
    to: z.array(PersonRef).min(1).max(20),
    via: z.array(Channel).min(1).optional(),
    message: z.string().min(1).max(4000),
    optional: z.boolean().optional(),
  })
  .meta({ id: "NotifyStep" });
export type NotifyStep = z.infer<typeof NotifyStep>;

export const notify: StepKindSpec<NotifyStep> = {
  title: "Notify",
  summary: "Tells people something",
  waits: "nothing",
  lower: (id, step, lowering) =>
    lowerInstant(id, "notify", step.on, [{ type: "tell", params: { step: id } }], lowering),
};
