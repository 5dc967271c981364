import type { Json } from "#engine/words/json.ts";
import { formatJson, type JsonStyle, styleOf } from "./json-format.ts";
import { type JsonMember, type JsonNode, readTree } from "./json-tree.ts";
import { isObject, type JsonObject, same } from "./json-value.ts";

/**
 * The text of a document after an edit: `next` said in the author's own text. Only what differs between `previous` (what
 * the text says now) and `next` is rewritten; layout, key order, number spelling and spacing of all the rest stay byte
 * for byte. New members follow the member that precedes them in `next`, in the style of their neighbours.
 * Throws where the text is not JSON: the caller edits valid text only.
 */
export function patchText(text: string, previous: Json, next: Json): string {
  if (previous === next) return text;
  const tree = readTree(text);
  if (!tree.ok) throw new Error(`patchText was given text that is not JSON: ${tree.problem.message}`);
  const patch = new Patch(text, styleOf(text, tree.root));
  return text.slice(0, tree.root.start) + patch.node(tree.root, previous, next, 0) + text.slice(tree.root.end);
}

class Patch {
  private readonly text: string;
  private readonly style: JsonStyle;
  constructor(text: string, style: JsonStyle) {
    this.text = text;
    this.style = style;
  }

  /** The text of one value; `column` is where its line is indented to. */
  node(node: JsonNode, previous: Json | undefined, next: Json, column: number): string {
    if (same(previous, next)) return this.text.slice(node.start, node.end);
    const indent = this.indentOf(node.start, column);
    if (node.members && isObject(previous) && isObject(next) && node.members.length > 0)
      return this.object(node, node.members, previous, next, indent);
    if (node.items && Array.isArray(previous) && Array.isArray(next) && node.items.length > 0)
      return this.array(node, node.items, previous, next, indent);
    return formatJson(next, this.style, indent, this.room(node.start));
  }

  private object(
    node: JsonNode,
    members: JsonMember[],
    previous: JsonObject,
    next: JsonObject,
    indent: number,
  ): string {
    const renamed = renames(previous, next);
    const effective = new Map<string, JsonMember>();
    for (const member of members) effective.set(member.key, member);
    const entries: { key: string; text: string; separator: string | null }[] = [];
    members.forEach((member, index) => {
      const key = renamed.get(member.key) ?? member.key;
      if (!Object.hasOwn(next, key)) return;
      const isLast = effective.get(member.key) === member;
      const value = isLast
        ? this.node(member.node, previous[member.key], next[key] as Json, indent)
        : this.text.slice(member.node.start, member.node.end);
      const name = key === member.key ? this.text.slice(member.keyStart, member.keyEnd) : JSON.stringify(key);
      const before = members[index - 1];
      entries.push({
        key,
        text: name + this.text.slice(member.keyEnd, member.node.start) + value,
        separator: before ? this.text.slice(before.node.end, member.keyStart) : null,
      });
    });
    const lead = this.text.slice(node.start + 1, members[0]!.keyStart);
    const separator = this.separator(lead, members[1] && this.text.slice(members[0]!.node.end, members[1].keyStart));
    const inner = lead.includes("\n") ? widthOf(lead) : indent;
    let predecessor: string | null = null;
    for (const key of Object.keys(next)) {
      if (!entries.some((entry) => entry.key === key)) {
        const room = lead.includes("\n") ? this.style.width - inner - key.length - 4 : Number.POSITIVE_INFINITY;
        const text = `${JSON.stringify(key)}: ${formatJson(next[key] as Json, this.style, inner, room)}`;
        const after = predecessor === null ? 0 : entries.findIndex((entry) => entry.key === predecessor) + 1;
        entries.splice(after, 0, { key, text, separator: null });
      }
      predecessor = key;
    }
    if (entries.length === 0) return "{}";
    const body = entries
      .map((entry, index) => (index === 0 ? lead : (entry.separator ?? separator)) + entry.text)
      .join("");
    return `{${body}${this.text.slice(members.at(-1)!.node.end, node.end - 1)}}`;
  }

  private array(node: JsonNode, items: JsonNode[], previous: Json[], next: Json[], indent: number): string {
    const lead = this.text.slice(node.start + 1, items[0]!.start);
    const separator = this.separator(lead, items[1] && this.text.slice(items[0]!.end, items[1].start));
    const inner = lead.includes("\n") ? widthOf(lead) : indent;
    const sources = pairItems(previous, next);
    const parts = next.map((value, index) => {
      const source = sources[index];
      if (source !== undefined) return this.node(items[source]!, previous[source], value, inner);
      const room = lead.includes("\n") ? this.style.width - inner : Number.POSITIVE_INFINITY;
      return formatJson(value, this.style, inner, room);
    });
    if (parts.length === 0) return "[]";
    const gap = (index: number) => {
      const before = items[index - 1];
      const after = items[index];
      return before && after && sources[index] === index ? this.text.slice(before.end, after.start) : separator;
    };
    const body = parts.map((part, index) => (index === 0 ? lead : gap(index)) + part).join("");
    return `[${body}${this.text.slice(items.at(-1)!.end, node.end - 1)}]`;
  }

  private separator(lead: string, existing: string | undefined): string {
    if (existing !== undefined) return existing;
    if (lead.includes("\n")) return `,${lead}`;
    return this.style.spaced ? ", " : ",";
  }

  private indentOf(offset: number, fallback: number): number {
    const lineStart = this.text.lastIndexOf("\n", offset - 1) + 1;
    const width = /^[ \t]*/.exec(this.text.slice(lineStart, offset))?.[0].length;
    return width ?? fallback;
  }

  private room(offset: number): number {
    return this.style.width - (offset - (this.text.lastIndexOf("\n", offset - 1) + 1));
  }
}

const widthOf = (lead: string) => lead.length - lead.lastIndexOf("\n") - 1;

/** Keys that only changed their name: objects of the same length whose keys differ at places where one came and one went. */
function renames(previous: JsonObject, next: JsonObject): Map<string, string> {
  const from = Object.keys(previous);
  const to = Object.keys(next);
  const found = new Map<string, string>();
  if (from.length !== to.length) return found;
  for (const [index, key] of from.entries()) {
    const other = to[index]!;
    if (key === other) continue;
    if (Object.hasOwn(next, key) || Object.hasOwn(previous, other)) return new Map();
    found.set(key, other);
  }
  return found;
}

/** For each new item the index of the old item whose text it takes: first the ones that say the same, then by position. */
function pairItems(previous: Json[], next: Json[]): (number | undefined)[] {
  const sources: (number | undefined)[] = next.map(() => undefined);
  const used = new Set<number>();
  next.forEach((value, index) => {
    const straight = index < previous.length && !used.has(index) && same(previous[index], value);
    const found = straight ? index : previous.findIndex((item, at) => !used.has(at) && same(item, value));
    if (found === -1) return;
    sources[index] = found;
    used.add(found);
  });
  next.forEach((_value, index) => {
    if (sources[index] !== undefined || used.has(index) || index >= previous.length) return;
    sources[index] = index;
    used.add(index);
  });
  return sources;
}
