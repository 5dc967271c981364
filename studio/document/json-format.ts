import type { Json } from "#engine/words/json.ts";
import type { JsonNode } from "./json-tree.ts";
import { isObject } from "./json-value.ts";

/** How a text is laid out, read off the text itself. */
export interface JsonStyle {
  /** One level of indentation, e.g. two spaces or a tab. */
  unit: string;
  eol: "\n" | "\r\n";
  /** Whether the author writes short objects on one line; otherwise every object is opened up. */
  compact: boolean;
  /** Whether there is a space after commas on one line. */
  spaced: boolean;
  /** Longest line that is kept on one line. */
  width: number;
}

/** The style of a text, from its tree; two spaces and short objects on one line where it says nothing. */
export function styleOf(text: string, root: JsonNode): JsonStyle {
  const indent = /\n([ \t]+)\S/.exec(text)?.[1];
  const minimal = !text.includes("\n") && text.length > 40;
  return {
    unit: indent === undefined ? "  " : indent.startsWith("\t") ? "\t" : " ".repeat(Math.min(indent.length, 8)),
    eol: text.includes("\r\n") ? "\r\n" : "\n",
    compact: minimal || hasInlineObject(text, root) || !text.includes("\n"),
    spaced: inlineGap(text, root) !== ",",
    width: minimal ? Number.POSITIVE_INFINITY : 120,
  };
}

function hasInlineObject(text: string, node: JsonNode): boolean {
  if (node.members?.length && !text.slice(node.start, node.end).includes("\n")) return true;
  const children = node.members?.map((member) => member.node) ?? node.items ?? [];
  return children.some((child) => child.end - child.start > 2 && hasInlineObject(text, child));
}

/** What stands between the first two neighbours on one line; undefined where there are none. */
function inlineGap(text: string, node: JsonNode): string | undefined {
  const children = node.members?.map((member) => member.node) ?? node.items ?? [];
  const starts = node.members?.map((member) => member.keyStart) ?? node.items?.map((item) => item.start) ?? [];
  const gap = children.length > 1 ? text.slice(children[0]!.end, starts[1]) : undefined;
  if (gap !== undefined && !gap.includes("\n")) return gap;
  for (const child of children) {
    const found = inlineGap(text, child);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A value as text at an indentation of `indent` columns, on one line where the style and `room` columns allow. */
export function formatJson(value: Json, style: JsonStyle, indent: number, room: number): string {
  const inline = oneLine(value, style.spaced);
  const short = inline.length <= room && (style.compact || !holdsObject(value));
  if (short || inline === "{}" || inline === "[]") return inline;
  const tabs = style.unit === "\t";
  const inner = indent + style.unit.length;
  const pad = (columns: number) => (tabs ? "\t" : " ").repeat(columns);
  const line = (text: string) => `${style.eol}${pad(inner)}${text}`;
  if (Array.isArray(value)) {
    const lines = value.map((item) => line(formatJson(item, style, inner, style.width - inner)));
    return `[${lines.join(",")}${style.eol}${pad(indent)}]`;
  }
  if (!isObject(value)) return inline;
  const lines = Object.entries(value).map(([key, item]) => {
    const name = `${JSON.stringify(key)}: `;
    return line(name + formatJson(item, style, inner, style.width - inner - name.length));
  });
  return `{${lines.join(",")}${style.eol}${pad(indent)}}`;
}

function oneLine(value: Json, spaced: boolean): string {
  const gap = spaced ? " " : "";
  if (Array.isArray(value)) return `[${value.map((item) => oneLine(item, spaced)).join(`,${gap}`)}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const members = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}:${gap}${oneLine(item, spaced)}`);
  return members.length === 0 ? "{}" : `{${gap}${members.join(`,${gap}`)}${gap}}`;
}

const holdsObject = (value: Json): boolean => isObject(value) || (Array.isArray(value) && value.some(holdsObject));
