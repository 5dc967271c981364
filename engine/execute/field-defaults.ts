import type { Compiled } from "../compile/compile.ts";
import type { Json } from "../words/json.ts";

/** The case data that a new case starts with: the defaults of its fields. */
export function fieldDefaults(compiled: Compiled): Record<string, Json> {
  const fields = compiled.definition.kind === "workflow" ? (compiled.definition.data ?? {}) : {};
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, field]) => (field.default === undefined ? [] : [[name, field.default]])),
  );
}
