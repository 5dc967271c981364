import fc from "fast-check";
import { expect, it } from "vitest";
import { Join } from "#engine/steps/shapes.ts";
import type { Json } from "#engine/words/json.ts";
import { joinOf } from "../../../studio/graph/join-of.ts";

const amount = fc.oneof(
  fc.integer({ min: -1, max: 4 }),
  fc.constant("all"),
  fc.double({ min: 0, max: 3, noNaN: true }),
);
const rule = fc.record(
  { count: fc.constantFrom("approved", 3), atLeast: amount, emit: fc.constant("done") },
  { requiredKeys: [] },
);
const any = fc.oneof(
  fc.constantFrom("all", "any", "some", null, 3),
  fc.record({ atLeast: amount, more: fc.constant(1) }, { requiredKeys: [] }),
  fc.array(rule, { maxLength: 3 }),
);

it("reads a join exactly where the schema does", () => {
  fc.assert(
    fc.property(any, (value) => {
      const parsed = Join.safeParse(value);
      expect(joinOf(value as Json)).toEqual(parsed.success ? parsed.data : undefined);
    }),
    { numRuns: 500 },
  );
});
