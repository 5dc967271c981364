import { z } from "zod";
import { Id } from "../words/ids.ts";
import { lowerAsking } from "./asking.ts";
import type { StepKindSpec } from "./kind.ts";
import { asking } from "./shapes.ts";

/** A decision by a person: approve or reject, acknowledge or dispute, or whatever outcomes the step names. */
export const ApprovalStep = z
  .strictObject({ kind: z.literal("approval"), ...asking, form: Id.optional() })
  .meta({ id: "ApprovalStep" });
export type ApprovalStep = z.infer<typeof ApprovalStep>;

export const approval: StepKindSpec<ApprovalStep> = {
  title: "Approval",
  summary: "Someone decides: approve, reject, acknowledge",
  waits: "people",
  lower: lowerAsking,
};
