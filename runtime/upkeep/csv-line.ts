/**
 * A line of CSV (RFC 4180). Text that a spreadsheet would read as a formula (`=`, `+`, `-`, `@`, tab) gets an apostrophe before
 * it, as OWASP says; numbers stay numbers. JSON Lines hold the same values as they are.
 */
export function csvLine(cells: readonly unknown[]): string {
  return `${cells.map(csvCell).join(",")}\r\n`;
}

function csvCell(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return String(value);
  const text = String(value);
  const safe = /^[=+\-@\t\r]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
