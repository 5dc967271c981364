import { z } from "zod";
import { Clock } from "../time/clock.ts";
import { eventsOf, lapsed } from "./events.ts";
import type { StepKindSpec } from "./kind.ts";
import { onward } from "./shapes.ts";
import { Trigger } from "./trigger.ts";

/** Waits for something to happen (`done`), and never for ever: `until` always says when it is `due`. */
export const WaitStep = z
  .strictObject({ kind: z.literal("wait"), ...onward, for: z.array(Trigger).max(20).optional(), until: Clock })
  .meta({ id: "WaitStep" });
export type WaitStep = z.infer<typeof WaitStep>;

export const wait: StepKindSpec<WaitStep> = {
  title: "Wait",
  summary: "Waits for a date or an event",
  waits: "time",
  lower: (id, step, lowering) => ({
    id,
    meta: { step: id, kind: "wait" },
    entry: [{ type: "enter", params: { step: id } }],
    on: eventsOf(id, step.on, lowering),
    after: {
      [lowering.clock(id, step.title, "until", step.until)]: [
        ...lowering.ways(id, step.on.due ? "due" : "done", step.on),
        lapsed(id),
      ],
    },
  }),
};
