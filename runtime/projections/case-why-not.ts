import type { WhyNotView } from "#engine/contract/views/rules.ts";
import type { TapeItem } from "#engine/execute/journal.ts";
import type { Json } from "#engine/words/json.ts";
import type { Reader } from "../access/reader.ts";
import { Refused } from "../commands/refused.ts";
import type { Runtime } from "../commands/runtime.ts";
import { readJournal } from "../store/journal-read.ts";
import { tasksOfCase } from "../store/tasks-read.ts";
import { accessCase } from "./case-access.ts";
import { asksOf, caseSource, isHiddenFact } from "./case-reasons.ts";
import { tellingOf } from "./case-view.ts";
import { factWording } from "./fact-wording.ts";
import { recordedReader } from "./trace-view.ts";
import { conditionsWhyNot, rulesetWhyNot } from "./why-not-view.ts";

/** What would have had to be different for a decision or a condition of a case: by what was recorded, never by today. */
export async function caseWhyNot(
  runtime: Runtime,
  reader: Reader,
  id: string,
  { seq, key, wanted }: { seq: number; key?: string | undefined; wanted?: string | undefined },
): Promise<WhyNotView> {
  const access = await accessCase(runtime, reader, id);
  if (access.level === "part") throw new Refused("not-allowed", "The reasons of this case are not open to you.");
  const stored = (await readJournal(runtime.db, id)).find((entry) => entry.seq === seq);
  if (!stored) throw new Refused("not-found", `The journal of this case has no entry ${seq}.`);
  const telling = await tellingOf(runtime, access, await tasksOfCase(runtime.db, id));
  const hidden = (item: TapeItem) => (item.facts ?? []).some(({ fact }) => isHiddenFact(fact, access, reader, telling));
  const asks = asksOf(stored.entry, telling, hidden);
  const ask = key === undefined ? asks[0] : asks.find((one) => one.key === key);
  const item = ask && stored.entry.tape.find((one) => one.key === ask.key && one.ask !== "people");
  if (!ask || !item) {
    throw new Refused("not-found", "This entry decided nothing by rules, or they rest on what is not open to you.");
  }
  const source = caseSource(runtime, telling, access);
  const told = {
    read: recordedReader(item.facts ?? []),
    source: ({ fact, params }: { fact: string; params?: Record<string, Json> }, value: Json) =>
      source({ fact, ...(params && { params }), value }),
  };
  const { compiled } = telling.bundle;
  if (item.ask === "decision") {
    const { ruleset } = compiled.decisions.get(ask.key)!;
    const goal = wanted ?? ask.answers.find((one) => one !== ask.now);
    if (goal === undefined) throw new Refused("not-found", "These rules have only one answer.");
    const wording = factWording(telling.bundle, ruleset.facts);
    return rulesetWhyNot(ruleset, goal, { ...told, wording }, `“${ask.title}”`);
  }
  const way = compiled.map.ways.get(ask.key)!;
  return conditionsWhyNot(
    way.when,
    { ...told, wording: factWording(telling.bundle) },
    {
      name: ask.title,
      question: (holds) =>
        `What would have ${holds ? "made" : "kept"} ${ask.title} ${holds ? "hold" : "from holding"}?`,
    },
  );
}
