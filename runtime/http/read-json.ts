import { error, type Issue } from "#engine/words/issue.ts";
import { pointer } from "#engine/words/pointer.ts";

/** Deeper than any document of ours; a body of a million brackets would take the stack. */
const DEEPEST = 200;
const FORBIDDEN_KEYS = new Set(["__proto__", "prototype", "constructor"]);

interface Trouble {
  code: string;
  message: string;
  issues: Issue[];
}

/** The value of a JSON text, or what keeps it from being taken as a body. The text is not kept. */
export function readJson(text: string): { value: unknown } | { trouble: Trouble } {
  if (depthOf(text) > DEEPEST) {
    const message = `The body is nested more than ${DEEPEST} levels deep.`;
    return { trouble: { code: "too-deep", message, issues: [] } };
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    const message = `The body is not JSON: ${(cause as Error).message}.`;
    return { trouble: { code: "malformed-json", message, issues: [] } };
  }
  // Walking costs more than parsing: only where the text can hold what is looked for.
  if (!/__proto__|prototype|constructor|\\u0|\0/i.test(text)) return { value };
  const issues: Issue[] = [];
  walk(value, [], issues);
  const [first] = issues;
  if (!first) return { value };
  return { trouble: { code: "bad-input", message: `The request cannot be read: ${first.message}`, issues } };
}

/** The deepest nesting of brackets outside of strings. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x22) at = endOfString(text, at);
    else if (code === 0x5b || code === 0x7b) deepest = Math.max(deepest, ++depth);
    else if (code === 0x5d || code === 0x7d) depth--;
  }
  return deepest;
}

function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x5c) at++;
    else if (code === 0x22) return at;
  }
  return text.length;
}

function walk(value: unknown, path: string[], issues: Issue[]): void {
  if (typeof value === "string") {
    if (value.includes("\0")) issues.push(nul(path));
  } else if (Array.isArray(value)) {
    for (const [i, item] of value.entries()) walk(item, [...path, String(i)], issues);
  } else if (value !== null && typeof value === "object") {
    for (const key of Object.keys(value)) {
      const at = [...path, key];
      if (FORBIDDEN_KEYS.has(key)) {
        issues.push(
          error("forbidden-key", pointer("body", ...at), `"${key}" cannot be used as a name.`, "Choose another name."),
        );
      }
      if (key.includes("\0")) issues.push(nul(at));
      walk((value as Record<string, unknown>)[key], at, issues);
    }
  }
}

const nul = (path: string[]): Issue =>
  error("nul-character", pointer("body", ...path), "A text holds a NUL character.", "Remove it; text has none.");
