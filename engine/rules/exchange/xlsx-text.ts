/**
 * A text as a workbook spells it: what XML cannot hold, and what would read as such a spelling, becomes `_xHHHH_`
 * (ECMA-376, part 1, 22.9.2.19). Reading a workbook undoes it.
 */
export function workbookText(text: string): string {
  // The writer looks texts up among the members of an object, where it would find `toString` without having put it there.
  if (text in Object.prototype) return spelled(text.charAt(0)) + text.slice(1);
  return text.replaceAll(/_(?=x[0-9A-Fa-f]{4}_)/g, "_x005F_").replaceAll(UNSPEAKABLE, spelled);
}

const spelled = (text: string) =>
  Array.from({ length: text.length }, (_, at) => {
    const code = text.charCodeAt(at).toString(16).toUpperCase().padStart(4, "0");
    return `_x${code}_`;
  }).join("");

/** Control characters but tab and line feed, halves of a pair, and what is no character of any plane. */
const UNSPEAKABLE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what it looks for
  /[\u0000-\u0008\u000B-\u001F\u007F-\u009F]|\p{Noncharacter_Code_Point}|\p{Surrogate}/gu;
