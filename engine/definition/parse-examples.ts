import { RELATIONS } from "../words/reference.ts";

/** How the shapes that people get wrong most are written, by the id of their schema. */
const examples: Record<string, string> = {
  PersonRef: '{ "relation": "manager" }',
  Duration: '{ "workingDays": 3 }',
  Clock: '{ "after": { "workingDays": 3 } }',
  Deadline: '{ "after": { "workingDays": 3 }, "policy": "hold" }',
  Conditions: '{ "all": [{ "fact": "case.rating", "operator": "lessThan", "value": 3 }] }',
  Condition: '{ "fact": "case.rating", "operator": "lessThan", "value": 3 }',
  Trigger: '{ "on": "record.created" }',
  On: '{ "submitted": "next-step" }',
  Parameter: '{ "title": "Days", "type": "days", "default": 15 }',
};

/** A hint with an example of what belongs at a place, given the ids of the schemas there and what stands there now. */
export function exampleOf(schemaIds: readonly string[], value: unknown): string | undefined {
  if (schemaIds.includes("PersonRef") && typeof value === "string") return `Write ${personFrom(value)}.`;
  if (schemaIds.includes("Duration") && typeof value === "number")
    return `Write { "workingDays": ${value} } or { "days": ${value} }.`;
  const id = schemaIds.find((one) => one in examples);
  return id === undefined ? undefined : `For example ${examples[id]}.`;
}

function personFrom(text: string): string {
  const isRelation = (RELATIONS as readonly string[]).includes(text);
  return isRelation ? `{ "relation": ${JSON.stringify(text)} }` : `{ "role": ${JSON.stringify(text)} }`;
}
