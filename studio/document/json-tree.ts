/** A value in JSON text with the range it occupies: `text.slice(start, end)` is exactly the value as it was written. */
export interface JsonNode {
  kind: "object" | "array" | "string" | "number" | "boolean" | "null";
  start: number;
  end: number;
  members?: JsonMember[];
  items?: JsonNode[];
}

/** One `"key": value` of an object; `keyStart` and `keyEnd` take in the quotes. */
export interface JsonMember {
  key: string;
  keyStart: number;
  keyEnd: number;
  node: JsonNode;
}

/** Where JSON text stops being JSON. `line` and `column` count from 1. */
export interface SyntaxProblem {
  offset: number;
  line: number;
  column: number;
  message: string;
}

export type TreeResult = { ok: true; root: JsonNode } | { ok: false; problem: SyntaxProblem };

const MAX_DEPTH = 400;

/**
 * Reads JSON text into ranges, with exactly the grammar of RFC 8259 (what `JSON.parse` accepts). It never throws: the
 * first place that is not JSON comes back with a sentence for the author.
 */
export function readTree(text: string): TreeResult {
  try {
    return { ok: true, root: new Reader(text).document() };
  } catch (thrown) {
    if (thrown instanceof Stop)
      return { ok: false, problem: { ...placeOf(text, thrown.offset), message: thrown.message } };
    throw thrown;
  }
}

/** Offset, line and column (from 1) of a place in a text. */
export function placeOf(text: string, offset: number): { offset: number; line: number; column: number } {
  let line = 1;
  let from = 0;
  for (let next = text.indexOf("\n"); next !== -1 && next < offset; next = text.indexOf("\n", next + 1)) {
    line += 1;
    from = next + 1;
  }
  return { offset, line, column: offset - from + 1 };
}

class Stop extends Error {
  readonly offset: number;
  constructor(offset: number, message: string) {
    super(message);
    this.offset = offset;
  }
}

class Reader {
  private at = 0;
  private depth = 0;
  private readonly text: string;
  constructor(text: string) {
    this.text = text;
  }

  document(): JsonNode {
    this.space();
    if (this.at >= this.text.length) throw new Stop(0, "The text is empty.");
    const root = this.value();
    this.space();
    if (this.at < this.text.length) throw new Stop(this.at, "There is more text after the end of the document.");
    return root;
  }

  private value(): JsonNode {
    const char = this.text[this.at];
    if (char === "{") return this.object();
    if (char === "[") return this.array();
    if (char === '"') return this.string();
    if (char === "-" || (char !== undefined && char >= "0" && char <= "9")) return this.number();
    for (const [word, kind] of WORDS)
      if (this.text.startsWith(word, this.at)) {
        const start = this.at;
        this.at += word.length;
        return { kind, start, end: this.at };
      }
    throw new Stop(
      this.at,
      char === undefined
        ? "The text ends where a value should stand."
        : `A value should stand here, not ${show(char)}.`,
    );
  }

  private object(): JsonNode {
    const start = this.enter();
    const members: JsonMember[] = [];
    this.space();
    if (this.text[this.at] === "}") return this.leave({ kind: "object", start, end: 0, members });
    while (true) {
      this.space();
      if (this.text[this.at] !== '"') throw this.unexpected("A name in double quotes should stand here");
      const name = this.string();
      this.space();
      if (this.text[this.at] !== ":") throw this.unexpected("A colon is missing after the name");
      this.at += 1;
      this.space();
      const key = JSON.parse(this.text.slice(name.start, name.end)) as string;
      members.push({ key, keyStart: name.start, keyEnd: name.end, node: this.value() });
      this.space();
      if (this.text[this.at] === "}") return this.leave({ kind: "object", start, end: 0, members });
      if (this.text[this.at] !== ",") throw this.unexpected("A comma or a closing brace is missing");
      this.at += 1;
    }
  }

  private array(): JsonNode {
    const start = this.enter();
    const items: JsonNode[] = [];
    this.space();
    if (this.text[this.at] === "]") return this.leave({ kind: "array", start, end: 0, items });
    while (true) {
      this.space();
      items.push(this.value());
      this.space();
      if (this.text[this.at] === "]") return this.leave({ kind: "array", start, end: 0, items });
      if (this.text[this.at] !== ",") throw this.unexpected("A comma or a closing bracket is missing");
      this.at += 1;
    }
  }

  private enter(): number {
    this.depth += 1;
    if (this.depth > MAX_DEPTH) throw new Stop(this.at, `The document is nested deeper than ${MAX_DEPTH} levels.`);
    this.at += 1;
    return this.at - 1;
  }

  private leave(node: JsonNode): JsonNode {
    this.depth -= 1;
    this.at += 1;
    node.end = this.at;
    return node;
  }

  private string(): JsonNode {
    const start = this.at;
    this.at += 1;
    while (true) {
      const code = this.text.charCodeAt(this.at);
      if (Number.isNaN(code) || code === 10 || code === 13) throw new Stop(this.at, "A closing quote is missing.");
      if (code < 32) throw new Stop(this.at, "A control character must be written as an escape, e.g. \\t.");
      if (code === 92) this.escape();
      else this.at += 1;
      if (code === 34) return { kind: "string", start, end: this.at };
    }
  }

  private escape(): void {
    const rest = this.text.slice(this.at, this.at + 6);
    const length = /^\\["\\/bfnrt]/.test(rest) ? 2 : /^\\u[0-9a-fA-F]{4}/.test(rest) ? 6 : 0;
    if (length === 0) throw new Stop(this.at, "This is not an escape that JSON knows.");
    this.at += length;
  }

  private number(): JsonNode {
    const start = this.at;
    NUMBER.lastIndex = start;
    const found = NUMBER.exec(this.text);
    if (!found) throw new Stop(this.at, "This is not a number that JSON can hold.");
    this.at += found[0].length;
    return { kind: "number", start, end: this.at };
  }

  private space(): void {
    for (let code = this.text.charCodeAt(this.at); code === 32 || code === 10 || code === 13 || code === 9; ) {
      this.at += 1;
      code = this.text.charCodeAt(this.at);
    }
  }

  private unexpected(message: string): Stop {
    const char = this.text[this.at];
    return new Stop(
      this.at,
      char === undefined ? `${message}: the text ends here.` : `${message}, before ${show(char)}.`,
    );
  }
}

const WORDS = [
  ["true", "boolean"],
  ["false", "boolean"],
  ["null", "null"],
] as const;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const show = (char: string) => (char === "\n" || char === "\r" ? "the end of the line" : `“${char}”`);

/** The node at the segments of a pointer, or undefined. Of members with the same name the last counts, as in `JSON.parse`. */
export function nodeAt(root: JsonNode, path: readonly string[]): JsonNode | undefined {
  let node: JsonNode | undefined = root;
  for (const segment of path) {
    if (node?.members) node = node.members.findLast((member) => member.key === segment)?.node;
    else if (node?.items) node = /^\d+$/.test(segment) ? node.items[Number(segment)] : undefined;
    else return undefined;
  }
  return node;
}

/** The pointer segments of the innermost value or name that holds an offset: what the cursor in the source is on. */
export function pathAtOffset(root: JsonNode, offset: number): string[] {
  const path: string[] = [];
  let node: JsonNode | undefined = root;
  while (node) {
    const member: JsonMember | undefined = node.members?.find(
      (one) => offset >= one.keyStart && offset <= one.node.end,
    );
    if (member) {
      path.push(member.key);
      node = member.node;
      continue;
    }
    const index: number = node.items?.findIndex((item) => offset >= item.start && offset <= item.end) ?? -1;
    if (index < 0) break;
    path.push(String(index));
    node = node.items?.[index];
  }
  return path;
}
