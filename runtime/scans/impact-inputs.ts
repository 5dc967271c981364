import type { ImpactView } from "#engine/contract/views/impact.ts";
import type { Ruleset } from "#engine/definition/ruleset.ts";
import type { FactUse } from "#engine/rules/facts.ts";
import { factInWords, typeOf, type Wording } from "#engine/rules/words.ts";
import { canonical, type Json } from "#engine/words/json.ts";

const keyOf = ({ fact, params, path }: FactUse) => canonical([fact, params ?? {}, path ?? ""] as Json);

/** What a value that was read is called, and how it is to be shown: by the table's own column, else by what is declared. */
export function inputOf(use: FactUse, ruleset: Ruleset, wording: Wording): ImpactView["inputs"][number] {
  const column = ruleset.table?.columns.find((one) => keyOf(one) === keyOf(use));
  const declared = typeOf(use, wording);
  const type = column?.type ?? declared?.type ?? (use.path === "$.attainment" ? "percent" : null);
  const title = column?.title ?? factInWords(use, wording);
  return { title: title.charAt(0).toUpperCase() + title.slice(1), type, unit: column?.unit ?? declared?.unit ?? null };
}
