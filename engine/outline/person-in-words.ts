import { factPeopleInWords } from "../organisation/fact-people.ts";
import type { PersonRef } from "../words/reference.ts";
import { listed, spell } from "./words.ts";

const relations: Record<string, string> = {
  subject: "the person themselves",
  manager: "their manager",
  "skip-manager": "their manager's manager",
  "matrix-manager": "their matrix manager",
  reports: "their direct reports",
  peers: "their peers",
};

/**
 * A person reference as an employee would say it: `their manager`, `the HR partner of their unit`, `the head of their
 * region (or the HR admin of their unit if nobody is found)`. "Their" is whom the case is about.
 */
export function personInWords(ref: PersonRef): string {
  const remarks = [
    ...(ref.except?.length ? [`except ${listed(ref.except.map(personInWords))}`] : []),
    ...(ref.else ? [`or ${personInWords(ref.else)} if nobody is found`] : []),
  ];
  return remarks.length > 0 ? `${wayInWords(ref)} (${remarks.join("; ")})` : wayInWords(ref);
}

/** Several references: `their manager and the HR partner of their unit`. */
export function peopleInWords(refs: readonly PersonRef[]): string {
  return listed(refs.map(personInWords));
}

/** Whether a reference means one person, grammatically: `their manager fills in`, `their peers fill in`. */
export function isSingular(ref: PersonRef): boolean {
  return (
    !("relation" in ref && (ref.relation === "reports" || ref.relation === "peers")) &&
    !("fact" in ref && ref.fact !== undefined)
  );
}

function wayInWords(ref: PersonRef): string {
  if ("relation" in ref && ref.relation !== undefined) {
    const words = relations[ref.relation] ?? spell(ref.relation);
    return ref.of === "actor"
      ? words.replace(/^their/, "the actor's").replace("the person themselves", "the actor")
      : words;
  }
  if ("role" in ref && ref.role !== undefined) return `the ${spell(ref.role)} of their unit`;
  if ("unitRole" in ref && ref.unitRole !== undefined)
    return `the ${spell(ref.unitRole)} of their ${spell(ref.level ?? "unit")}`;
  if ("queue" in ref && ref.queue !== undefined) return `whoever is next in the ${spell(ref.queue)} queue`;
  if ("metric" in ref && ref.metric !== undefined) return `the ${ref.metric} of the metric`;
  return factPeopleInWords("fact" in ref ? ref.fact : "case");
}
