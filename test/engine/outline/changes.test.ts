import { describe, expect, it } from "vitest";
import { semanticDiff } from "#engine/outline/changes.ts";
import { FORMATS_DOCUMENTS } from "../definition/formats-documents.ts";
import { document, GOOD_STEPS, workflow } from "../lint/documents.ts";

const words = (before: unknown, after: unknown) =>
  semanticDiff(document(before), document(after)).map((change) => change.words);
const formats = (id: string) =>
  structuredClone(FORMATS_DOCUMENTS.find((one) => one.id === id)) as unknown as Record<string, unknown>;

describe("semanticDiff", () => {
  it("finds nothing in a move of boxes, a note, or another order of keys", () => {
    const moved = workflow({}, { layout: { review: { x: 5, y: 5 } }, notes: [{ text: "hm" }] });
    expect(words(workflow(), moved)).toEqual([]);
    expect(words(workflow(), Object.fromEntries(Object.entries(workflow()).reverse()))).toEqual([]);
  });

  it("names a step that was added, and one that was removed", () => {
    const more = workflow({ extra: { kind: "end", title: "Cancelled" } });
    expect(semanticDiff(document(workflow()), document(more))).toEqual([
      { kind: "added", path: "/steps/extra", words: "The step “Cancelled” was added." },
    ]);
    expect(semanticDiff(document(more), document(workflow()))).toEqual([
      { kind: "removed", path: "/steps/extra", words: "The step “Cancelled” was removed." },
    ]);
  });

  it.each<[string, Record<string, unknown>, string[]]>([
    [
      "a person",
      workflow({ agree: { ...GOOD_STEPS.agree, actor: { relation: "manager" } } }),
      ["The actor of the step “Agree” changed from the HR partner of their unit to their manager."],
    ],
    [
      "a title",
      workflow({ agree: { ...GOOD_STEPS.agree, title: "Consent" } }),
      ["The title of the step “Consent” changed from “Agree” to “Consent”."],
    ],
    [
      "a target",
      workflow({ agree: { ...GOOD_STEPS.agree, on: { ...GOOD_STEPS.agree.on, agreed: "review" } } }),
      ["The way on “agreed” of the step “Agree” changed from “closed” to “review”."],
    ],
    [
      "a bound",
      workflow({
        agree: { ...GOOD_STEPS.agree, on: { ...GOOD_STEPS.agree.on, back: { to: "review", maxVisits: 3 } } },
      }),
      ["The max visits of the way on “back” of the step “Agree” changed from 2 to 3."],
    ],
    [
      "a deadline",
      workflow({ agree: { ...GOOD_STEPS.agree, deadline: { after: { days: 3 } } } }),
      ["The deadline of the step “Agree” was added: after."],
    ],
    [
      "a duration",
      workflow({
        review: { ...GOOD_STEPS.review, deadline: { ...GOOD_STEPS.review.deadline, after: { workingDays: 4 } } },
      }),
      [
        "The time of the deadline of the step “Review” changed from 10 working days (parameter “Days”) to 4 working days.",
      ],
    ],
    [
      "a parameter",
      workflow({}, { parameters: { days: { title: "Days", type: "workingDays", default: 12, min: 3, max: 30 } } }),
      ["The default of the parameter “Days” changed from 10 to 12."],
    ],
    [
      "outcomes",
      workflow({ agree: { ...GOOD_STEPS.agree, outcomes: ["agreed", "back", "later"] } }),
      ["The outcomes of the step “Agree” changed from “agreed” and “back” to “agreed”, “back” and “later”."],
    ],
    [
      "a field",
      workflow({}, { data: { rating: { type: "integer" } } }),
      ["The type of the field “rating” changed from “number” to “integer”."],
    ],
  ])("says %s in words", (_name, after, expected) => {
    expect(words(workflow(), after)).toEqual(expected);
  });

  it("says a changed rule by its condition, before and after", () => {
    const after = JSON.parse(JSON.stringify(formats("rating-outlier")).replace('"value":4', '"value":5'));
    const [change] = words(formats("rating-outlier"), after);
    expect(change).toMatch(
      /^The condition of the rule “far from results” changed from rating is at least 4 and .* to rating is at least 5 and /,
    );
  });

  it("matches levels and components by id, so that an insertion is one change", () => {
    const before = formats("complaint-unresolved");
    const after = structuredClone(before);
    (after.levels as object[]).splice(1, 0, {
      id: "expert",
      title: "Expert",
      after: { hours: 4 },
      notify: [{ queue: "experts" }],
    });
    expect(words(before, after)).toEqual(["The level “Expert” was added."]);
    const swapped = formats("sales-quarter");
    (swapped.components as object[]).reverse();
    expect(words(formats("sales-quarter"), swapped)).toEqual(["The order of the components changed."]);
  });

  it("counts an inserted row of a table as one change", () => {
    const row = (cell: string) => ({ cells: [cell], out: [1] });
    const table = (cells: string[]) => ({
      kind: "ruleset",
      schema: 1,
      id: "t",
      title: "T",
      table: {
        hitPolicy: "first",
        columns: [{ fact: "case.x", type: "number" }],
        outputs: [{ name: "factor" }],
        rows: cells.map(row),
      },
    });
    expect(words(table(["1", "2", "3"]), table(["1", "9", "2", "3"]))).toEqual(["Row 2 was added."]);
  });
});
