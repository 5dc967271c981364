import type { WhyView } from "#engine/contract/views/cases.ts";
import { bindParams } from "#engine/execute/facts.ts";
import type { JournalEntry, TapeItem } from "#engine/execute/journal.ts";
import type { Reader } from "../access/reader.ts";
import type { Runtime } from "../commands/runtime.ts";
import type { CaseAccess } from "./case-access.ts";
import { factSource, type SourceOf, type TitleOf } from "./fact-source.ts";
import { declaredFields, isHidden } from "./field-visibility.ts";
import type { Telling } from "./journal-words.ts";
import { liveTitles } from "./person-facts.ts";
import { spelled } from "./say.ts";
import { answersOf } from "./why-not-view.ts";

/** The titles of a case's steps; an id in words where there is none. */
export const stepTitles =
  ({ bundle }: Telling) =>
  (id: string) =>
    bundle.compiled.map.steps.get(id)?.step.title ?? spelled(id);

/** Where a case's facts come from: its steps, and documents as they are called today; `$period` is the case's. */
export function caseSource(runtime: Runtime, telling: Telling, { stored }: CaseAccess): SourceOf {
  const step = stepTitles(telling);
  const live = liveTitles(runtime);
  const title: TitleOf = (kind, id) => (kind === "step" ? step(id) : live(kind, id));
  return ({ fact, params, value }) =>
    factSource({ fact, ...(params && { params: bindParams({ ...params }, stored.state) }), value }, title);
}

/** What "why not?" can be asked of an entry: what it decided, and the conditions that it asked. */
export function asksOf(entry: JournalEntry, telling: Telling, hidden: (item: TapeItem) => boolean): WhyView["asks"] {
  const { compiled } = telling.bundle;
  const title = stepTitles(telling);
  return entry.tape.flatMap((item): WhyView["asks"] => {
    if (hidden(item)) return [];
    if (item.ask === "decision") {
      const step = compiled.decisions.get(item.key);
      const now = (item.answer as { outcome: string }).outcome;
      return step ? [{ key: item.key, title: title(item.key), now, answers: answersOf(step.ruleset) }] : [];
    }
    const way = item.ask === "verdict" ? compiled.map.ways.get(item.key) : undefined;
    if (!way?.when || (item.facts ?? []).every(({ fact }) => fact === "time.reached")) return [];
    const now = item.answer === true ? "it holds" : "it does not hold";
    const answers = [item.answer === true ? "it does not hold" : "it holds"];
    return [{ key: item.key, title: `the condition for “${title(way.to)}”`, now, answers }];
  });
}

/** Whether a fact is case data or an answer that the reader may not see. */
export function isHiddenFact(fact: string, access: CaseAccess, reader: Reader, { bundle }: Telling): boolean {
  if (fact.startsWith("case.")) {
    const name = fact.slice("case.".length);
    return isHidden(name, declaredFields(bundle.compiled)[name], access, reader);
  }
  if (fact.startsWith("step.") && access.onlySubject && !reader.policy.administersAll) {
    return access.released.size === 0 && access.stored.state.status !== "closed";
  }
  return false;
}
