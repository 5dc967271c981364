/** kebab-case and camelCase as words, with the short forms of the field in capitals: `hr-partner` is `HR partner`. */
export function spell(name: string): string {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .replaceAll(/[-_.]+/g, " ")
    .replaceAll(/\b(hr|hrbp|kpi|okr|pip|nps|sla|ote)\b/g, (word) => word.toUpperCase())
    .trim();
}

/** The first letter large. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A title in the quotes that sentences use. */
export function quoted(title: string): string {
  return `“${title}”`;
}

/** `a`, `a and b`, `a, b and c`; another word may stand for `and`. */
export function listed(words: readonly string[], and = "and"): string {
  return words.length > 1 ? `${words.slice(0, -1).join(", ")} ${and} ${words.at(-1)}` : (words[0] ?? "");
}

/** `once`, `twice`, `3 times`. */
export function timesInWords(count: number): string {
  return count === 1 ? "once" : count === 2 ? "twice" : `${count} times`;
}
