import { z } from "zod";
import { Id } from "../words/ids.ts";
import { asking } from "./shapes.ts";

/** A form that someone fills in; `submitted` unless the step names its outcomes. */
export const FormStep = z.strictObject({ kind: z.literal("form"), ...asking, form: Id }).meta({ id: "FormStep" });
export type FormStep = z.infer<typeof FormStep>;
