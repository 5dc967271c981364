import type { DefinitionOf } from "../definition/definition.ts";
import type { Question } from "../definition/form.ts";
import { percentText } from "../incentive/numeric.ts";
import type { DescriptionSection } from "./description.ts";
import type { Wording } from "./wording.ts";
import { listed, quoted, spell } from "./words.ts";

/** A form in words: its sections and questions, how it is scored, and who may do what. */
export function describeForm(form: DefinitionOf<"form">, wording: Wording): DescriptionSection[] {
  return [
    ...form.sections.map((section) => ({
      heading: `${section.title}${section.weight ? ` (${percentText(section.weight)})` : ""}`,
      sentences: [
        ...(section.description ? [section.description] : []),
        ...section.questions.map((question) => questionInWords(question, wording)),
      ],
    })),
    { heading: "How it is scored", sentences: scoreSentences(form) },
    { heading: "Who sees what", sentences: permissionSentences(form) },
  ];
}

function questionInWords(question: Question, wording: Wording): string {
  const choices = question.of ? `: ${listed(question.of.map(String), "or")}` : "";
  const bounds = question.min !== undefined && question.max !== undefined ? `, ${question.min} to ${question.max}` : "";
  const weight = question.weight ? `, ${percentText(question.weight)} of the section` : "";
  const rest = [
    ...(question.help ? [question.help] : []),
    ...(question.shows ? [`It shows ${wording.document("metric", question.shows.metric)}.`] : []),
    ...(question.showWhen ? [`It is asked if ${wording.condition(question.showWhen)}.`] : []),
    ...(question.required ? ["It must be answered."] : []),
    ...(question.requiredWhen ? [`It must be answered if ${wording.condition(question.requiredWhen)}.`] : []),
    ...(question.lockedWhen ? [`It cannot be changed if ${wording.condition(question.lockedWhen)}.`] : []),
  ].join(" ");
  return `${quoted(question.title)} (${spell(question.type)}${choices}${bounds}${weight}).${rest ? ` ${rest}` : ""}`;
}

const missing = {
  renormalise: "Unanswered questions are left out and the other weights scaled up.",
  block: "There is no score until everything is answered.",
  zero: "Unanswered questions count as zero.",
};

function scoreSentences({ scale, score }: DefinitionOf<"form">): string[] {
  const labels = scale
    ? [`The scale is ${listed(scale.labels.map((label, index) => `${label} (${scale.values[index] ?? "?"})`))}.`]
    : [];
  if (!score || score.kind === "none") return labels;
  const how =
    score.kind === "sum" ? "The score is the sum of the answers." : "The score is the weighted mean of the answers.";
  return [...labels, how, ...(score.missing ? [missing[score.missing]] : [])];
}

const mayDo = { none: "see nothing", read: "read it", write: "fill it in", required: "have to fill it in" };

function permissionSentences({ permissions }: DefinitionOf<"form">): string[] {
  return Object.entries(permissions ?? {}).map(([who, may]) => {
    const name = who === "subject" ? "The person themselves" : `The ${spell(who)}`;
    if (typeof may === "string") return `${name} may ${mayDo[may]}.`;
    const parts = Object.entries(may).map(([when, what]) => `${spell(when.replace(":", " "))}, ${mayDo[what]}`);
    return `${name} may: ${parts.join("; ")}.`;
  });
}
