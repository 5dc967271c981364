import type { WhyNotView } from "#engine/contract/views/rules.ts";
import { bindParams } from "#engine/execute/facts.ts";
import { wordingOf } from "#engine/outline/wording.ts";
import { compileRuleset } from "#engine/rules/decide.ts";
import type { Reader } from "../access/reader.ts";
import { Refused } from "../commands/refused.ts";
import type { Runtime } from "../commands/runtime.ts";
import { liveTitles, parametersFor, wordingWith } from "./person-facts.ts";
import { type AskedFacts, askedReader, sourceOf } from "./try-rules-view.ts";
import { rulesetWhyNot } from "./why-not-view.ts";

/**
 * What would make a published rule set answer otherwise, for a person as they are known now, for typed facts, or both. Throws
 * `Refused`: no such rule set, nobody of that name, an answer it never gives.
 */
export async function publishedWhyNot(
  runtime: Runtime,
  reader: Reader,
  id: string,
  asked: AskedFacts & { wanted: string },
): Promise<WhyNotView> {
  const ruleset = runtime.catalogue.live.find("ruleset", id);
  if (!ruleset) throw new Refused("not-found", `There is no published rule set "${id}".`);
  const parameters = parametersFor(runtime, ruleset);
  const read = await askedReader(runtime, reader, asked, parameters, compileRuleset(ruleset).facts);
  const title = liveTitles(runtime);
  const subject = { kind: "person" as const, id: asked.person ?? "$subject" };
  const bound = (params: Parameters<typeof bindParams>[0]) =>
    bindParams(params, { subject, period: asked.period ?? "$period" });
  const directory = await runtime.organisation.directory();
  return rulesetWhyNot(
    ruleset,
    asked.wanted,
    {
      read,
      wording: wordingWith(wordingOf(ruleset, runtime.catalogue.live).rules, parameters),
      source: ({ fact, params }, value) =>
        sourceOf(asked, { fact, ...(params && { params: bound({ ...params }) }), value }, title),
    },
    asked.person === undefined ? "these facts" : directory.nameOf(asked.person),
  );
}
