import type { Json } from "#engine/words/json.ts";
import { useEditing, useFindDocument, useOpen } from "../../../document/editing.tsx";
import { type FactChoice, factChoices } from "./fact-choice.ts";

/** Of one state of the document and the others around it: a page has dozens of editors that ask the same. */
const known = new WeakMap<readonly Json[], WeakMap<object, readonly FactChoice[]>>();

/** The facts that conditions of the open document can read. */
export function useFactChoices(): readonly FactChoice[] {
  const { others } = useEditing();
  const find = useFindDocument();
  const document = useOpen((state) => state.document);
  if (typeof document !== "object" || document === null) return factChoices(document, others, find);
  const here = known.get(others) ?? new WeakMap<object, readonly FactChoice[]>();
  known.set(others, here);
  const choices = here.get(document) ?? factChoices(document, others, find);
  here.set(document, choices);
  return choices;
}
