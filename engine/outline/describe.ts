import type { Catalogue } from "../definition/catalogue.ts";
import type { Definition } from "../definition/definition.ts";
import { planInWords } from "../incentive/plan-words.ts";
import { describeForm } from "./describe-form.ts";
import { describeLadder } from "./describe-ladder.ts";
import { describeRuleset } from "./describe-ruleset.ts";
import {
  describeCadence,
  describeCalendar,
  describeMetric,
  describeRecordType,
  describeScorecard,
} from "./describe-small.ts";
import { describeWorkflow } from "./describe-workflow.ts";
import type { Description, DescriptionSection } from "./description.ts";
import { parameterSentences } from "./parameters-in-words.ts";
import { type Wording, wordingOf } from "./wording.ts";

/**
 * A definition as the employee handbook would say it, made from the very document that runs, so that the text cannot
 * drift from it (ST9). Order: what it is, how it goes, what an admin may change.
 * @param catalogue gives titles to the documents it names
 */
export function describe(definition: Definition, catalogue?: Catalogue): Description {
  const wording = wordingOf(definition, catalogue);
  const declared =
    definition.kind === "parameters"
      ? definition.values
      : "parameters" in definition
        ? definition.parameters
        : undefined;
  const parameters = parameterSentences(declared ?? {});
  const sections = [
    ...(definition.description ? [{ heading: "Purpose", sentences: [definition.description] }] : []),
    ...body(definition, wording),
    ...(parameters.length > 0 ? [{ heading: "What an administrator may change", sentences: parameters }] : []),
  ];
  return { title: definition.title, sections: sections.filter((section) => section.sentences.length > 0) };
}

/** The description as one text: the title, then each heading with its sentences. */
export function describeText(definition: Definition, catalogue?: Catalogue): string {
  const { title, sections } = describe(definition, catalogue);
  return [title, ...sections.map(({ heading, sentences }) => `${heading}\n${sentences.join("\n")}`)].join("\n\n");
}

function body(definition: Definition, wording: Wording): DescriptionSection[] {
  switch (definition.kind) {
    case "workflow":
      return describeWorkflow(definition, wording);
    case "escalation":
      return describeLadder(definition, wording);
    case "plan":
      return [{ heading: "How pay is computed", sentences: planInWords(definition, planTitles(definition, wording)) }];
    case "ruleset":
      return describeRuleset(definition, wording);
    case "form":
      return describeForm(definition, wording);
    case "metric":
      return describeMetric(definition);
    case "calendar":
      return describeCalendar(definition);
    case "cadence":
      return describeCadence(definition, wording);
    case "record-type":
      return describeRecordType(definition);
    case "scorecard":
      return describeScorecard(definition, wording);
    case "parameters":
      return [];
  }
}

/** Titles by id, as the plan's own sentences take them. */
function planTitles(plan: Extract<Definition, { kind: "plan" }>, wording: Wording): Record<string, string> {
  const bare = (quotedTitle: string) => quotedTitle.slice(1, -1);
  return Object.fromEntries([
    ...(plan.components ?? []).map(({ measure }) => [measure, bare(wording.document("metric", measure))]),
    ...(plan.modifiers ?? []).map(({ rules }) => [rules, bare(wording.document("ruleset", rules))]),
  ]);
}
