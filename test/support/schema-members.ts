import type { JsonSchema } from "#engine/definition/json-schema.ts";
import type { Json } from "#engine/words/json.ts";

type Schema = JsonSchema & { [key: string]: unknown };

const isSchema = (value: unknown): value is Schema =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Conditions are written in an editor of their own, with its own tests: their inside is not looked into. */
const OPAQUE = new Set(["Conditions", "Condition", "Comparison"]);

/** A walk over a schema: follows references, knows by which name each shape is called. */
function followed(schema: Schema, root: Schema, owner: string): { schema: Schema; owner: string } {
  const reference = schema.$ref;
  if (typeof reference !== "string") return { schema, owner };
  const name = reference.split("/").at(-1) ?? "";
  const target = reference === "#" ? root : (root.$defs as Record<string, Schema> | undefined)?.[name];
  return target ? followed(target, root, name) : { schema, owner };
}

const alternatives = (schema: Schema): Schema[] =>
  [schema.anyOf, schema.oneOf, schema.allOf].flatMap((list) => (Array.isArray(list) ? list.filter(isSchema) : []));

/** Every member of every object shape in a schema, as `Shape.member`; of the document itself as `.member`. */
export function membersOfSchema(schema: JsonSchema): Set<string> {
  const root = schema as Schema;
  const found = new Set<string>();
  const seen = new Set<string>();
  const walk = (part: unknown, around: string) => {
    if (!isSchema(part)) return;
    const { schema: at, owner } = followed(part, root, around);
    if (OPAQUE.has(owner)) return;
    if (typeof part.$ref === "string") {
      if (seen.has(owner)) return;
      seen.add(owner);
    }
    for (const [member, inner] of Object.entries(at.properties ?? {})) {
      found.add(`${owner}.${member}`);
      walk(inner, `${owner}.${member}`);
    }
    walk(at.additionalProperties, owner);
    walk(at.items, owner);
    for (const inner of Array.isArray(at.prefixItems) ? at.prefixItems : []) walk(inner, owner);
    for (const inner of alternatives(at)) walk(inner, owner);
  };
  walk(root, "");
  return found;
}

/** A member that a value says: `Shape.member`, and the segments to it. */
export interface SaidMember {
  member: string;
  path: readonly string[];
}

/** The members of a schema that a value says. Of several alternatives those count that the value can be. */
export function membersSaid(schema: JsonSchema, value: Json): SaidMember[] {
  const root = schema as Schema;
  const said: SaidMember[] = [];
  const walk = (part: unknown, at: Json, around: string, path: readonly string[]): void => {
    if (!isSchema(part)) return;
    const { schema: shape, owner } = followed(part, root, around);
    if (OPAQUE.has(owner) || !fits(shape, at, root)) return;
    for (const inner of alternatives(shape)) walk(inner, at, owner, path);
    if (Array.isArray(at))
      for (const [index, item] of at.entries()) walk(shape.items, item, owner, [...path, `${index}`]);
    else if (typeof at === "object" && at !== null)
      for (const [name, inner] of Object.entries(at)) {
        const known = (shape.properties as Record<string, unknown> | undefined)?.[name];
        const to = [...path, name];
        if (known === undefined) walk(shape.additionalProperties, inner, owner, to);
        else {
          said.push({ member: `${owner}.${name}`, path: to });
          walk(known, inner, `${owner}.${name}`, to);
        }
      }
  };
  walk(root, value, "", []);
  return said;
}

/** Whether a value can be of a shape, as far as its type, its constants and the names of its members tell. */
function fits(shape: Schema, value: Json, root: Schema): boolean {
  const type = Array.isArray(value) ? "array" : value === null ? "null" : typeof value;
  if (typeof shape.type === "string" && shape.type !== type && !(shape.type === "integer" && type === "number"))
    return false;
  if (shape.const !== undefined && shape.const !== value) return false;
  if (type !== "object" || shape.additionalProperties !== false) return true;
  const properties = (shape.properties ?? {}) as Record<string, Schema>;
  return Object.entries(value as object).every(([member, inner]) => {
    const known = properties[member];
    if (known === undefined) return false;
    const constant = followed(known, root, "").schema.const;
    return constant === undefined || constant === inner;
  });
}
