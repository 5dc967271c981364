import { z } from "zod";
import { closest } from "../words/closest.ts";

/** A schema as zod keeps it: the few members of its definition by which one walks down. */
type Schema = z.core.$ZodType;
type Def = {
  type: string;
  shape?: Record<string, Schema>;
  options?: readonly Schema[];
  element?: Schema;
  items?: readonly Schema[];
  valueType?: Schema;
  keyType?: Schema;
  entries?: Record<string, string>;
  innerType?: Schema;
  getter?: () => Schema;
  values?: readonly unknown[];
};
const defOf = (schema: Schema) => schema._zod.def as unknown as Def;

/**
 * The schemas that may stand at a place of a document, wrappers and unions opened: one for most places, several where
 * the format lets an author choose. Objects whose literal members contradict the document (another `kind`) are left out.
 */
export function schemasAt(root: Schema, path: readonly PropertyKey[], document: unknown): Schema[] {
  let value = document;
  let schemas = opened(root, value);
  for (const key of path) {
    value = own(value, key);
    schemas = schemas.flatMap((schema) => {
      const child = childOf(schema, key);
      return child ? opened(child, value) : [];
    });
  }
  return schemas;
}

/**
 * The keys that may stand at a place: those of the object that knows most of the keys there; of equals, the one whose own
 * keys look like the unknown ones.
 */
export function keysAt(root: Schema, path: readonly PropertyKey[], document: unknown): string[] {
  const present = Object.keys((valueAt(document, path) as object | undefined) ?? {});
  let best: string[] = [];
  let bestKnown = -1;
  for (const schema of schemasAt(root, path, document)) {
    const keys = keysOf(schema);
    if (!keys) continue;
    const unknown = present.filter((key) => !keys.includes(key));
    const near = unknown.some((key) => closest(key, keys) !== undefined);
    const known = present.length - unknown.length + (near ? 0.5 : 0);
    if (known > bestKnown) {
      best = keys;
      bestKnown = known;
    }
  }
  return best;
}

/** The ids (`PersonRef`, `Duration`) of the schemas that may stand at a place, wrappers and unions included. */
export function schemaIdsAt(root: Schema, path: readonly PropertyKey[], document: unknown): string[] {
  const last = path.at(-1);
  if (last === undefined) return [];
  const children = schemasAt(root, path.slice(0, -1), document).flatMap((owner) => childOf(owner, last) ?? []);
  return children.flatMap(idsOf);
}

function idsOf(schema: Schema): string[] {
  const def = defOf(schema);
  const own = z.globalRegistry.get(schema)?.id;
  const inner = [def.getter?.(), def.innerType, ...(def.options ?? [])].filter((one) => one !== undefined);
  // A recursive schema has an id, so that stopping at ids is also what ends the walk.
  return own === undefined ? inner.flatMap(idsOf) : [own, ...(def.options ? inner.flatMap(idsOf) : [])];
}

function keysOf(schema: Schema): string[] | undefined {
  const def = defOf(schema);
  if (def.shape) return Object.keys(def.shape);
  const names = def.keyType && defOf(def.keyType).entries;
  return names && Object.values(names);
}

/** What a document holds at a path, own members only. */
export function valueAt(document: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce(own, document);
}

function own(value: unknown, key: PropertyKey): unknown {
  return value !== null && typeof value === "object" && Object.hasOwn(value, key)
    ? (value as Record<PropertyKey, unknown>)[key]
    : undefined;
}

function opened(schema: Schema, value: unknown): Schema[] {
  const def = defOf(schema);
  if (def.getter) return opened(def.getter(), value);
  if (def.innerType) return opened(def.innerType, value);
  if (def.options) return def.options.flatMap((option) => opened(option, value));
  return def.shape && contradicts(def.shape, value) ? [] : [schema];
}

function contradicts(shape: Record<string, Schema>, value: unknown): boolean {
  return Object.entries(shape).some(([key, member]) => {
    const literals = defOf(member).type === "literal" ? defOf(member).values : undefined;
    const there = own(value, key);
    return literals !== undefined && there !== undefined && !literals.includes(there);
  });
}

function childOf(schema: Schema, key: PropertyKey): Schema | undefined {
  const def = defOf(schema);
  if (def.shape) return Object.hasOwn(def.shape, key) ? def.shape[key as string] : undefined;
  if (def.items) return def.items[Number(key)];
  return def.element ?? def.valueType;
}
