import type { DecisionTable } from "#engine/rules/table.ts";
import { tableFromText } from "#engine/rules/table-text.ts";
import type { Issue } from "#engine/words/issue.ts";

/** A table that a file holds, or why it cannot be taken. A DMN file may hold several. */
export interface TableInFile {
  name: string;
  table?: DecisionTable;
  issues: readonly Issue[];
}

type Read = { ok: true; table: DecisionTable } | { ok: false; issues: Issue[] };

/**
 * Reads a file as decision tables: Excel, DMN, else text with separators. `like` is the table that the file may be an edit
 * of; a file with other headings is read for itself. What reads Excel and DMN is loaded when it is needed.
 */
export async function readTableFile(file: File, like: DecisionTable | undefined): Promise<TableInFile[]> {
  const name = file.name.replace(/\.[^.]*$/, "");
  if (/\.(?:dmn|xml)$/i.test(file.name)) {
    const { tableFromDmn } = await import("#engine/rules/exchange/dmn-read.ts");
    const read = await tableFromDmn(await file.text());
    return read.ok ? read.decisions : [{ name, issues: read.issues }];
  }
  if (/\.xlsx$/i.test(file.name)) {
    const { tableFromXlsx } = await import("#engine/rules/exchange/table-xlsx.ts");
    const bytes = new Uint8Array(await file.arrayBuffer());
    const read = await tableFromXlsx(bytes, like ? { like } : {});
    return [found(name, read.ok || !like ? read : await orAnew(read, () => tableFromXlsx(bytes)))];
  }
  const text = decoded(new Uint8Array(await file.arrayBuffer()));
  const read = tableFromText(text, like ? { like } : {});
  return [found(name, read.ok || !like ? read : await orAnew(read, () => tableFromText(text)))];
}

/** Of two failures the first counts: it speaks of the table that is open. */
async function orAnew(first: Read, again: () => Read | Promise<Read>): Promise<Read> {
  const second = await again();
  return second.ok ? second : first;
}

const found = (name: string, read: Read): TableInFile =>
  read.ok ? { name, table: read.table, issues: [] } : { name, issues: read.issues };

/** Text as UTF-8; what is none comes from an older spreadsheet program of the West. */
function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}
