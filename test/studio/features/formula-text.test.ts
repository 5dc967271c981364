import { describe, expect, it } from "vitest";
import { formulaText } from "../../../studio/features/payouts/formula-text.ts";
import { isMoney } from "../../../studio/features/payouts/trace-shape.ts";

const results: Record<string, string> = { "laptops/curve": "1.5", total: "$10.00" };
const look = (id: string) => results[id] ?? id;
const text = (formula: string, inputs: Parameters<typeof formulaText>[0]["inputs"]) =>
  formulaText({ formula, inputs }, look);

describe("a step of a payout in writing", () => {
  it("is the calculation as one would write it, with the results of earlier steps", () => {
    expect(text("ratio", { actual: "364", target: "303" })).toBe("364 ÷ 303");
    expect(text("product", { factors: [{ from: "laptops/curve" }, "0.7"] })).toBe("1.5 × 0.7");
    const gate = { value: { from: "laptops/curve" }, passed: false, else: "0" };
    expect(text("gate", gate)).toBe("1.5 × 0, the gate is not passed");
  });
  it("says a formula it does not know by its name and inputs", () => {
    expect(text("draw advance", { draw: "500", payable: { from: "total" } })).toBe(
      "Draw advance, draw 500, payable $10.00",
    );
    expect(text("constructor", {})).toBe("Constructor");
  });
  it("knows amounts from factors", () => {
    expect(isMoney({ id: "laptops/weighted", stage: "weight" })).toBe(false);
    expect(isMoney({ id: "laptops/amount", stage: "proration" })).toBe(true);
    expect(isMoney({ id: "modifier/1", stage: "modifier" })).toBe(false);
    expect(isMoney({ id: "laptops/modifier/1", stage: "modifier" })).toBe(true);
  });
});
