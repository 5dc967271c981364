import { describe, expect, it } from "vitest";
import { Form } from "#engine/definition/form.ts";
import { answersToSend, formState } from "../../../studio/features/inbox/form/form-state.ts";
import { ratingSteps } from "../../../studio/features/inbox/form/rating.tsx";

const form = Form.parse({
  kind: "form",
  schema: 1,
  id: "manager-review",
  title: "Manager review",
  scale: { labels: ["Below", "Meets", "Above"], values: [1, 2, 3] },
  sections: [
    {
      id: "results",
      title: "Results",
      questions: [
        { id: "sales", type: "rating", title: "Sales", required: true },
        {
          id: "why",
          type: "text",
          title: "What explains it?",
          max: 20,
          requiredWhen: { all: [{ fact: "answer.sales", operator: "lessThanInclusive", value: 1 }] },
        },
        {
          id: "plan",
          type: "choice",
          title: "What now?",
          of: ["training", "other"],
          showWhen: { all: [{ fact: "answer.sales", operator: "lessThan", value: 3 }] },
        },
        { id: "days", type: "number", title: "Days", min: 1, max: 10 },
        {
          id: "seal",
          type: "yes-no",
          title: "Sealed?",
          lockedWhen: { all: [{ fact: "answer.plan", operator: "equal", value: "training" }] },
        },
      ],
    },
  ],
});
const stateOf = (answers: Parameters<typeof formState>[1]) => formState(form, answers);

describe("a form while it is filled in", () => {
  it("asks for what is required, and only then", () => {
    expect(stateOf({}).get("sales")).toMatchObject({ required: true, problem: "Needs an answer." });
    expect(stateOf({ sales: 2 }).get("sales")!.problem).toBeNull();
    expect(stateOf({}).get("why")!.required).toBe(false);
    expect(stateOf({ sales: 1 }).get("why")).toMatchObject({ required: true, problem: "Needs an answer." });
    expect(stateOf({ sales: 1, why: "  " }).get("why")!.problem).toBe("Needs an answer.");
    expect(stateOf({ sales: 2 }).get("why")!.required).toBe(false);
  });

  it("shows a question only when its condition is known to hold", () => {
    expect(stateOf({}).get("plan")!.shown).toBe(false);
    expect(stateOf({ sales: 3 }).get("plan")!.shown).toBe(false);
    expect(stateOf({ sales: 2 }).get("plan")!.shown).toBe(true);
  });

  it("locks a question by another answer", () => {
    expect(stateOf({ plan: "training" }).get("seal")!.locked).toBe(true);
    expect(stateOf({ plan: "other" }).get("seal")!.locked).toBe(false);
  });

  it("keeps numbers and texts within their bounds", () => {
    expect(stateOf({ days: 0 }).get("days")!.problem).toBe("Takes at least 1.");
    expect(stateOf({ days: 11 }).get("days")!.problem).toBe("Takes at most 10.");
    expect(stateOf({ days: 10 }).get("days")!.problem).toBeNull();
    expect(stateOf({ why: "x".repeat(21) }).get("why")!.problem).toBe("Takes at most 20 characters.");
  });

  it("sends only what is shown and answered", () => {
    const answers = { sales: 3, plan: "training", why: "", days: null, seal: false };
    expect(answersToSend(answers, stateOf(answers))).toEqual({ sales: 3, seal: false });
  });

  it("takes the steps of a rating from the form's scale, or one to five", () => {
    const [sales] = form.sections[0]!.questions;
    expect(ratingSteps(form, sales!).map((step) => step.label)).toEqual(["Below", "Meets", "Above"]);
    expect(ratingSteps({ ...form, scale: undefined }, sales!)).toHaveLength(5);
  });
});
