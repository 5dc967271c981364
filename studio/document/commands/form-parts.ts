import type { Json } from "#engine/words/json.ts";
import type { Command } from "../document-state.ts";
import { isObject, type JsonObject, valueAt, withValue } from "../json-value.ts";

/** Where something stands in a form: a section, or a question of one. */
export interface FormPlace {
  section: number;
  question: number | null;
}

/** The sections of a form that may not be finished. */
export const sectionsOf = (document: Json): JsonObject[] => {
  const sections = valueAt(document, ["sections"]);
  return Array.isArray(sections) ? sections.filter(isObject) : [];
};

/** The questions of a section that may not be finished. */
export const questionsOf = (section: Json | undefined): JsonObject[] => {
  const questions = valueAt(section, ["questions"]);
  return Array.isArray(questions) ? questions.filter(isObject) : [];
};

/** What a selection of the form editor names: `section 0` or `question 0 2`. */
export const keyOfPlace = ({ section, question }: FormPlace): string =>
  question === null ? `section ${section}` : `question ${section} ${question}`;

/** The place that a selection names, where the form has it. */
export function placeOfKey(document: Json, key: string | undefined): FormPlace | null {
  const match = /^(section|question) (\d+)(?: (\d+))?$/.exec(key ?? "");
  if (!match) return null;
  const section = Number(match[2]);
  const parts = sectionsOf(document)[section];
  if (!parts) return null;
  if (match[1] === "section") return { section, question: null };
  const question = Number(match[3]);
  return questionsOf(parts)[question] ? { section, question } : null;
}

/** The place that a path into a form lies in, e.g. of a problem. */
export function placeOfPath(path: readonly string[]): FormPlace | null {
  if (path[0] !== "sections" || path[1] === undefined) return null;
  const inQuestion = path[2] === "questions" && path[3] !== undefined;
  return { section: Number(path[1]), question: inQuestion ? Number(path[3]) : null };
}

/** Segments to a place. */
export const pathOfPlace = ({ section, question }: FormPlace): string[] =>
  question === null ? ["sections", `${section}`] : ["sections", `${section}`, "questions", `${question}`];

/** Puts a question after a place: last of its section where the place is a section. */
export function addQuestion(after: FormPlace, question: JsonObject): Command {
  return (document) => {
    const path = ["sections", `${after.section}`, "questions"];
    const questions = questionsOf(sectionsOf(document)[after.section]);
    const at = after.question === null ? questions.length : after.question + 1;
    return withValue(document, path, [...questions.slice(0, at), question, ...questions.slice(at)]);
  };
}

/** Puts what stands at one place at another; a question may go to another section. */
export function movePart(from: FormPlace, to: FormPlace): Command {
  return (document) => {
    const sections = sectionsOf(document);
    if (from.question === null || to.question === null) {
      const section = sections[from.section];
      if (!section) return document;
      const rest = sections.filter((_, index) => index !== from.section);
      return withValue(document, ["sections"], [...rest.slice(0, to.section), section, ...rest.slice(to.section)]);
    }
    const question = questionsOf(sections[from.section])[from.question];
    if (!question) return document;
    const without = removePart(from)(document);
    const questions = questionsOf(sectionsOf(without)[to.section]);
    return withValue(
      without,
      ["sections", `${to.section}`, "questions"],
      [...questions.slice(0, to.question), question, ...questions.slice(to.question)],
    );
  };
}

/** Takes a question or a section away; the last section stays, since a form has at least one. */
export function removePart(place: FormPlace): Command {
  return (document) =>
    place.question === null && sectionsOf(document).length < 2
      ? document
      : withValue(document, pathOfPlace(place), undefined);
}
