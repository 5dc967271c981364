import { expect, it } from "vitest";
import { parse } from "#engine/definition/parse.ts";
import { describe as describeDefinition } from "#engine/outline/describe.ts";

it("ST9, F46: the plain-language text is generated from the rules as they run, dates too: another date is another text", () => {
  const text = (to: string) => {
    const parsed = parse({
      kind: "ruleset",
      schema: 1,
      id: "campaign",
      title: "Campaign",
      valid: { from: "2026-01-01" },
      rules: [
        {
          name: "winter",
          valid: { from: "2026-01-01", to },
          conditions: { all: [{ fact: "person.role", operator: "equal", value: "sales" }] },
          event: { type: "raise" },
        },
      ],
    });
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
    return JSON.stringify(describeDefinition(parsed.definition));
  };
  expect(text("2026-03-31")).toContain(
    "today is on or after 2026-01-01 and today is on or before 2026-03-31 and role is sales",
  );
  expect(text("2026-03-31")).toContain("These rules count from 2026-01-01 on.");
  expect(text("2026-04-30")).not.toBe(text("2026-03-31"));
});
