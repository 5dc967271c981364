import type { Definition } from "../definition/definition.ts";
import { pointer } from "../words/pointer.ts";

/** A place where a document reads a fact. */
export interface FactPlace {
  fact: string;
  params: Record<string, unknown>;
  path: string;
  /** Whether it stands in a comparison of a condition, and not as a value or a person. */
  compares: boolean;
}

/** A place where a document names a parameter by `{ "parameter": … }`. */
export interface ParameterPlace {
  parameter: string;
  path: string;
  /** Whether it is the operand of a comparison, where json-rules-engine would take the object itself as the value. */
  operand: boolean;
}

/** A comparison of a condition, with its place. */
export interface ComparisonPlace {
  operator: string;
  path: string;
}

/** Everything a document refers to by value, with places. */
export interface References {
  facts: FactPlace[];
  parameters: ParameterPlace[];
  comparisons: ComparisonPlace[];
}

/** What holds, at the top of a document, declarations and data of its own: nothing in there is a reference. */
const DECLARATIONS = new Set(["parameters", "values", "data", "fields", "tests", "layout", "notes", "resolved"]);

/**
 * Finds every fact, parameter and comparison in a document. It walks the JSON and not the schema: in every kind of
 * document `fact`, `parameter` and `operator` mean the same, so that a new place where one may stand is found too.
 */
export function referencesIn(definition: Definition): References {
  const found: References = { facts: [], parameters: [], comparisons: [] };
  walk(definition, "", false, found);
  return found;
}

function walk(value: unknown, path: string, operand: boolean, found: References): void {
  if (value === null || typeof value !== "object") return;
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) walk(item, `${path}/${index}`, operand, found);
    return;
  }
  const object = value as Record<string, unknown>;
  const compares = typeof object.operator === "string";
  if (typeof object.fact === "string") {
    const params = (object.params ?? {}) as Record<string, unknown>;
    found.facts.push({ fact: object.fact, params, path, compares });
  }
  if (compares) found.comparisons.push({ operator: object.operator as string, path });
  if (typeof object.parameter === "string" && Object.keys(object).length === 1) {
    found.parameters.push({ parameter: object.parameter, path, operand });
  }
  for (const [key, child] of Object.entries(object)) {
    if (path === "" && DECLARATIONS.has(key)) continue;
    walk(child, path + pointer(key), compares && key === "value", found);
  }
}
