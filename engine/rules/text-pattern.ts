/**
 * Whether the whole text is as the pattern says: `*` stands for any letters or none, `?` for exactly one, `\` before one of
 * them for itself. Not a regular expression, so that no pattern takes long: at most text length times pattern length.
 */
export function matchesPattern(text: string, pattern: string): boolean {
  const parts = partsOf(pattern);
  let [at, part] = [0, 0];
  let [star, resume] = [-1, 0];
  while (at < text.length) {
    const asked = parts[part];
    if (asked === ANY) {
      [star, resume] = [part, at];
      part++;
    } else if (asked !== undefined && (asked === ONE || asked === text[at])) {
      at++;
      part++;
    } else if (star >= 0) {
      // The last star takes one letter more.
      resume++;
      [at, part] = [resume, star + 1];
    } else return false;
  }
  while (parts[part] === ANY) part++;
  return part === parts.length;
}

const ANY = Symbol("any letters");
const ONE = Symbol("one letter");

function partsOf(pattern: string): (string | symbol)[] {
  const parts: (string | symbol)[] = [];
  for (let at = 0; at < pattern.length; at++) {
    const one = pattern[at] as string;
    const next = pattern[at + 1];
    if (one === "\\" && (next === "*" || next === "?" || next === "\\")) {
      parts.push(next);
      at++;
    } else if (one === "*") {
      if (parts.at(-1) !== ANY) parts.push(ANY);
    } else parts.push(one === "?" ? ONE : one);
  }
  return parts;
}
