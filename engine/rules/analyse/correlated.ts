import { canonical } from "../../words/json.ts";
import type { FactUse } from "../facts.ts";
import { compilePath } from "../path.ts";

/** One text for each place that is read, so that two columns over the same fact are one dimension. */
export function keyOfUse(use: FactUse): string {
  return canonical([use.fact, use.params ?? {}, keysOf(use) ?? use.path ?? ""]);
}

function keysOf(use: FactUse): readonly string[] | undefined {
  return use.path ? compilePath(use.path).keys : [];
}

/**
 * The places whose value cannot vary by itself: a path that searches, and a value that other paths read a part of.
 * @returns by key, why
 */
export function correlated(uses: readonly FactUse[]): Map<string, string> {
  const found = new Map<string, string>();
  const byCall = Map.groupBy(uses, (use) => canonical([use.fact, use.params ?? {}]));
  for (const group of byCall.values()) {
    const searching = group.filter((use) => keysOf(use) === undefined);
    for (const use of searching) found.set(keyOfUse(use), `the path ${use.path} searches instead of naming one place`);
    const plain = group.filter((use) => keysOf(use) !== undefined);
    for (const use of plain) {
      const keys = keysOf(use) as readonly string[];
      if (searching.length > 0) found.set(keyOfUse(use), `${use.fact} is also read by a path that searches`);
      const isPart = (other: FactUse) => {
        const others = keysOf(other) as readonly string[];
        return others.length > keys.length && keys.every((key, at) => others[at] === key);
      };
      const part = plain.find(isPart);
      if (part) found.set(keyOfUse(use), `${part.path} reads a part of it`);
    }
  }
  return found;
}
