import type { UnitView } from "#engine/contract/views/organisation.ts";

export interface UnitNode {
  unit: UnitView;
  depth: number;
  children: UnitNode[];
}

/** The units as trees, each level by title. A unit whose parent is not in the list stands at the top. */
export function unitTree(units: readonly UnitView[]): UnitNode[] {
  const known = new Set(units.map((unit) => unit.id));
  const below = new Map<string | null, UnitView[]>();
  for (const unit of units) {
    const parent = unit.parent !== null && known.has(unit.parent) ? unit.parent : null;
    below.set(parent, [...(below.get(parent) ?? []), unit]);
  }
  const placed = new Set<string>();
  const under = (parent: string | null, depth: number): UnitNode[] =>
    (below.get(parent) ?? [])
      .filter((unit) => !placed.has(unit.id) && placed.add(unit.id))
      .sort((a, b) => a.title.localeCompare(b.title))
      .map((unit) => ({ unit, depth, children: under(unit.id, depth + 1) }));
  return under(null, 0);
}

/** The rows of a tree from top to bottom; `open` says below which units one looks. */
export function visibleUnits(nodes: readonly UnitNode[], open: (id: string) => boolean): UnitNode[] {
  return nodes.flatMap((node) => [node, ...(open(node.unit.id) ? visibleUnits(node.children, open) : [])]);
}
