import { useMemo } from "react";
import { useEditing, useFindDocument, useOpen } from "../../../document/editing.tsx";
import { type FactChoice, factChoices } from "./fact-choice.ts";

/** The facts that conditions of the open document can read. */
export function useFactChoices(): readonly FactChoice[] {
  const { others } = useEditing();
  const find = useFindDocument();
  const document = useOpen((state) => state.document);
  return useMemo(() => factChoices(document, others, find), [document, others, find]);
}
