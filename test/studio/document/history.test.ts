import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyPatch, patchBetween, revertPatch } from "../../../studio/document/history.ts";

describe("the patch between two texts", () => {
  const long = fc
    .tuple(fc.string({ minLength: 1, maxLength: 9 }), fc.integer({ min: 0, max: 3_000 }))
    .map(([part, times]) => part.repeat(times));

  it("leads there and back, and touches no more than what differs, however long the texts are", () => {
    fc.assert(
      fc.property(long, fc.string({ maxLength: 5 }), fc.string({ maxLength: 5 }), long, (head, was, is, rest) => {
        const [from, to] = [head + was + rest, head + is + rest];
        const patch = patchBetween(from, to);
        expect(patch === null).toBe(from === to);
        if (patch === null) return;
        expect(applyPatch(from, patch)).toBe(to);
        expect(revertPatch(to, patch)).toBe(from);
        const { removed, inserted } = patch;
        expect(removed.length).toBeLessThanOrEqual(was.length);
        expect(inserted.length).toBeLessThanOrEqual(is.length);
        if (removed !== "" && inserted !== "") {
          expect(removed[0]).not.toBe(inserted[0]);
          expect(removed.at(-1)).not.toBe(inserted.at(-1));
        }
      }),
    );
  });
});
