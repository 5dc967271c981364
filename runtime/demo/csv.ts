/** A table as CSV text (RFC 4180, LF): the demo goes through the same import as everybody's files. */
export function csv(header: readonly string[], rows: readonly (readonly (string | number | null)[])[]): string {
  const lines = [header.join(",")];
  for (const row of rows) lines.push(row.map(cell).join(","));
  return `${lines.join("\n")}\n`;
}

function cell(value: string | number | null): string {
  if (value === null) return "";
  const text = String(value);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
