import { z } from "zod";
import { Clock } from "../time/clock.ts";
import { onward } from "./shapes.ts";
import { Trigger } from "./trigger.ts";

/** Waits for something to happen (`done`), and never for ever: `until` always says when it is `due`. */
export const WaitStep = z
  .strictObject({ kind: z.literal("wait"), ...onward, for: z.array(Trigger).max(20).optional(), until: Clock })
  .meta({ id: "WaitStep" });
export type WaitStep = z.infer<typeof WaitStep>;
