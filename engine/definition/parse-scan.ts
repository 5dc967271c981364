/** Where a value (and the key before it) stands in a text: offsets, end exclusive. */
export interface Range {
  start: number;
  end: number;
  /** The key of a member, quotes included; absent for list entries and the document itself. */
  key?: { start: number; end: number };
}

/** What a scan of a JSON text found. */
export type Scan =
  | { ok: true; ranges: Map<string, Range>; duplicates: { path: string; key: string; at: number; end: number }[] }
  | { ok: false; at: number; message: string; hint?: string };

/** Thrown inside the scanner only; `scanJson` turns it into data. */
class Malformed {
  readonly at: number;
  readonly message: string;
  readonly hint: string | undefined;
  constructor(at: number, message: string, hint?: string) {
    this.at = at;
    this.message = message;
    this.hint = hint;
  }
}

const DEPTH = 200;
const WHITE = /[ \t\n\r]*/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are exactly the characters that JSON forbids in text
const PLAIN = /[^"\\\u0000-\u001f]*/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /[A-Za-z_$][\w$]*/y;

/**
 * Reads JSON text (RFC 8259) only for places: where each value stands, by JSON Pointer; keys written twice, of which
 * `JSON.parse` silently keeps the last; and where malformed text goes wrong, in words. It accepts exactly what
 * `JSON.parse` accepts, up to 200 levels.
 */
export function scanJson(text: string): Scan {
  const ranges = new Map<string, Range>();
  const duplicates: { path: string; key: string; at: number; end: number }[] = [];
  let at = 0;

  const take = (pattern: RegExp): string => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0] ?? "";
    at += found.length;
    return found;
  };
  const white = () => {
    take(WHITE);
    if (text[at] === "/" && (text[at + 1] === "/" || text[at + 1] === "*"))
      throw new Malformed(at, "JSON has no comments.", 'Put remarks into "description" or "notes".');
  };

  function string(what: string): string {
    const start = at;
    at++;
    for (;;) {
      take(PLAIN);
      const next = text[at];
      if (next === '"') {
        at++;
        return JSON.parse(text.slice(start, at)) as string;
      }
      if (next === undefined || next === "\n" || next === "\r")
        throw new Malformed(start, `This ${what} has no closing quote.`);
      if (next !== "\\") throw new Malformed(at, "A control character stands inside a text.", "Write \\t for a tab.");
      if (take(ESCAPE) === "") throw new Malformed(at, "A backslash must be doubled inside a text.", "Write \\\\.");
    }
  }

  function object(path: string, depth: number): void {
    const keys = new Set<string>();
    at++;
    white();
    if (text[at] === "}") {
      at++;
      return;
    }
    for (;;) {
      white();
      if (text[at] === "}") throw new Malformed(at, "There is a comma before a closing brace.", "Remove the comma.");
      if (text[at] !== '"') throw notAKey();
      const start = at;
      const key = string("key");
      const keyRange = { start, end: at };
      const member = `${path}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;
      if (keys.has(key)) duplicates.push({ path: member, key, at: start, end: at });
      keys.add(key);
      white();
      if (text[at] !== ":") throw new Malformed(at, `A colon is missing after "${key}".`);
      at++;
      value(member, depth, keyRange);
      white();
      const next = text[at];
      if (next === "}") {
        at++;
        return;
      }
      if (next !== ",") throw unclosed("}", "brace");
      at++;
    }
  }

  function array(path: string, depth: number): void {
    at++;
    white();
    if (text[at] === "]") {
      at++;
      return;
    }
    for (let index = 0; ; index++) {
      white();
      if (text[at] === "]") throw new Malformed(at, "There is a comma before a closing bracket.", "Remove the comma.");
      value(`${path}/${index}`, depth);
      white();
      const next = text[at];
      if (next === "]") {
        at++;
        return;
      }
      if (next !== ",") throw unclosed("]", "bracket");
      at++;
    }
  }

  function value(path: string, depth: number, key?: { start: number; end: number }): void {
    white();
    if (depth >= DEPTH) throw new Malformed(at, `The text is nested deeper than ${DEPTH} levels.`);
    const start = at;
    const next = text[at];
    if (next === "{") object(path, depth + 1);
    else if (next === "[") array(path, depth + 1);
    else if (next === '"') string("text");
    else if (take(NUMBER) !== "") {
      if (/[\w.]/.test(text[at] ?? "")) throw new Malformed(start, "This is not how a number is written.");
    } else literal();
    ranges.set(path, { start, end: at, ...(key ? { key } : {}) });
  }

  function literal(): void {
    const start = at;
    const word = take(WORD);
    if (word === "true" || word === "false" || word === "null") return;
    if (word !== "")
      throw new Malformed(start, `"${word}" stands without quotes.`, `Write "${word}" in double quotes.`);
    if (text[at] === undefined) throw new Malformed(at, "The text ends where a value is expected.");
    if (text[at] === "'") throw new Malformed(at, "JSON uses double quotes.", "Write \" instead of '.");
    if (text[at] === "," || text[at] === "}" || text[at] === "]") throw new Malformed(at, "A value is missing here.");
    throw new Malformed(at, `A value is expected here, not "${text[at]}".`);
  }

  const notAKey = () => {
    if (text[at] === undefined) return new Malformed(at, "The text ends inside an object.", "Close it with }.");
    if (text[at] === ",") return new Malformed(at, "There is a comma too many.", "Remove it.");
    return new Malformed(at, "A key in double quotes is expected here.", 'For example "title".');
  };
  const unclosed = (close: string, name: string) =>
    text[at] === undefined
      ? new Malformed(at, `A closing ${name} is missing.`, `Close it with ${close}.`)
      : new Malformed(at, `A comma or a closing ${name} is missing here.`);

  try {
    value("", 0);
    white();
    if (at < text.length) throw new Malformed(at, "There is more text after the end of the document.", "Remove it.");
    return { ok: true, ranges, duplicates };
  } catch (problem) {
    if (!(problem instanceof Malformed)) throw problem;
    const { at: place, message, hint } = problem;
    return { ok: false, at: place, message, ...(hint === undefined ? {} : { hint }) };
  }
}
