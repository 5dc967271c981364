import type { TaskView } from "#engine/contract/views/cases.ts";
import { contextOf } from "#engine/execute/snapshot.ts";
import { typeOf } from "#engine/rules/words.ts";
import type { Reader } from "../access/reader.ts";
import type { Bundle } from "../commands/bundle.ts";
import type { CaseAccess } from "./case-access.ts";
import { factWording } from "./fact-wording.ts";
import { declaredFields, isHidden } from "./field-visibility.ts";
import { sentence, spelled } from "./say.ts";

/** What is known in a case, as far as a reader may see it. */
export function caseDataOf(access: CaseAccess, bundle: Bundle, reader: Reader): TaskView["caseData"] {
  const fields = declaredFields(bundle.compiled);
  const wording = factWording(bundle);
  return Object.entries(contextOf(access.stored.state).data)
    .filter(([name, value]) => value !== null && !isHidden(name, fields[name], access, reader))
    .map(([name, value]) => ({
      name,
      title: fields[name]?.title ?? sentence(spelled(name)),
      value,
      percent: typeOf({ fact: `case.${name}` }, wording)?.type === "percent",
    }));
}
