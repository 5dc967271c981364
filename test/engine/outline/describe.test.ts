import { describe, expect, it } from "vitest";
import { catalogueOf } from "#engine/definition/catalogue.ts";
import { describeText, describe as inWords } from "#engine/outline/describe.ts";
import { FORMATS_DOCUMENTS } from "../definition/formats-documents.ts";
import { document, GOOD_STEPS, NEIGHBOURS, workflow } from "../lint/documents.ts";

const catalogue = catalogueOf(NEIGHBOURS);
const text = (source: unknown) => describeText(document(source), catalogue);
const formats = (id: string) => FORMATS_DOCUMENTS.find((one) => one.id === id)!;

describe("describe", () => {
  it("says a workflow step by step, with people, times and ways", () => {
    const { title, sections } = inWords(document(workflow()), catalogue);
    expect(title).toBe("Annual review");
    expect(sections.map(({ heading }) => heading)).toEqual([
      "What it is",
      "1. Review",
      "2. Outlier?",
      "3. Agree",
      "4. Closed",
      "What is kept",
      "What an administrator may change",
    ]);
    expect(sections[1]?.sentences).toEqual([
      "Their manager fills in the form “Review form”.",
      "The time allowed is 10 working days (parameter “Days”), by the calendar office. After that “Late review” begins to climb.",
      "If the answer is “submitted”, it goes on to “Outlier?”. Rating becomes the rating in the review.",
    ]);
  });

  it.each(
    FORMATS_DOCUMENTS.map((source) => [`${source.kind} ${source.id}`, source] as const),
  )("says %s in whole sentences without a trace of the format", (_name, source) => {
    const { sections } = inWords(document(source));
    expect(sections.length).toBeGreaterThan(0);
    for (const sentence of sections.flatMap((section) => section.sentences)) {
      expect(sentence).toMatch(/^[“A-Z0-9].*[.!?”]$/s);
      expect(sentence).not.toMatch(/undefined|\[object|null|NaN/);
    }
  });

  it("ST9: changing a rule, a time, a person or a rate changes the text", () => {
    const outlier = formats("rating-outlier");
    expect(text(outlier)).toContain("rating is at least 4");
    expect(text(JSON.parse(JSON.stringify(outlier).replace('"value":4', '"value":5')))).toContain(
      "rating is at least 5",
    );
    const plan = formats("sales-quarter");
    expect(text(JSON.parse(JSON.stringify(plan).replace('"0.7"', '"0.6"').replace('"0.3"', '"0.4"')))).not.toBe(
      text(plan),
    );
    const changed = workflow({ agree: { ...GOOD_STEPS.agree, actor: { relation: "skip-manager" } } });
    expect(text(workflow())).toContain("The HR partner of their unit decides: agreed or back.");
    expect(text(changed)).toContain("Their manager's manager decides: agreed or back.");
    const longer = workflow({}, { parameters: { days: { title: "Days", type: "workingDays", default: 12 } } });
    expect(text(longer)).toContain("12 working days");
  });

  it("says a ladder level by level", () => {
    expect(text(formats("complaint-unresolved"))).toContain(
      "After 1 working day on the acknowledge clock, the head of their team is told by inbox and e-mail.",
    );
    expect(text(formats("complaint-unresolved"))).toContain("It starts when a complaint is recorded.");
  });

  it("says of a condition that is not finished that it is not", () => {
    const when = { all: [{ fact: "case.rating", operator: "lesThan", value: 1 }] };
    const draft = workflow({ agree: { ...GOOD_STEPS.agree, on: { agreed: { to: "closed", when }, back: "closed" } } });
    expect(text(draft)).toContain("a condition that is not finished yet holds");
  });
});
