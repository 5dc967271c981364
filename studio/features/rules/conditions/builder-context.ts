import { createContext, useContext } from "react";
import type { Json } from "#engine/words/json.ts";
import type { JsonObject } from "../../../document/json-value.ts";
import type { FactChoice } from "./fact-choice.ts";
import type { Place } from "./tree.ts";
import type { Move } from "./tree-moves.ts";

/** How a part of the tree came out when tried: by pointer below the conditions. */
export type Verdicts = ReadonlyMap<string, { verdict: string; decides: boolean; actual?: string }>;

/** What the parts of one builder share. */
export interface Builder {
  choices: readonly FactChoice[];
  /** Named conditions that may be used, with what they stand for. */
  shared: JsonObject;
  verdicts: Verdicts | null;
  disabled: boolean;
  /** Tells this builder's parts from those of another on the same page, when they are dragged. */
  owner: symbol;
  /** Changes a value inside the tree; typing on is one step of undo. */
  edit: (at: Place, value: Json) => void;
  /** Moves a part: a step of undo of its own, announced, the keyboard follows it. False where it cannot be done. */
  move: (move: Move, at: Place, label: string) => boolean;
  /** Copies a part to the clipboard as JSON, and takes it away where it is cut. */
  copy: (at: Place) => string;
  /** Puts text from the clipboard in at a place. */
  paste: (at: Place, text: string) => void;
}

const BuilderContext = createContext<Builder | null>(null);
export const BuilderProvider = BuilderContext.Provider;

export function useBuilder(): Builder {
  const builder = useContext(BuilderContext);
  if (!builder) throw new Error("parts of conditions stand inside a ConditionBuilder");
  return builder;
}

export const pointerOf = (at: Place) => at.map((segment) => `/${segment}`).join("");
