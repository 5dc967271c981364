import { FORBIDDEN_KEYS } from "../words/ids.ts";
import { error, type Issue } from "../words/issue.ts";
import { pointer } from "../words/pointer.ts";

/** How large a document may be. Checked before any schema looks at it, so that no document can exhaust the process. */
export const LIMITS = { characters: 5_000_000, depth: 64, steps: 5_000 } as const;

/** A place in the walk; the pointer is only written out where there is something to say. */
interface Place {
  value: unknown;
  depth: number;
  parent: Place | undefined;
  key: string | number;
}

/**
 * What makes a value unfit to be a document at all: not plain JSON, a key that reaches an object's prototype, too deep,
 * too large, too many steps. Stops at the first limit that is passed; never throws, whatever it is given.
 */
export function limitIssues(document: unknown): Issue[] {
  const issues: Issue[] = [];
  const open: Place[] = [{ value: document, depth: 0, parent: undefined, key: "" }];
  let characters = 0;
  let steps = 0;
  for (let place = open.pop(); place; place = open.pop()) {
    const { value, depth } = place;
    characters += Array.isArray(value) ? value.length : sizeOf(value);
    if (characters > LIMITS.characters) return [...issues, tooLarge()];
    if (depth > LIMITS.depth) return [...issues, tooDeep(place)];
    if (value === null || typeof value !== "object") {
      const wrong = scalarIssue(value, place);
      if (wrong) issues.push(wrong);
      continue;
    }
    const children = plainEntries(value);
    if (!children) {
      issues.push(error("not-json", pointerTo(place), "This is not plain JSON data."));
      continue;
    }
    if (place.key === "steps" && !Array.isArray(value)) steps += children.length;
    if (steps > LIMITS.steps) return [...issues, tooManySteps()];
    for (const [key, child] of children.reverse()) {
      const at: Place = { value: child, depth: depth + 1, parent: place, key };
      if (typeof key === "string") characters += key.length + 3;
      if (typeof key === "string" && FORBIDDEN_KEYS.has(key)) issues.push(forbidden(at, key));
      // An undefined member is one that JSON leaves out.
      else if (child !== undefined || Array.isArray(value)) open.push(at);
    }
    if (issues.length > 100) return issues;
  }
  return issues;
}

function sizeOf(value: unknown): number {
  if (typeof value === "string") return value.length + 3;
  if (typeof value === "number") return String(value).length + 1;
  return 5;
}

/** The members of a plain object or list; undefined for anything with behaviour (dates, maps, getters, proxies that throw). */
function plainEntries(value: object): [string | number, unknown][] | undefined {
  try {
    if (Array.isArray(value)) return Array.from(value, (child, index) => [index, child]);
    const prototype = Object.getPrototypeOf(value);
    if (prototype !== null && Object.getPrototypeOf(prototype) !== null) return undefined;
    const entries: [string, unknown][] = [];
    for (const [key, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(value))) {
      if (!("value" in descriptor)) return undefined;
      if (descriptor.enumerable) entries.push([key, descriptor.value]);
    }
    return entries;
  } catch {
    return undefined;
  }
}

function scalarIssue(value: unknown, place: Place): Issue | undefined {
  if (typeof value === "number" && !Number.isFinite(value))
    return error("not-json", pointerTo(place), `${value} is not a number that JSON can hold.`);
  if (typeof value === "string" && !value.isWellFormed())
    return error("not-json", pointerTo(place), "This text holds half of a character (a lone surrogate).");
  if (["string", "number", "boolean"].includes(typeof value) || value === null) return undefined;
  // Nothing at all at the top is answered by parse, in better words.
  if (value === undefined && !place.parent) return undefined;
  return error("not-json", pointerTo(place), `A document cannot hold ${typeof value}.`);
}

function pointerTo(place: Place): string {
  const keys: (string | number)[] = [];
  for (let at = place; at.parent; at = at.parent) keys.unshift(at.key);
  return pointer(...keys);
}

const forbidden = (place: Place, key: string) =>
  error("forbidden-key", pointerTo(place), `"${key}" cannot be used as a name.`, "Choose another name.");

const tooDeep = (place: Place) => {
  let top = place;
  while (top.depth > 8 && top.parent) top = top.parent;
  return error(
    "too-deep",
    pointerTo(top),
    `The document is nested deeper than ${LIMITS.depth} levels.`,
    "Move a part into a document of its own.",
  );
};

const tooLarge = () =>
  error(
    "too-large",
    "",
    `The document is larger than ${LIMITS.characters / 1_000_000} MB.`,
    "Split it into several documents.",
  );

const tooManySteps = () =>
  error(
    "too-many-steps",
    "/steps",
    `The workflow has more than ${LIMITS.steps.toLocaleString("en")} steps.`,
    "Move a part into a workflow of its own and call it by a subflow step.",
  );
