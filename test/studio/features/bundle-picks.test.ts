import { expect, it } from "vitest";
import { keepPicks, pick, pickedOf, tally } from "../../../studio/features/inbox/bundle-picks.ts";

const rows = [{ id: "a" }, { id: "b" }, { id: "c" }];

it("a key picks an outcome for a row, another replaces it, the same again takes it back: nothing is sent by it", () => {
  const once = pick(pick(new Map(), "b", "approved"), "a", "rejected");
  expect(pickedOf(once, rows)).toEqual([
    { row: "a", outcome: "rejected" },
    { row: "b", outcome: "approved" },
  ]);
  expect(pickedOf(pick(once, "a", "approved"), rows)).toEqual([
    { row: "a", outcome: "approved" },
    { row: "b", outcome: "approved" },
  ]);
  expect(pickedOf(pick(once, "a", "rejected"), rows)).toEqual([{ row: "b", outcome: "approved" }]);
});

it("a row that is gone is not sent, and a row that was refused keeps its outcome", () => {
  const picks = pick(pick(new Map(), "a", "done"), "gone", "done");
  expect(pickedOf(picks, rows)).toEqual([{ row: "a", outcome: "done" }]);
  expect([...keepPicks(picks, new Set(["gone"]))]).toEqual([["gone", "done"]]);
});

it("says how many of each would be sent", () => {
  expect(tally(["Agree", "Agree", "Send back"])).toBe("2 × agree, 1 × send back");
});
