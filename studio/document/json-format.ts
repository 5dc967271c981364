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
  const nodes = firstNodes(root);
  const minimal = !text.includes("\n") && text.length > 40;
  return {
    unit: indent === undefined ? "  " : indent.startsWith("\t") ? "\t" : " ".repeat(Math.min(indent.length, 8)),
    eol: text.includes("\r\n") ? "\r\n" : "\n",
    compact: minimal || hasInlineObject(text, nodes) || !text.includes("\n"),
    spaced: inlineGap(text, nodes) !== ",",
    width: minimal ? Number.POSITIVE_INFINITY : 120,
  };
}

/** How a style is told from the first values of a text: an author who writes thousands does not change it after these. */
const LOOKED_AT = 2_000;

/** The first values of a text, each before what is in it. */
function firstNodes(root: JsonNode): JsonNode[] {
  const found: JsonNode[] = [];
  const walk = (node: JsonNode) => {
    if (found.length >= LOOKED_AT) return;
    found.push(node);
    for (const member of node.members ?? []) walk(member.node);
    for (const item of node.items ?? []) walk(item);
  };
  walk(root);
  return found;
}

function hasInlineObject(text: string, nodes: readonly JsonNode[]): boolean {
  return nodes.some((node) => node.members?.length && !text.slice(node.start, node.end).includes("\n"));
}

/** What stands between the first two neighbours on one line; undefined where there are none. */
function inlineGap(text: string, nodes: readonly JsonNode[]): string | undefined {
  for (const node of nodes) {
    const first = node.members?.[0]?.node ?? node.items?.[0];
    const second = node.members?.[1]?.keyStart ?? node.items?.[1]?.start;
    const gap = first && second !== undefined ? text.slice(first.end, second) : undefined;
    if (gap !== undefined && !gap.includes("\n")) return gap;
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
