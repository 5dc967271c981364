import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Condition } from "#engine/rules/conditions.ts";
import type { Json } from "#engine/words/json.ts";
import { valueAt } from "../../../studio/document/json-value.ts";
import { copyConditions, pasteConditions } from "../../../studio/features/rules/conditions/clipboard.ts";
import { factChoices } from "../../../studio/features/rules/conditions/fact-choice.ts";
import {
  conditionKind,
  listOf,
  withGroupKind,
  withItem,
  withItemMoved,
  withoutItem,
} from "../../../studio/features/rules/conditions/tree.ts";
import {
  dissolve,
  duplicate,
  moveDown,
  moveIn,
  moveOut,
  moveTo,
  moveUp,
  negate,
  remove,
  wrap,
} from "../../../studio/features/rules/conditions/tree-moves.ts";

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

const leaf = (fact: string): Json => ({ fact, operator: "equal", value: 1 });
const abc = (): Json => ({ all: [leaf("a"), leaf("b"), leaf("c")] });
const facts = (value: Json): string[] => [...JSON.stringify(value).matchAll(/"fact":"(.)"/g)].map((match) => match[1]!);

describe("moving parts of a condition tree", () => {
  it("nests with one key, leaves a group again, and takes an emptied group away", () => {
    const nested = moveIn(abc(), ["all", "1"])!;
    expect(nested.root).toEqual({ all: [{ any: [leaf("a"), leaf("b")] }, leaf("c")] });
    expect(nested.at).toEqual(["all", "0", "any", "1"]);
    expect(nested.said).toBe("Put together with the one above: 2 of 2 in any of these");
    const third = moveIn(nested.root, ["all", "1"])!;
    expect(third.root).toEqual({ all: [{ any: [leaf("a"), leaf("b"), leaf("c")] }] });
    const out = moveOut(third.root, ["all", "0", "any", "0"])!;
    expect(out.root).toEqual({ all: [{ any: [leaf("b"), leaf("c")] }, leaf("a")] });
    const once = remove(out.root, ["all", "0", "any", "0"])!;
    const twice = remove(once.root, ["all", "0", "any", "0"])!;
    expect(twice.root).toEqual({ all: [leaf("a")] });
    expect(twice.at).toEqual(["all", "0"]);
  });

  it("moves up and down, wraps, negates, dissolves and duplicates; the edges stop", () => {
    expect(moveUp(abc(), ["all", "0"])).toBeNull();
    expect(moveOut(abc(), ["all", "0"])).toBeNull();
    expect(facts(moveDown(abc(), ["all", "0"])!.root)).toEqual(["b", "a", "c"]);
    const wrapped = wrap("any")(abc(), ["all", "2"])!;
    expect(valueAt(wrapped.root, wrapped.at)).toEqual(leaf("c"));
    expect(dissolve(wrapped.root, ["all", "2"])!.root).toEqual(abc());
    const negated = negate(abc(), ["all", "1"])!;
    expect(valueAt(negated.root, ["all", "1"])).toEqual({ not: leaf("b") });
    expect(negate(negated.root, ["all", "1"])!.root).toEqual(abc());
    expect(facts(duplicate(abc(), ["all", "1"])!.root)).toEqual(["a", "b", "b", "c"]);
    expect(moveTo(abc(), ["all", "1"], ["all", "1", "any"], 0)).toBeNull();
  });

  it("U23: keeps every comparison wherever a part is dropped, and what it gives is a condition", () => {
    const places = (value: Json, at: string[] = []): string[][] => {
      const list = listOf(value, at);
      const inner = list
        ? list.items.map((item, index) => [item, [...list.list, String(index)]] as [Json, string[]])
        : [];
      const not =
        conditionKind(value) === "not" ? [[valueAt(value, ["not"])!, [...at, "not"]] as [Json, string[]]] : [];
      return [at, ...[...inner, ...not].flatMap(([item, place]) => places(item, place))];
    };
    const count = (value: Json) => JSON.stringify(value).split('"operator"').length;
    fc.assert(
      fc.property(tree, fc.nat(), fc.nat(), fc.nat(), (root, a, b, c) => {
        fc.pre(["all", "any"].includes(conditionKind(root)));
        const all = places(root);
        const lists = all.flatMap((at) => listOf(valueAt(root, at)!, at) ?? []);
        const from = all[a % all.length]!;
        const to = lists[b % lists.length]!;
        const moved = moveTo(root, from, to.list, c % (to.items.length + 1));
        fc.pre(moved !== null);
        expect(count(moved!.root)).toBe(count(root));
        expect(Condition.safeParse(moved!.root).success).toBe(true);
        expect(valueAt(moved!.root, moved!.at)).toEqual(valueAt(root, from));
      }),
    );
  });

  it("U05: a copied part brings its named conditions along; text that is no condition is left alone", () => {
    const named = { senior: { all: [leaf("g")] }, best: { any: [{ condition: "senior" }, leaf("h")] } };
    const text = copyConditions({ all: [{ condition: "best" }] }, named);
    expect(pasteConditions(text, ["best", "senior"])).toEqual({ all: [{ condition: "best" }] });
    expect(pasteConditions(text, [])).toEqual({
      all: [{ name: "best", any: [{ name: "senior", all: [leaf("g")] }, leaf("h")] }],
    });
    expect(copyConditions(leaf("a"), named)).toBe(JSON.stringify(leaf("a"), null, 2));
    expect(pasteConditions('{"conditions":{"all":[]},"event":{"type":"x"}}', [])).toEqual({ all: [] });
    for (const other of ["hello", "[1]", '{"fact":1}', "3"]) expect(pasteConditions(other, [])).toBeNull();
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
