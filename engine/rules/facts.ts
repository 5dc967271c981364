import type { Json } from "../words/json.ts";

/** Reads one fact; undefined where nothing is known of it. Params are already bound to the case. */
export type FactReader = (fact: string, params?: Record<string, Json>) => unknown;

/** One place where a condition reads a fact, known without running it. */
export interface FactUse {
  fact: string;
  params?: Record<string, Json>;
  path?: string;
}

/** Three-valued: missing data is never false. */
export type Verdict = true | false | "not evaluated";
