import fc from "fast-check";
import { expect, it } from "vitest";
import { matchesPattern } from "#engine/rules/text-pattern.ts";

it("a pattern of stars and question marks means what the same regular expression means", () => {
  const letters = fc.string({ unit: fc.constantFrom("a", "b", "."), maxLength: 8 });
  const pattern = fc.string({ unit: fc.constantFrom("a", "b", ".", "*", "?", "\\*", "\\?"), maxLength: 6 });
  fc.assert(
    fc.property(letters, pattern, (text, written) => {
      const source = written.replaceAll(/\\[*?]|[*?.]/g, (one) =>
        one === "*" ? "[^]*" : one === "?" ? "[^]" : one === "." ? "\\." : one,
      );
      expect(matchesPattern(text, written)).toBe(new RegExp(`^${source}$`).test(text));
    }),
    { numRuns: 3000 },
  );
});
