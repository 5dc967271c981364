import { FORBIDDEN_KEYS } from "../words/ids.ts";

/**
 * The bracketed scripts of a JSONPath, without their brackets: `?(@.level>=3)` and `(@.length-1)`.
 * An opening without its end yields the rest of the path, which `filterProblem` then refuses.
 */
export function scripts(path: string): string[] {
  const found: string[] = [];
  let at = 0;
  while (at < path.length) {
    const start = /\[['"]?(\??\()/.exec(path.slice(at));
    if (!start) break;
    const from = at + start.index + 1;
    const end = path.indexOf(")]", from);
    found.push(path.slice(from, end === -1 ? undefined : end + 1));
    at = end === -1 ? path.length : end + 2;
  }
  return found;
}

const TOKEN =
  /\s+|@(?:property|parentProperty|parent|root)?(?=[.\s)=!<>&|+*/%-]|$)|\.[A-Za-z_$][\w$]*|\d+(?:\.\d+)?|"[^"\\]*"|'[^'\\]*'|true|false|null|===|!==|==|!=|<=|>=|<|>|&&|\|\||[!+*/%()-]/y;

/**
 * Why a filter of a path is refused, or undefined. Only comparisons of members with literals are let through:
 * no calls, no assignments, no names but `@`, no way to a prototype.
 */
export function filterProblem(script: string): string | undefined {
  const body = script.startsWith("?") ? script.slice(1) : script;
  if (!body.startsWith("(") || !body.endsWith(")")) return "the path has a filter without its end";
  let depth = 0;
  let last = "";
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < body.length) {
    const from = TOKEN.lastIndex;
    const token = TOKEN.exec(body)?.[0];
    if (token === undefined) return `the path's filter uses "${body.slice(from, from + 12)}", which is not allowed`;
    if (token.trim() === "") continue;
    if (token.startsWith(".") && FORBIDDEN_KEYS.has(token.slice(1))) return `the path's filter reads ${token.slice(1)}`;
    if (token === "(" && /[\w$"')]$/.test(last)) return "the path's filter calls a function, which is not allowed";
    if (token === "(") depth++;
    if (token === ")") depth--;
    if (depth < 0) return "the path's filter has a bracket too many";
    last = token;
  }
  return depth === 0 ? undefined : "the path's filter has a bracket without its pair";
}
