import { error, type Issue } from "#engine/words/issue.ts";

/** The most bytes an import may have. */
export const MAX_BYTES = 100 * 1024 * 1024;

/** A file as text, and what it was written in. */
export interface DecodedText {
  text: string;
  encoding: "utf-8" | "utf-16le" | "utf-16be" | "windows-1252";
  issues: Issue[];
}

/**
 * Decodes an uploaded file: UTF-8 (with or without a byte order mark), UTF-16 with one (or recognisable without), and, where
 * the bytes are not valid UTF-8, Western European (windows-1252, which contains Latin-1), with a warning.
 * Refuses what is empty, too large, or binary.
 */
export function decodeText(bytes: Uint8Array): DecodedText {
  const refuse = (code: string, message: string, hint: string): DecodedText => ({
    text: "",
    encoding: "utf-8",
    issues: [error(code, "", message, hint)],
  });
  if (bytes.length === 0) return refuse("empty-file", "The file is empty.", "Export it again, with a header row.");
  if (bytes.length > MAX_BYTES)
    return refuse(
      "file-too-large",
      `The file has ${Math.ceil(bytes.length / 1024 / 1024)} MB; an import takes at most ${MAX_BYTES / 1024 / 1024} MB.`,
      "Split it into several files with the same header.",
    );
  const utf16 = utf16Of(bytes);
  if (utf16) return { text: withoutBom(new TextDecoder(utf16).decode(bytes)), encoding: utf16, issues: [] };
  const nul = bytes.indexOf(0);
  if (nul >= 0)
    return refuse(
      "binary-file",
      `Byte ${nul + 1} of the file is NUL: this is not a text file.`,
      'Save the sheet as "CSV UTF-8" and upload that (an Excel workbook itself is not text).',
    );
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return { text: withoutBom(text), encoding: "utf-8", issues: [] };
  } catch {
    return {
      text: new TextDecoder("windows-1252").decode(bytes),
      encoding: "windows-1252",
      issues: [
        {
          code: "encoding-guessed",
          path: "",
          severity: "warning",
          message: "The file is not UTF-8; it was read as Western European (windows-1252).",
          hint: 'Look at names with accents below. If they are wrong, save the file as "CSV UTF-8".',
        },
      ],
    };
  }
}

const withoutBom = (text: string) => (text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);

/** UTF-16 by its byte order mark, or by every other byte of the beginning being zero. */
function utf16Of(bytes: Uint8Array): "utf-16le" | "utf-16be" | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  const sample = Math.min(bytes.length - (bytes.length % 2), 200);
  if (sample < 8) return undefined;
  let even = 0;
  let odd = 0;
  for (let i = 0; i < sample; i += 2) {
    if (bytes[i] === 0) even++;
    if (bytes[i + 1] === 0) odd++;
  }
  const most = (sample / 2) * 0.9;
  if (odd >= most && even === 0) return "utf-16le";
  return even >= most && odd === 0 ? "utf-16be" : undefined;
}
