import { describe, expect, it } from "vitest";
import { closest, didYouMean, editDistance } from "#engine/words/closest.ts";

describe("closest", () => {
  it("forgives a swap, a letter too many, one too few, and capitals", () => {
    expect(closest("wrokingDays", ["days", "workingDays"])).toBe("workingDays");
    expect(closest("outcoms", ["outcomes", "other"])).toBe("outcomes");
    expect(closest("SelfReview", ["self-review"])).toBe("self-review");
  });

  it("offers nothing where nothing is near", () => {
    expect(closest("banana", ["outcomes", "actor"])).toBeUndefined();
    expect(didYouMean("banana", ["a", "b"])).toBe("Possible here: a, b.");
    expect(didYouMean("banana", [])).toBeUndefined();
  });

  it("counts edits", () => {
    expect(editDistance("kitten", "sitting")).toBe(3);
    expect(editDistance("ab", "ba")).toBe(1);
    expect(editDistance("abcdef", "uvwxyz", 2)).toBe(2);
  });
});
