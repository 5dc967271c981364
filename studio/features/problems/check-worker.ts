import type { Catalogue } from "#engine/definition/catalogue.ts";
import type { Json } from "#engine/words/json.ts";
import { catalogueFrom } from "./catalogue-from.ts";
import { type Checked, check, type FoundIssue, findingsOf } from "./check.ts";

/** What the page asks of the worker: first the documents around the open one (null: not known yet), then texts. */
export type CheckRequest =
  | { ask: "documents"; documents: readonly Json[] | null }
  | { ask: "check"; number: number; text: string };

/** What it answers: the quick checks at once, then, where there are rules to analyse, what analysis found. */
export type CheckAnswer =
  | { of: "checks"; number: number; checked: Checked; more: boolean }
  | { of: "analysis"; number: number; findings: FoundIssue[] };

let catalogue: Catalogue | undefined;
let newest = 0;
const post = (answer: CheckAnswer) => self.postMessage(answer);

/** Runs beside the page, so that neither typing nor drawing ever waits for it. */
self.onmessage = ({ data }: MessageEvent<CheckRequest>) => {
  if (data.ask === "documents") {
    catalogue = data.documents === null ? undefined : catalogueFrom(data.documents);
    return;
  }
  const { number, text } = data;
  newest = number;
  // In a turn of its own: what was typed meanwhile is heard of first, and what it made out of date is not looked at.
  setTimeout(() => {
    if (number !== newest) return;
    const checked = check(text, catalogue);
    const { definition } = checked;
    const more = definition?.kind === "ruleset";
    post({ of: "checks", number, checked, more });
    if (!more) return;
    setTimeout(() => {
      if (number === newest) post({ of: "analysis", number, findings: findingsOf(text, definition) });
    });
  });
};
