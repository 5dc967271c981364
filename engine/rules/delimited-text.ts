/** What stands between cells: a tab where a spreadsheet was copied, else a comma or a semicolon. */
export type Separator = "\t" | "," | ";";

/** The separator that a text uses: the one found most often in its first line, outside quotes; tab before semicolon before comma. */
export function separatorOf(text: string): Separator {
  const line =
    text
      .replaceAll(/"(?:[^"]|"")*"/g, "")
      .split(/\r?\n/)
      .find((one) => one.trim() !== "") ?? "";
  const count = (separator: Separator) => line.split(separator).length - 1;
  if (count("\t") > 0) return "\t";
  return count(";") > count(",") ? ";" : ",";
}

/** Records of a delimited text (RFC 4180): quotes keep separators and line ends, two quotes are one. Empty lines are left out. */
export function parseDelimited(text: string, separator: Separator): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  let at = 0;
  const body = text.startsWith("\uFEFF") ? text.slice(1) : text;
  const end = () => {
    const said = body.slice(start, at);
    if (said.trim() !== "" || record.length > 1) records.push(record);
    record = [];
  };
  let start = 0;
  while (at < body.length) {
    if (record.length === 0) start = at;
    const { cell, next } = body[at] === '"' ? quotedCell(body, at, separator) : bareCell(body, at, separator);
    record.push(cell);
    at = next;
    if (body[at] === separator) {
      at++;
      if (at === body.length) record.push("");
      continue;
    }
    end();
    if (body[at] === "\r") at++;
    if (body[at] === "\n") at++;
  }
  if (record.length > 0) end();
  return records;
}

function bareCell(text: string, from: number, separator: Separator) {
  let at = from;
  while (at < text.length && text[at] !== separator && text[at] !== "\n" && text[at] !== "\r") at++;
  return { cell: text.slice(from, at), next: at };
}

/** A cell in quotes; one that is not in quotes as a whole (`"a" or "b"`) is taken as it is typed. */
function quotedCell(text: string, from: number, separator: Separator) {
  const match = /"((?:[^"]|"")*)"/y;
  match.lastIndex = from;
  const found = match.exec(text);
  const next = match.lastIndex;
  const after = text[next];
  if (!found || !(after === undefined || after === separator || after === "\n" || after === "\r")) {
    return bareCell(text, from, separator);
  }
  return { cell: (found[1] ?? "").replaceAll('""', '"'), next };
}

/** Writes records so that `parseDelimited` reads the same again. */
export function writeDelimited(records: readonly (readonly string[])[], separator: Separator): string {
  const cell = (text: string, alone: boolean) =>
    (alone && text === "") || /["\r\n]/.test(text) || text.includes(separator) || text.trim() !== text
      ? `"${text.replaceAll('"', '""')}"`
      : text;
  return records.map((record) => `${record.map((text) => cell(text, record.length === 1)).join(separator)}\n`).join("");
}
