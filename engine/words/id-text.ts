/** How an id is written: kebab-case, no dots, so that it can stand inside a fact name. `words/ids.ts` judges documents by it. */
export const ID_TEXT = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
export const LONGEST_ID = 64;
export const ID_HINT = "use lower-case words joined by hyphens, starting with a letter, e.g. self-review";

/** Why a text cannot be an id, as the end of a sentence; null where it can. Needs no schemas: the canvas asks at every key. */
export function whyNoId(text: string): string | null {
  if (!ID_TEXT.test(text)) return ID_HINT;
  return text.length > LONGEST_ID ? `use at most ${LONGEST_ID} letters` : null;
}
