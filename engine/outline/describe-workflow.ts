import type { Workflow } from "../definition/workflow.ts";
import { type PlacedStep, placedSteps } from "../steps/placed-steps.ts";
import { stepSentences } from "./describe-step.ts";
import type { DescriptionSection } from "./description.ts";
import { sharedInWords } from "./meeting-in-words.ts";
import { triggerInWords } from "./trigger-in-words.ts";
import type { Wording } from "./wording.ts";
import { capital, listed, quoted, spell } from "./words.ts";

const onMove: Record<NonNullable<Workflow["onMove"]>, string> = {
  keep: "When people move, open tasks stay with whoever has them.",
  move: "When people move, open tasks go to the new person.",
  share: "When people move, the old and the new person share open tasks.",
  majority: "When people move, open tasks stay with the manager of most of the period.",
};

/** A workflow in words: what it is about and how it starts, then each step in the order in which it is met. */
export function describeWorkflow(workflow: Workflow, wording: Wording): DescriptionSection[] {
  return [
    { heading: "What it is", sentences: introduction(workflow, wording) },
    ...ordered(placedSteps(workflow).all).map((step, index) => ({
      heading: `${index + 1}. ${step.step.title}${whereIn(step)}`,
      sentences: stepSentences(step, wording),
    })),
    { heading: "What is kept", sentences: dataSentences(workflow) },
  ];
}

/** The first step of a frame first; else the author's order, each frame followed by what is in it. */
function ordered(all: PlacedStep[]): PlacedStep[] {
  const inFrame = (owner: PlacedStep | undefined): PlacedStep[] => {
    const here = all.filter((step) => step.scope.owner === owner);
    const first = here.filter((step) => step.scope.start === step.id);
    const rest = here.filter((step) => step.scope.start !== step.id);
    const ends = rest.filter((step) => step.step.kind === "end");
    return [...first, ...rest.filter((step) => step.step.kind !== "end"), ...ends].flatMap((step) => [
      step,
      ...inFrame(step),
    ]);
  };
  return inFrame(undefined);
}

function whereIn({ scope }: PlacedStep): string {
  if (!scope.owner) return "";
  return ` (in ${scope.owner.step.title}${scope.branch ? `, ${scope.branch.title}` : ""})`;
}

function introduction(workflow: Workflow, wording: Wording): string[] {
  const start = workflow.steps[workflow.start];
  return [
    `${quoted(workflow.title)} is about ${workflow.subject === "organisation" ? "the organisation" : `one ${spell(workflow.subject)}`} at a time.`,
    ...(workflow.key
      ? [`There is one case for each ${listed(workflow.key.map(spell))}; starting it again opens nothing new.`]
      : []),
    ...(workflow.eligible ? [`It may be started for those for whom ${wording.condition(workflow.eligible)}.`] : []),
    ...(workflow.triggers ?? []).flatMap((trigger) => [
      `It starts by itself when ${triggerInWords(trigger, wording, workflow.subject)}.`,
      ...(trigger.shared ? [sharedInWords(trigger.shared)] : []),
    ]),
    ...(start ? [`It begins with ${quoted(start.title)}.`] : []),
    ...(workflow.onMove ? [onMove[workflow.onMove]] : []),
  ];
}

function dataSentences({ data }: Workflow): string[] {
  return Object.entries(data ?? {}).flatMap(([name, field]) => {
    const { visibility } = field;
    const title = capital(field.title ?? spell(name));
    const bounds = field.min !== undefined && field.max !== undefined ? ` from ${field.min} to ${field.max}` : "";
    const seen = visibility
      ? ` It is seen by ${listed(visibility.audience.map((one) => `the ${spell(one)}`))}${visibility.subjectAfter ? `; the person sees it once it is ${spell(visibility.subjectAfter)}` : ""}.`
      : "";
    return [`${title} (${spell(field.type)}${bounds}).${seen}`];
  });
}
