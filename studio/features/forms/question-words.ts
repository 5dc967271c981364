import type { Question } from "#engine/definition/form.ts";

/** What each kind of question asks for, as the builder says it. */
export const QUESTION_WORDS: Record<Question["type"], string> = {
  rating: "Rating",
  text: "Text",
  number: "Number",
  money: "Money",
  percent: "Percent",
  date: "Date",
  choice: "One of a list",
  "multi-choice": "Several of a list",
  "yes-no": "Yes or no",
  person: "A person",
  people: "Several people",
  evidence: "Evidence",
};
