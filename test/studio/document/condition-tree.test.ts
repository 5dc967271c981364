import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Condition } from "#engine/rules/conditions.ts";
import type { Json } from "#engine/words/json.ts";
import { valueAt } from "../../../studio/document/json-value.ts";
import { factChoices } from "../../../studio/features/rules/conditions/fact-choice.ts";
import {
  conditionKind,
  withGroupKind,
  withItem,
  withItemMoved,
  withoutItem,
} from "../../../studio/features/rules/conditions/tree.ts";

const comparison = fc.record({
  fact: fc.constantFrom("person.role", "case.rating"),
  operator: fc.constantFrom("equal", "lessThan"),
  value: fc.integer(),
});
const tree = fc.letrec<{ node: Json }>((tie) => ({
  node: fc.oneof(
    { depthSize: "small" },
    comparison as fc.Arbitrary<Json>,
    fc.record({ all: fc.array(tie("node"), { minLength: 1, maxLength: 3 }) }) as fc.Arbitrary<Json>,
    fc.record({ any: fc.array(tie("node"), { minLength: 1, maxLength: 3 }) }) as fc.Arbitrary<Json>,
    fc.record({ not: tie("node") }) as fc.Arbitrary<Json>,
  ),
})).node;

describe("editing a condition tree", () => {
  it("U23: gives conditions that the schema accepts after any change of a group's word, and loses no comparison", () => {
    const leaves = (value: Json): number => JSON.stringify(value).split('"operator"').length;
    fc.assert(
      fc.property(tree, fc.constantFrom("all", "any", "not" as const), (node, word) => {
        fc.pre(["all", "any", "not"].includes(conditionKind(node)));
        const next = withGroupKind(node, word as "all" | "any" | "not");
        expect(Condition.safeParse(next).success).toBe(true);
        expect(leaves(next)).toBe(leaves(node));
      }),
    );
  });

  it("adds, moves and removes members", () => {
    const root: Json = {
      all: [
        { fact: "a", operator: "equal", value: 1 },
        { fact: "b", operator: "equal", value: 2 },
      ],
    };
    const moved = withItemMoved(root, ["all"], 0, 1);
    expect(valueAt(moved, ["all", 0, "fact"])).toBe("b");
    expect(withItemMoved(root, ["all"], 0, -1)).toBe(root);
    expect(valueAt(withItem(root, ["all"], { fact: "c", operator: "equal", value: 3 }), ["all", 2, "fact"])).toBe("c");
    expect(withoutItem(root, ["all", "0"])).toEqual({ all: [{ fact: "b", operator: "equal", value: 2 }] });
  });
});

describe("the facts on offer", () => {
  it("come from data, forms, parameters, metrics and the person, each with its type", () => {
    const form: Json = {
      kind: "form",
      id: "f",
      sections: [{ questions: [{ id: "sales", type: "rating", title: "Sales" }] }],
    };
    const metric: Json = { kind: "metric", id: "laptops", title: "Laptops", unit: "count" };
    const workflow: Json = {
      kind: "workflow",
      data: { rating: { type: "number" } },
      parameters: { limit: { title: "Limit", type: "percent" } },
      steps: { review: { kind: "form", title: "Review", form: "f", on: {} } },
    };
    const choices = factChoices(workflow, [form, metric], (kind, id) =>
      kind === "form" && id === "f" ? form : undefined,
    );
    const type = (title: string) => choices.find((one) => one.title === title)?.type;
    expect(type("Rating")).toBe("number");
    expect(type("Sales")).toBe("number");
    expect(type("Limit")).toBe("percent");
    expect(type("Laptops: attainment")).toBe("percent");
    expect(type("Hire date")).toBe("date");
    expect(new Set(choices.map((one) => one.key)).size).toBe(choices.length);
  });
});
