import { z } from "zod";
import { Name } from "../words/ids.ts";
import { envelope } from "./envelope.ts";
import { Parameter } from "./parameter.ts";

/** A sheet of parameters that several documents share. */
export const ParameterSheet = z
  .strictObject({ ...envelope("parameters"), values: z.record(Name, Parameter) })
  .meta({ id: "ParameterSheet" });
export type ParameterSheet = z.infer<typeof ParameterSheet>;
