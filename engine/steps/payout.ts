import { z } from "zod";
import { Id } from "../words/ids.ts";
import { Value } from "../words/reference.ts";
import { lowerAnswered } from "./answered.ts";
import type { StepKindSpec } from "./kind.ts";
import { onward, undoable } from "./shapes.ts";

/** Computes the subject's payout by a plan and books its lines; `done` when booked, `failed` when it could not be. */
export const PayoutStep = z
  .strictObject({ kind: z.literal("payout"), ...onward, ...undoable, plan: Id, period: Value.optional() })
  .meta({ id: "PayoutStep" });
export type PayoutStep = z.infer<typeof PayoutStep>;

export const payout: StepKindSpec<PayoutStep> = {
  title: "Payout",
  summary: "Computes and books a payout",
  waits: "an answer",
  lower: lowerAnswered,
};
