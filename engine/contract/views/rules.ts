import { z } from "zod";
import { Json } from "../../words/json.ts";

/** A fact of a person as it is known now, and where it comes from. */
export const FactView = z
  .object({
    fact: z.string(),
    params: z.record(z.string(), Json),
    /** Null where nothing is known, or it is not open to the reader. */
    value: Json,
    /** The date that the data cover, or since when it holds. */
    asOf: z.string().nullable(),
    /** In words: `people data`, `metric “Laptops sold”, 2026-02`. */
    source: z.string(),
  })
  .meta({ id: "FactView" });
export type FactView = z.infer<typeof FactView>;

/** A comparison that keeps a rule from holding: what the fact is, and what it would need to be. */
export const FailingView = z
  .object({
    fact: z.string(),
    actual: Json,
    needed: z.string(),
    /** How far a number is from its threshold. */
    short: z.string().nullable(),
    source: z.string(),
    asOf: z.string().nullable(),
    words: z.string(),
  })
  .meta({ id: "FailingView" });
export type FailingView = z.infer<typeof FailingView>;

/** "Why not?": the smallest set of changes to the facts that gives the wanted answer, and what each rule fails by. */
export const WhyNotView = z
  .object({
    question: z.string(),
    /** What is answered now, and what was asked for. */
    now: z.string(),
    wanted: z.string(),
    possible: z.boolean(),
    /** No smaller set of facts would do. */
    smallest: z.boolean(),
    words: z.string(),
    changes: z.array(
      z.object({
        fact: z.string(),
        /** The place that is read, so that the change can be tried. */
        use: z.object({
          fact: z.string(),
          params: z.record(z.string(), Json).optional(),
          path: z.string().optional(),
        }),
        from: Json,
        to: Json,
        /** Both as people write them: `72 %`, `not known`. */
        was: z.string(),
        would: z.string(),
        words: z.string(),
        source: z.string(),
        asOf: z.string().nullable(),
      }),
    ),
    /** For every rule that does not hold: the conditions that fail. Of a long table the rows that would give the answer. */
    failing: z.array(
      z.object({
        rule: z.string(),
        event: z.string(),
        verdict: z.enum(["false", "not evaluated"]),
        conditions: z.array(FailingView),
      }),
    ),
    /** Answers that can be asked for. */
    answers: z.array(z.string()),
  })
  .meta({ id: "WhyNotView" });
export type WhyNotView = z.infer<typeof WhyNotView>;

/** How the test cases of a rule set went on the server, and what they reach. */
const testRuns = z.array(
  z.object({ index: z.number().int(), title: z.string(), green: z.boolean(), problems: z.array(z.string()) }),
);

/** How the stories of a workflow go, and the transitions that none of them takes. */
export const WorkflowTestsView = z
  .object({
    runs: testRuns,
    kind: z.literal("transitions"),
    reached: z.number().int(),
    total: z.number().int(),
    /** By place in the drawing, in words, with the JSON Pointer of each. */
    unreached: z.array(z.object({ index: z.number().int(), name: z.string(), path: z.string() })),
  })
  .meta({ id: "WorkflowTestsView" });
export type WorkflowTestsView = z.infer<typeof WorkflowTestsView>;

export const RulesetTestsView = z
  .object({
    runs: testRuns,
    /** Rules or rows that decided in at least one test. */
    kind: z.enum(["rules", "rows"]),
    reached: z.number().int(),
    total: z.number().int(),
    unreached: z.array(z.object({ index: z.number().int(), name: z.string() })),
    proposed: z.array(
      z.object({
        title: z.string(),
        facts: z.record(z.string(), Json),
        expect: z.object({ event: z.string(), params: z.record(z.string(), Json).optional() }),
      }),
    ),
  })
  .meta({ id: "RulesetTestsView" });
export type RulesetTestsView = z.infer<typeof RulesetTestsView>;
