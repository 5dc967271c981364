import { z } from "zod";
import { Id } from "../words/ids.ts";
import { lowerAsking } from "./asking.ts";
import type { StepKindSpec } from "./kind.ts";
import { asking } from "./shapes.ts";

/** A form that someone fills in; `submitted` unless the step names its outcomes. */
export const FormStep = z.strictObject({ kind: z.literal("form"), ...asking, form: Id }).meta({ id: "FormStep" });
export type FormStep = z.infer<typeof FormStep>;

export const form: StepKindSpec<FormStep> = {
  title: "Form",
  summary: "Someone fills in a form",
  waits: "people",
  lower: lowerAsking,
};
