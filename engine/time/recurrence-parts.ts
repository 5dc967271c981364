/** The parts of a recurrence rule (RFC 5545 section 3.3.10), still as text: `FREQ=WEEKLY;BYDAY=MO`. */
export type RecurrenceParts = ReadonlyMap<string, string>;

/** Splits a rule into its parts, names in capitals; `undefined` for a piece that is not `NAME=value`, or said twice. */
export function recurrenceParts(text: string): { parts: Map<string, string>; bad: string[]; twice: string[] } {
  const parts = new Map<string, string>();
  const bad: string[] = [];
  const twice: string[] = [];
  for (const piece of text.trim().split(";")) {
    const match = /^([A-Za-z]+)=(.+)$/.exec(piece.trim());
    if (!match) {
      bad.push(piece);
      continue;
    }
    const name = (match[1] ?? "").toUpperCase();
    if (parts.has(name)) twice.push(name);
    parts.set(name, (match[2] ?? "").toUpperCase());
  }
  return { parts, bad, twice };
}

/** The rule text of parts, in their order. */
export function recurrenceText(parts: RecurrenceParts): string {
  return [...parts].map(([name, value]) => `${name}=${value}`).join(";");
}
