import { groupBy } from "./as-of.ts";
import type { Directory } from "./directory.ts";
import type { Unit } from "./model.ts";

/** The tree of units: paths upward, and everything below. */
export interface UnitTree extends Pick<Directory, "unit" | "units" | "unitPath" | "childrenOf"> {
  /** The unit and all units below it, by id. */
  below(unit: string): readonly string[];
}

const NO_UNITS: readonly Unit[] = [];

/** Indexes units. A unit that is its own ancestor ends the walk, so that bad data cannot hang it. */
export function buildUnitTree(units: readonly Unit[]): UnitTree {
  const byId = new Map(units.map((unit) => [unit.id, unit]));
  const children = groupBy(units, (unit) => unit.parent);
  const paths = new Map<string, readonly Unit[]>();
  const subtrees = new Map<string, readonly string[]>();

  const walkUp = (id: string): readonly Unit[] => {
    const path: Unit[] = [];
    const seen = new Set<string>();
    for (let unit = byId.get(id); unit && !seen.has(unit.id); unit = unit.parent ? byId.get(unit.parent) : undefined) {
      seen.add(unit.id);
      path.push(unit);
    }
    return path;
  };
  const walkDown = (id: string): readonly string[] => {
    const found = new Set(byId.has(id) ? [id] : []);
    // A Set visits what is added while it is walked: breadth first, each unit once.
    for (const unit of found) for (const child of children.get(unit) ?? NO_UNITS) found.add(child.id);
    return [...found];
  };
  return {
    unit: (id) => byId.get(id),
    units: () => units,
    unitPath: (id) => remembered(paths, id, walkUp),
    childrenOf: (id) => children.get(id) ?? NO_UNITS,
    below: (id) => remembered(subtrees, id, walkDown),
  };
}

function remembered<Value>(memory: Map<string, Value>, id: string, make: (id: string) => Value): Value {
  const known = memory.get(id);
  if (known !== undefined) return known;
  const made = make(id);
  memory.set(id, made);
  return made;
}
