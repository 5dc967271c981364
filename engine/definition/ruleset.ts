import { z } from "zod";
import { rulesetShape } from "../rules/ruleset.ts";
import { envelope, parameterised } from "./envelope.ts";

/** Rules in json-rules-engine's format, or a decision table that lowers to them. */
export const Ruleset = z
  .strictObject({ ...envelope("ruleset"), ...parameterised, ...rulesetShape })
  .refine((ruleset) => (ruleset.rules === undefined) !== (ruleset.table === undefined), {
    error: 'a rule set has either "rules" or a "table"',
  })
  .meta({ id: "Ruleset" });
export type Ruleset = z.infer<typeof Ruleset>;
