/** What a value is, in the words of an author. */
export function kindOfValue(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "string") return value.length <= 40 ? `text (${JSON.stringify(value)})` : "text";
  if (typeof value === "number") return `a number (${value})`;
  if (typeof value === "boolean") return String(value);
  return "an object";
}

const expected: Record<string, string> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  tuple: "a list",
  object: "an object",
  record: "an object",
  null: "null",
  undefined: "nothing",
};

/** What was expected, from zod's name of a type. */
export function typeInWords(type: string): string {
  return expected[type] ?? type;
}

/** `a`, `a or b`, `a, b or c`. */
export function anyOf(words: readonly string[]): string {
  const unique = [...new Set(words)];
  return unique.length > 1 ? `${unique.slice(0, -1).join(", ")} or ${unique.at(-1)}` : (unique[0] ?? "nothing");
}

/** A bound that was passed, in words: `at least 3 characters`, `at most 20 entries`, `more than 0`. */
export function boundInWords(origin: string, bound: number, which: "least" | "most", inclusive: boolean): string {
  const unit = { string: "character", array: "entry", tuple: "entry", record: "entry", object: "entry" }[origin];
  if (unit === undefined && !inclusive) return `${which === "least" ? "more" : "less"} than ${bound}`;
  if (unit === undefined) return `at ${which} ${bound}`;
  return `at ${which} ${bound} ${bound === 1 ? unit : unit === "entry" ? "entries" : "characters"}`;
}

const formats: Record<string, string> = {
  date: "a date such as 2026-03-31 that exists",
  datetime: "a date and time such as 2026-03-31T09:00",
  url: "an address that starts with https:// or http://",
  starts_with: 'text that starts with "$"',
};

/** What a text format wants, in words, or undefined where the schema's own message says it better. */
export function formatInWords(format: string): string | undefined {
  return formats[format];
}

/** A fragment as a sentence: a capital in front, a full stop behind. */
export function sentence(text: string): string {
  const trimmed = text.trim();
  const capital = trimmed.charAt(0).toUpperCase() + trimmed.slice(1);
  return /[.!?]$/.test(capital) ? capital : `${capital}.`;
}
