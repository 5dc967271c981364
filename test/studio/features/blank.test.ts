import { describe, expect, it } from "vitest";
import { KIND_NAMES } from "#engine/definition/definition.ts";
import { parse } from "#engine/definition/parse.ts";
import { blank, idFrom } from "../../../studio/features/definitions/blank.ts";

describe("a new document", () => {
  it.each(KIND_NAMES)("%s: can be read by the engine as it is", (kind) => {
    const result = parse(blank(kind, "my-own", "My own"));
    expect(result.ok ? [] : result.issues).toEqual([]);
  });
  it("takes its id from its title", () => {
    expect(idFrom("Annual review 2026")).toBe("annual-review-2026");
    expect(idFrom("  360° Übersicht! ")).toBe("ubersicht");
    expect(idFrom("中文")).toBe("");
  });
});
