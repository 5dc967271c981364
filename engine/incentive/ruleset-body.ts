import type { z } from "zod";
import type { rulesetShape } from "../rules/ruleset.ts";

/** A rule set as a modifier needs it: its own members, whatever envelope it comes in. */
export type RulesetBody = z.infer<z.ZodObject<typeof rulesetShape>>;
