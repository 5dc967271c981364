import type { Step } from "../steps/step.ts";
import type { Duration } from "../words/duration.ts";
import { durationInWords } from "../words/duration.ts";
import { listed, spell } from "./words.ts";

/** What a key goes by, in words: `the region and the period`. */
function keyInWords(parts: readonly string[]): string {
  return listed(
    parts.map((part) => {
      if (part === "actor") return "person who does it";
      const name = part.split(".").at(-1) ?? part;
      return name === "subject" ? "subject" : spell(name);
    }),
  );
}

/** Cases that meet, as a sentence. */
export function sharedInWords(
  shared: { key: readonly string[]; within?: Duration | undefined },
  what = "Cases",
): string {
  const until = shared.within ? `, for ${durationInWords(shared.within)} after it began` : " while it is open";
  return `${what} with the same ${keyInWords(shared.key)} meet in one${until}.`;
}

/** How a step brings many cases together, in sentences. */
export function meetingSentences(step: Step): string[] {
  return [
    ...("shared" in step && step.shared ? [sharedInWords(step.shared)] : []),
    ...("bundle" in step && step.bundle
      ? [`Tasks with the same ${keyInWords(step.bundle)} are worked on as one, row by row or all at once.`]
      : []),
  ];
}
