import type { Kind } from "../definition/definition.ts";
import { didYouMean } from "../words/closest.ts";
import { error, type Issue } from "../words/issue.ts";
import { pointer } from "../words/pointer.ts";
import { documentReferences } from "./document-references.ts";
import type { LintSubject } from "./subject.ts";

const words: Record<Kind, string> = {
  workflow: "workflow",
  escalation: "escalation ladder",
  plan: "incentive plan",
  ruleset: "rule set",
  form: "form",
  metric: "metric",
  calendar: "calendar",
  cadence: "cadence",
  "record-type": "record type",
  scorecard: "scorecard",
  parameters: "parameter sheet",
};

/** A reference to a document that does not exist. Judged only against a catalogue. */
export function unknownDocument(subject: LintSubject): Issue[] {
  if (!subject.complete) return [];
  const { definition } = subject;
  const issues = documentReferences(subject).flatMap(({ kind, id, path }) =>
    subject.find(kind, id)
      ? []
      : [error("unknown-reference", path, `There is no ${words[kind]} "${id}".`, didYouMean(id, subject.ids(kind)))],
  );
  if (definition.kind !== "workflow" && definition.kind !== "escalation") return issues;
  const known = ["person", "unit", "metric", "organisation", "case", "task", ...subject.ids("record-type")];
  if (!known.includes(definition.subject)) {
    const message = `There is no subject "${definition.subject}": it is person, unit, metric or a record type.`;
    issues.push(error("unknown-reference", pointer("subject"), message, didYouMean(definition.subject, known)));
  }
  return issues;
}
