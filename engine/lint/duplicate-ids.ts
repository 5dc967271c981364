import { error, type Issue } from "../words/issue.ts";
import { pointer } from "../words/pointer.ts";
import type { LintSubject } from "./subject.ts";

/** An id that names two things: steps across groups and branches, levels, sections, questions. */
export function duplicateIds({ definition, placed }: LintSubject): Issue[] {
  switch (definition.kind) {
    case "workflow":
      return placed.all
        .filter((step) => placed.byId.get(step.id) !== step)
        .map((step) =>
          error(
            "duplicate-id",
            step.path,
            `There is another step "${step.id}" in this workflow.`,
            "Ids are unique across groups and branches, since facts and tasks name steps by them. Rename one.",
          ),
        );
    case "escalation":
      return twice(definition.levels, "level", "levels");
    case "form": {
      const questions = definition.sections.flatMap((section, s) =>
        section.questions.map((question, q) => ({ id: question.id, path: pointer("sections", s, "questions", q) })),
      );
      return [...twice(definition.sections, "section", "sections"), ...twicePlaced(questions, "question")];
    }
    default:
      return [];
  }
}

const twice = (list: readonly { id: string }[], what: string, member: string) =>
  twicePlaced(
    list.map(({ id }, index) => ({ id, path: pointer(member, index) })),
    what,
  );

function twicePlaced(list: { id: string; path: string }[], what: string): Issue[] {
  const seen = new Set<string>();
  return list.flatMap(({ id, path }) => {
    if (!seen.has(id)) {
      seen.add(id);
      return [];
    }
    return [error("duplicate-id", path, `There is another ${what} "${id}".`, "Rename one of the two.")];
  });
}
