import { createContext, useContext } from "react";
import type { Json } from "#engine/words/json.ts";
import type { FactChoice } from "./fact-choice.ts";

/** What a fact is for the person that is being looked at; undefined where nobody is, or nothing is known. */
export type Example = (choice: Pick<FactChoice, "fact" | "params" | "path">) => Json | undefined;

const ExamplesContext = createContext<Example>(() => undefined);
export const ExamplesProvider = ExamplesContext.Provider;
export const useExamples = (): Example => useContext(ExamplesContext);
