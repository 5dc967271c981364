import { describe, expect, it } from "vitest";
import { joinInWords, vetoesOf } from "#engine/outline/join-in-words.ts";
import type { Join } from "#engine/steps/shapes.ts";

const VETO: Join = [
  { count: "refused", atLeast: 1, emit: "refused" },
  { count: "approved", atLeast: "all", emit: "approved" },
];

describe("a join in words", () => {
  it.each<[Join | undefined, string]>([
    [undefined, "all of them"],
    ["any", "the first"],
    [{ atLeast: 3 }, "3 of them"],
    [VETO, "a veto: refused by one, approved by all"],
    [[{ count: "seen", atLeast: 2, emit: "done" }], "seen by 2, then done"],
  ])("%j is %s", (join, words) => {
    expect(joinInWords(join)).toBe(words);
  });

  it("names a veto only where others need more than one", () => {
    expect(vetoesOf(VETO).map((rule) => rule.count)).toEqual(["refused"]);
    expect(vetoesOf([{ count: "refused", atLeast: 1, emit: "refused" }])).toEqual([]);
    expect(vetoesOf("all")).toEqual([]);
  });
});
