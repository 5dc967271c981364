import { describe, expect, it } from "vitest";
import { formulaText } from "../../../studio/features/payouts/formula-text.ts";

describe("a step of a payout in writing", () => {
  it("is the calculation as one would write it", () => {
    expect(formulaText({ formula: "ratio", inputs: { actual: "364", target: "303" } })).toBe("364 ÷ 303");
    const factors = [{ from: "laptops/curve" }, "0.7"];
    expect(formulaText({ formula: "product", inputs: { factors } })).toBe("the curve × 0.7");
    const gate = { value: { from: "laptops/curve" }, passed: false, else: "0" };
    expect(formulaText({ formula: "gate", inputs: gate })).toBe("the curve × 0, the gate is not passed");
  });
  it("says a formula it does not know by its name and inputs", () => {
    expect(formulaText({ formula: "draw advance", inputs: { draw: "500", payable: { from: "total" } } })).toBe(
      "Draw advance: draw 500, payable the total",
    );
    expect(formulaText({ formula: "constructor", inputs: {} })).toBe("Constructor: ");
  });
});
