import { describe, expect, it } from "vitest";
import { KIND_NAMES } from "#engine/definition/definition.ts";
import { jsonSchemaOf, jsonSchemaOfAll } from "#engine/definition/json-schema.ts";

describe("jsonSchemaOf", () => {
  it.each(KIND_NAMES)("describes a %s, resolves its references and forbids unknown keys", (kind) => {
    const schema = jsonSchemaOf(kind);
    const text = JSON.stringify(schema);
    for (const [, id] of text.matchAll(/"\$ref":"#\/\$defs\/([^"]+)"/g)) expect(schema.$defs).toHaveProperty(id!);
    expect(text).toContain(`"const":"${kind}"`);
    expect(text).toContain('"additionalProperties":false');
  });

  it("says on hover what a member means, by its owner where it has several meanings", () => {
    const defs = jsonSchemaOf("workflow").$defs as Record<
      string,
      { properties: Record<string, { description?: string }> }
    >;
    expect(defs.DecisionStep?.properties.rules?.description).toBe("id of the rule set");
    expect(defs.GuardedTransition?.properties.maxVisits?.description).toContain("5 where absent");
  });

  it("offers all kinds in one schema", () => {
    const text = JSON.stringify(jsonSchemaOfAll());
    for (const kind of KIND_NAMES) expect(text).toContain(`"const":"${kind}"`);
  });
});
