import type { FactUse } from "../rules/facts.ts";
import type { CompiledConditions } from "../rules/guard.ts";
import { kindOf } from "../steps/registry.ts";
import type { Value } from "../words/reference.ts";
import type { SourceMap } from "./source-map.ts";

/** Facts that the values of a `set`, a `write` or a `body` read. */
export function usesOfValues(values: Iterable<Value>): FactUse[] {
  const uses: FactUse[] = [];
  for (const value of values) {
    if (value !== null && typeof value === "object" && !Array.isArray(value) && "fact" in value) {
      uses.push({ fact: value.fact, ...(value.params ? { params: value.params } : {}) });
    }
  }
  return uses;
}

/**
 * For each step, every fact that may be read once an event reaches it, up to where the case must wait again: the guards on
 * its own transitions, and those of the steps that are passed through at once. Computed once, so that one batched read
 * before an advance is enough.
 */
export function factsByStep(
  map: SourceMap,
  own: (step: string) => FactUse[],
  guards: ReadonlyMap<string, CompiledConditions>,
): ReadonlyMap<string, readonly FactUse[]> {
  const waysFrom = new Map<string, string[]>();
  for (const way of map.ways.values()) waysFrom.set(way.from, [...(waysFrom.get(way.from) ?? []), way.key]);

  const result = new Map<string, readonly FactUse[]>();
  for (const id of map.steps.keys()) {
    const seen = new Set<string>();
    const uses = new Map<string, FactUse>();
    const pending = [id];
    while (pending.length > 0) {
      const at = pending.pop()!;
      if (seen.has(at)) continue;
      seen.add(at);
      const add = (use: FactUse) =>
        uses.set(`${use.fact}\n${JSON.stringify(use.params ?? null)}\n${use.path ?? ""}`, use);
      for (const use of own(at)) add(use);
      const info = map.steps.get(at)!;
      const entered = at !== id && kindOf(info.step).waits !== "nothing";
      if (info.step.kind === "group") pending.push(info.step.start);
      if (info.step.kind === "parallel")
        pending.push(...Object.values(info.step.branches).map((branch) => branch.start));
      if (entered && info.step.kind !== "group" && info.step.kind !== "parallel") continue;
      for (const key of waysFrom.get(at) ?? []) {
        const way = map.ways.get(key)!;
        for (const use of guards.get(key)?.facts ?? []) add(use);
        for (const use of usesOfValues(Object.values(way.set ?? {}))) add(use);
        pending.push(way.to);
      }
      if (info.parent && (info.step.kind === "end" || at === id)) pending.push(info.parent);
    }
    result.set(id, [...uses.values()]);
  }
  return result;
}
