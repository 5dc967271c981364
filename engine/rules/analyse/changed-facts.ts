import type { Json } from "../../words/json.ts";
import type { FactReader, FactUse } from "../facts.ts";
import { compilePath } from "../path.ts";
import type { CellValue } from "../table-cell.ts";
import { withMember } from "./sample.ts";

/** What is read at a place now; undefined where nothing is. */
export function readUse(use: FactUse, read: FactReader): unknown {
  const whole = read(use.fact, use.params);
  if (!use.path || whole === undefined) return whole;
  try {
    return compilePath(use.path).read(whole);
  } catch {
    return undefined;
  }
}

/** A reader that answers as another does, but for some places that hold another value. */
export function changedReader(read: FactReader, changes: readonly { use: FactUse; to: CellValue }[]): FactReader {
  return (fact, params) => {
    let value = read(fact, params);
    for (const { use, to } of changes) {
      if (use.fact !== fact || JSON.stringify(use.params ?? {}) !== JSON.stringify(params ?? {})) continue;
      const keys = use.path ? (compilePath(use.path).keys ?? []) : [];
      value = withMember((value ?? {}) as Json, keys, to);
    }
    return value;
  };
}
