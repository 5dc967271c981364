import { JSONPath } from "jsonpath-plus";
import { LIMITS } from "./limits.ts";
import { filterProblem, scripts } from "./path-script.ts";

/** A path ready to read. `keys` are its steps where it is plain (`$.manager.rating`), and then reading cannot fail. */
export interface CompiledPath {
  text: string;
  keys: readonly string[] | undefined;
  read: (value: unknown) => unknown;
}

const STEPS = String.raw`(?:\.[\w-]+|\[\d+\]|\['[\w -]+'\]|\["[\w -]+"\])`;
const PLAIN = new RegExp(String.raw`^(?:\$|[A-Za-z_][\w-]*)${STEPS}*$`);
const STEP = /\.?([\w-]+)|\[(\d+)\]|\['([\w -]+)'\]|\["([\w -]+)"\]/y;

/** The steps of a plain path; undefined where it needs a search (wildcards, slices, filters) or is spelled unusually. */
function plainKeys(path: string): string[] | undefined {
  if (!PLAIN.test(path)) return undefined;
  const rest = path.startsWith("$") ? path.slice(1) : path;
  const keys: string[] = [];
  STEP.lastIndex = 0;
  while (STEP.lastIndex < rest.length) {
    const match = STEP.exec(rest);
    if (!match) return undefined;
    keys.push(match[1] ?? match[2] ?? match[3] ?? match[4] ?? "");
  }
  return keys;
}

/** One step into a value: own members only, so that a path never reaches a prototype. */
export function step(value: unknown, key: string): unknown {
  return value && Object.hasOwn(value as object, key) ? (value as Record<string, unknown>)[key] : undefined;
}

/** What stops a path from being used: it is too long, searches too widely, or carries code. Undefined where it is fine. */
export function pathProblem(path: string): string | undefined {
  if (path.length > LIMITS.pathLength) return `the path is longer than ${LIMITS.pathLength} characters`;
  if (path in Object.prototype) return "the path is not well formed; begin it with $";
  for (const script of scripts(path)) {
    const problem = filterProblem(script);
    if (problem) return problem;
  }
  const outside = scripts(path).reduce((rest, script) => rest.replace(script, ""), path);
  const wildcards = outside.match(/\.\.|\*/g)?.length ?? 0;
  if (wildcards > LIMITS.wildcards) return `the path searches everywhere more than ${LIMITS.wildcards} times`;
  if (
    /[()?]/.test(
      outside.replaceAll(
        /@(null|boolean|number|string|integer|undefined|nonFinite|scalar|array|object|function)\(\)/g,
        "",
      ),
    )
  )
    return "the path is not well formed";
  if (outside.includes("@other")) return "the path asks for a type of value that does not exist";
  return undefined;
}

/**
 * Makes a reader of a path, with json-rules-engine's meaning: JSONPath as jsonpath-plus reads it, a single match bare,
 * several as a list, nothing as undefined; a value that is no object is answered as it is. No script ever runs: filters
 * are checked by `pathProblem` first and then interpreted by jsonpath-plus's safe evaluator.
 */
export function compilePath(text: string): CompiledPath {
  const keys = plainKeys(text);
  if (!keys) {
    const read = (value: unknown) =>
      value !== null && typeof value === "object"
        ? JSONPath({ path: text, json: value as object, wrap: false, eval: "safe" })
        : value;
    return { text, keys, read };
  }
  const read = (value: unknown) => {
    if (value === null || typeof value !== "object") return value;
    let at: unknown = value;
    for (const key of keys) at = step(at, key);
    return at;
  };
  return { text, keys, read };
}
