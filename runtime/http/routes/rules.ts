import { parse } from "#engine/definition/parse.ts";
import { proposeTests } from "#engine/rules/analyse/propose-tests.ts";
import { coverageOf } from "#engine/rules/coverage.ts";
import { compileRuleset } from "#engine/rules/decide.ts";
import { Refused } from "../../commands/refused.ts";
import { tellStories } from "../../commands/tell-stories.ts";
import { personFacts } from "../../projections/person-facts.ts";
import { publishedWhyNot } from "../../projections/rules-why-not.ts";
import { rulesetOf, tryRules } from "../../projections/try-rules-view.ts";
import type { HandlersOf } from "../handler.ts";

/** Asking rules: trying them before they are saved, their test cases, facts of a person, and "why not?". */
export const rules: HandlersOf<"tryRules" | "testRules" | "testWorkflow" | "personFacts" | "rulesWhyNot"> = {
  tryRules: ({ body }, { runtime, reader }) => {
    reader.policy.require("design");
    return tryRules(runtime, reader, body);
  },

  testRules: ({ body }, { reader }) => {
    reader.policy.require("design");
    const ruleset = rulesetOf(body.document);
    // Says what is wrong where it cannot be compiled, as tests would not run then.
    compileRuleset(ruleset);
    const { runs, parts, ...coverage } = coverageOf(ruleset)!;
    return {
      runs: runs.map(({ index, title, green, problems }) => ({ index, title, green, problems })),
      kind: coverage.kind,
      reached: coverage.reached,
      total: coverage.total,
      unreached: parts.flatMap(({ index, name, decidedIn }) => (decidedIn.length === 0 ? [{ index, name }] : [])),
      proposed: proposeTests(ruleset).map(({ test }) => test),
    };
  },

  testWorkflow: async ({ body }, { runtime, reader }) => {
    reader.policy.require("design");
    const read = parse(body.document);
    if (!read.ok) throw new Refused("has-problems", "The workflow cannot be read yet.", { issues: read.issues });
    const coverage = await tellStories(runtime, read.definition);
    if (!coverage)
      throw new Refused("has-problems", "It cannot run yet: put right what the problems say, then try again.");
    const { runs, kind, reached, total, parts } = coverage;
    const unreached = parts.flatMap(({ words, path, walkedIn }, index) =>
      walkedIn.length === 0 ? [{ index, name: words, path }] : [],
    );
    return { runs, kind, reached, total, unreached };
  },

  personFacts: async ({ params, body }, { runtime, reader }) => ({
    items: await personFacts(runtime, reader, {
      person: params.id,
      period: body.period ?? null,
      ruleset: body.ruleset,
      facts: body.facts.map(({ fact, params: given }) => ({ fact, ...(given && { params: given }) })),
    }),
  }),

  rulesWhyNot: ({ params, body }, { runtime, reader }) => {
    // Typed facts say nothing about anybody; a person's are checked where they are read.
    if (body.person === undefined) reader.policy.require("design");
    return publishedWhyNot(runtime, reader, params.id, body);
  },
};
