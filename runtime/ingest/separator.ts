/** The separators a file may have, the commonest first. */
export const SEPARATORS = [",", ";", "\t", "|"] as const;
export type Separator = (typeof SEPARATORS)[number];

/**
 * Finds the separator by the first lines: the one that splits them into the most equal number of columns, more than one.
 * Separators inside quotes do not count. A file of one column has a comma.
 */
export function sniffSeparator(text: string): Separator {
  const lines = firstLines(text, 30);
  let best: { separator: Separator; score: number } = { separator: ",", score: 0 };
  for (const separator of SEPARATORS) {
    const counts = lines.map((line) => countOutsideQuotes(line, separator));
    const header = counts[0] ?? 0;
    if (header === 0) continue;
    const same = counts.filter((count) => count === header).length / counts.length;
    const score = same * 1_000 + header;
    if (score > best.score) best = { separator, score };
  }
  return best.separator;
}

/** The first lines of a text that hold anything, quoted line breaks kept together. */
function firstLines(text: string, most: number): string[] {
  const lines: string[] = [];
  let start = 0;
  let quoted = false;
  for (let i = 0; i <= text.length && i < 200_000 && lines.length < most; i++) {
    const char = text[i];
    if (char === '"') quoted = !quoted;
    if (i === text.length || (!quoted && (char === "\n" || char === "\r"))) {
      if (i > start) lines.push(text.slice(start, i));
      start = i + 1;
    }
  }
  return lines;
}

function countOutsideQuotes(line: string, separator: string): number {
  let count = 0;
  let quoted = false;
  for (const char of line) {
    if (char === '"') quoted = !quoted;
    else if (!quoted && char === separator) count++;
  }
  return count;
}
