import type { Json } from "../../words/json.ts";
import { coverageOf } from "../coverage.ts";
import type { RulesetBody } from "../decide.ts";
import { type ParameterisedRuleset, parameterOf, parameterValues, withParameters } from "../parameter-values.ts";
import { compiledOrNot } from "../ruleset-tests.ts";
import { type Box, boxesMeet } from "./box.ts";
import { Budget } from "./budget.ts";
import { findHoles } from "./cover.ts";
import { type Entry, type Subject, wholeBox } from "./entry.ts";
import { sampleFacts, sampleOf, sampleReader } from "./sample.ts";
import { subjectOf } from "./subject.ts";

/** A test case that would reach a rule or row which none reaches yet, expecting what the rules say today. */
export interface ProposedTest {
  index: number;
  test: { title: string; facts: Record<string, Json>; expect: { event: string; params?: Record<string, Json> } };
}

/**
 * Test cases for the rules and rows that no test reaches: a sample for which each decides. They pin what the rules do, and
 * are for a person to look at before they are kept. None for what can never decide, or is only partly understood.
 */
export function proposeTests(ruleset: ParameterisedRuleset): ProposedTest[] {
  const [coverage, compiled, subject] = [coverageOf(ruleset), compiledOrNot(ruleset), subjectOf(ruleset)];
  if (!coverage || !compiled || !subject) return [];
  const values = parameterValues(ruleset);
  const unreached = new Set(coverage.parts.filter(({ decidedIn }) => decidedIn.length === 0).map(({ index }) => index));
  return subject.entries.flatMap((entry, at) => {
    if (!unreached.has(entry.index)) return [];
    const box = decidingBox(entry, ruleset, subject, at);
    if (!box) return [];
    const inputs = sampleOf(box, subject.dimensions);
    const facts = sampleFacts(inputs);
    const { winner, outcome, verdicts } = compiled.decide(withParameters(sampleReader(inputs), values));
    const decides = ruleset.table ? verdicts.some((one) => one.index === entry.index) : winner?.index === entry.index;
    if (!facts || !winner || !decides) return [];
    // A test keeps the values it was found with: a changed parameter asks for another look at the answer, not at the test.
    for (const { fact } of compiled.facts) {
      const name = parameterOf(fact);
      if (name !== undefined && Object.hasOwn(values, name)) facts[fact] = values[name] as Json;
    }
    const params = winner.event.params as Record<string, Json> | undefined;
    const title = `${entry.name.replaceAll('"', "")} decides`;
    return [{ index: entry.index, test: { title, facts, expect: { event: outcome, ...(params && { params }) } } }];
  });
}

/** Inputs for which an entry decides: all of its own where every match counts, else what those before it leave. */
function decidingBox(entry: Entry, ruleset: RulesetBody, subject: Subject, at: number): Box | undefined {
  const policy = ruleset.table?.hitPolicy;
  const first = policy === undefined || policy === "first" || policy === "priority";
  const alone = policy === "unique" || policy === "any";
  for (const own of entry.answers.sure) {
    const others = first
      ? subject.entries.slice(0, at)
      : alone
        ? subject.entries.filter((other) => other !== entry)
        : [];
    const boxes = others.flatMap((other) => other.blocks.maybe.filter((box) => boxesMeet(box, own)));
    const [hole] = findHoles(wholeBox(own, subject.full), boxes, new Budget(1_000_000), 1).holes;
    if (hole) return hole;
  }
  return undefined;
}
