import { z } from "zod";
import { Id } from "../words/ids.ts";
import { lowerAnswered } from "./answered.ts";
import { lowerAsking } from "./asking.ts";
import type { StepKindSpec } from "./kind.ts";
import { asking, Shared } from "./shapes.ts";

/** A session in which ratings of a group are aligned; `shared` lets many cases meet in one session. */
export const CalibrationStep = z
  .strictObject({ kind: z.literal("calibration"), ...asking, form: Id.optional(), shared: Shared.optional() })
  .meta({ id: "CalibrationStep" });
export type CalibrationStep = z.infer<typeof CalibrationStep>;

export const calibration: StepKindSpec<CalibrationStep> = {
  title: "Calibration",
  summary: "A session aligns ratings",
  waits: "people",
  lower: (id, step, lowering) => {
    if (!step.shared) return lowerAsking(id, step, lowering);
    // The session's own time is up: that is an answer here, and no clock of this case.
    const node = lowerAnswered(id, step, lowering);
    return step.on.due ? { ...node, on: { ...node.on, [`${id}.due`]: lowering.ways(id, "due", step.on) } } : node;
  },
};
