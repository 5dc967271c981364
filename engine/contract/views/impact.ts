import { z } from "zod";
import { Json } from "../../words/json.ts";

/** What a rule set says of somebody, as counts are made of it. */
export const OutcomeView = z
  .object({
    /** `8 %`, `outlier`, `no answer`. */
    label: z.string(),
    kind: z.enum(["answer", "otherwise", "not-evaluated", "unpublished"]),
  })
  .meta({ id: "Outcome" });
export type OutcomeView = z.infer<typeof OutcomeView>;

/** Somebody for whom a draft says something else than what is live. */
export const ImpactPerson = z
  .object({
    id: z.string(),
    name: z.string(),
    unit: z.string().nullable(),
    /** Places in `outcomes`. */
    from: z.number().int(),
    to: z.number().int(),
    /** The rule or row behind it: `row 3`. */
    fromRule: z.string().nullable(),
    toRule: z.string().nullable(),
    /** What was read of them, in the order of `inputs`; null where nothing is known or it is not open to the reader. */
    values: z.array(Json),
  })
  .meta({ id: "ImpactPerson" });
export type ImpactPerson = z.infer<typeof ImpactPerson>;

/** What a draft of a rule set would change: counts first, people second. */
export const ImpactView = z
  .object({
    /** The version it is compared with; null: nothing is live yet. */
    since: z.number().int().nullable(),
    period: z.string().nullable(),
    looked: z.number().int(),
    /** People whose records are not open to the reader: left out of every count. */
    closed: z.number().int(),
    changed: z.number().int(),
    outcomes: z.array(OutcomeView),
    /** How many go from one outcome to another, those that stay included, the most first. */
    moves: z.array(z.object({ from: z.number().int(), to: z.number().int(), people: z.number().int() })),
    inputs: z.array(z.object({ title: z.string(), type: z.string().nullable(), unit: z.string().nullable() })),
    /** By name; at most as many as `peopleShown` says. */
    people: z.array(ImpactPerson),
    /** Sums of the answers that are money, in major units, over everybody looked at. */
    money: z.array(
      z.object({
        title: z.string(),
        unit: z.string().nullable(),
        before: z.string(),
        after: z.string(),
        difference: z.string(),
      }),
    ),
    /** What keeps the draft from saying something, with how many people. */
    missing: z.array(z.object({ fact: z.string(), people: z.number().int() })),
    tookMs: z.number(),
  })
  .meta({ id: "Impact" });
export type ImpactView = z.infer<typeof ImpactView>;
