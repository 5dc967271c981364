import { describe, expect, it } from "vitest";
import { Form } from "#engine/definition/form.ts";
import { answerReader, checkAnswers, questionState, shownAnswers } from "#engine/definition/form-answers.ts";
import type { Json } from "#engine/words/json.ts";

const low = { all: [{ fact: "answer.rating", operator: "lessThanInclusive", value: 2 }] };
const form = Form.parse({
  kind: "form",
  schema: 1,
  id: "review",
  title: "Review",
  sections: [
    {
      id: "results",
      title: "Results",
      questions: [
        { id: "rating", type: "rating", title: "Rating", required: true },
        { id: "comment", type: "text", title: "Comment", requiredWhen: low },
        { id: "evidence", type: "evidence", title: "Evidence", requiredWhen: low },
        { id: "plan", type: "text", title: "What will help", showWhen: low, required: true, max: 10 },
        {
          id: "when",
          type: "date",
          title: "Until when",
          showWhen: { all: [{ fact: "answer.plan", operator: "isPresent", value: true }] },
          required: true,
        },
        { id: "bonus", type: "number", title: "Bonus", lockedWhen: low },
      ],
    },
  ],
});
const problems = (answers: Record<string, Json>) =>
  checkAnswers(form, answers).map(({ code, path }) => `${code} ${path}`);

describe("questions that depend on answers", () => {
  it("FM3: a rating of 2 or less requires comment and evidence; above it does not", () => {
    for (const rating of [1, 2]) {
      expect(problems({ rating, plan: "training", when: "2026-05-01" })).toEqual([
        "required /comment",
        "required /evidence",
      ]);
      expect(
        problems({ rating, comment: "late twice", evidence: ["a.pdf"], plan: "training", when: "2026-05-01" }),
      ).toEqual([]);
    }
    for (const rating of [3, 4, 5]) expect(problems({ rating })).toEqual([]);
  });

  it("FM3: hidden fields are not validated and not exported, nor what only they showed", () => {
    const typed = { rating: 4, plan: "far longer than ten letters", when: "no date" };
    expect(problems(typed)).toEqual([]);
    expect(shownAnswers(form, typed)).toEqual({ rating: 4 });
    const shown = { ...typed, rating: 2, comment: "c", evidence: ["e"] };
    expect(problems(shown)).toEqual(["bad-answer /plan", "bad-answer /when"]);
    expect(shownAnswers(form, shown)).toEqual(shown);
    expect(shownAnswers(form, {})).toEqual({});
  });

  it("FM3: a field is locked while the condition holds", () => {
    const locked = (rating: number) =>
      form.sections[0]?.questions.map((one) => questionState(one, answerReader({ rating })).locked);
    expect(locked(2)?.at(-1)).toBe(true);
    expect(locked(3)?.at(-1)).toBe(false);
  });
});
