import type { Json } from "../../words/json.ts";
import { segments } from "../../words/pointer.ts";
import type { EditStep } from "./finding.ts";

/**
 * Applies an edit to a document, step by step, and returns a new one; what it does not touch is shared with the old.
 * Throws where a step names a place that is not there: the document has changed since the edit was made.
 */
export function applyEdit<T extends object>(document: T, edit: readonly EditStep[]): T {
  return edit.reduce<Json>((at, step) => applyStep(at, step), document as unknown as Json) as unknown as T;
}

function applyStep(document: Json, step: EditStep): Json {
  switch (step.op) {
    case "remove":
      return change(document, segments(step.path), undefined, "remove");
    case "move": {
      const value = at(document, segments(step.from));
      return change(change(document, segments(step.from), undefined, "remove"), segments(step.path), value, "add");
    }
    case "add":
    case "replace":
      return change(document, segments(step.path), step.value, step.op);
    default:
      throw new Error(`unknown edit ${JSON.stringify(step satisfies never)}`);
  }
}

function at(document: Json, path: readonly string[]): Json {
  let value = document;
  for (const key of path) {
    if (value === null || typeof value !== "object" || !Object.hasOwn(value, key)) throw gone(path);
    value = (value as Record<string, Json>)[key] as Json;
  }
  return value;
}

const gone = (path: readonly string[]) => new Error(`the document has nothing at /${path.join("/")}: it has changed`);

function change(
  document: Json,
  [key, ...rest]: readonly string[],
  value: Json | undefined,
  op: "add" | "replace" | "remove",
): Json {
  if (key === undefined) {
    if (value === undefined) throw gone([]);
    return value;
  }
  if (document === null || typeof document !== "object") throw gone([key]);
  if (Array.isArray(document)) return changeList(document, key, rest, value, op);
  if (rest.length > 0) {
    if (!Object.hasOwn(document, key)) throw gone([key]);
    return { ...document, [key]: change(document[key] as Json, rest, value, op) };
  }
  if (op !== "add" && !Object.hasOwn(document, key)) throw gone([key]);
  const { [key]: _old, ...others } = document;
  return value === undefined ? others : { ...document, [key]: value };
}

function changeList(list: Json[], key: string, rest: readonly string[], value: Json | undefined, op: string): Json[] {
  const index = key === "-" ? list.length : Number(key);
  const last = op === "add" && rest.length === 0 ? list.length : list.length - 1;
  if (!Number.isInteger(index) || index < 0 || index > last) throw gone([key]);
  if (rest.length > 0) return list.with(index, change(list[index] as Json, rest, value, op as "add"));
  if (op === "remove") return list.toSpliced(index, 1);
  return op === "add" ? list.toSpliced(index, 0, value as Json) : list.with(index, value as Json);
}
