import { z } from "zod";
import { KIND_NAMES, KINDS, type Kind } from "./definition.ts";
import { describeMember } from "./json-schema-words.ts";

/** A JSON Schema (draft 2020-12), as data. */
export type JsonSchema = z.core.JSONSchema.BaseSchema;

/**
 * The JSON Schema of one kind of document, from the same zod schema that parses it, with a description at each member
 * that an editor shows on hover and completion. Recursive and shared parts stand under `$defs` by their id.
 */
export function jsonSchemaOf(kind: Kind): JsonSchema {
  return schemaOf(KINDS[kind]);
}

/** One JSON Schema for every kind of document: what the Source tab completes from before it knows the kind. */
export function jsonSchemaOfAll(): JsonSchema {
  return schemaOf(z.union(KIND_NAMES.map((kind) => KINDS[kind])));
}

function schemaOf(schema: z.core.$ZodType): JsonSchema {
  const result = z.toJSONSchema(schema, { io: "input" });
  for (const [id, part] of Object.entries(result.$defs ?? {})) describeWithin(part, id);
  const { $defs: _parts, ...top } = result;
  describeWithin(top, z.globalRegistry.get(schema)?.id);
  return result;
}

/** Adds descriptions to the members of every object in a part of a schema; an object without an id has no owner. */
function describeWithin(part: unknown, owner: string | undefined): void {
  if (part === null || typeof part !== "object") return;
  for (const [key, member] of Object.entries((part as JsonSchema).properties ?? {})) {
    if (typeof member !== "object") continue;
    const words = member.description ?? describeMember(owner, key);
    if (words !== undefined) member.description = words;
    describeWithin(member, undefined);
  }
  for (const [key, inner] of Object.entries(part)) {
    if (key === "properties" || inner === null || typeof inner !== "object") continue;
    for (const one of Array.isArray(inner) ? inner : [inner]) describeWithin(one, owner);
  }
}
