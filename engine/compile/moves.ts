import type { StateNode, Way } from "../steps/lowering.ts";
import type { MachineConfig } from "./lower.ts";
import type { SourceMap } from "./source-map.ts";

/** The event that takes a case to a step by hand, leaving only what stands in the same frame. */
export const moveEvent = (step: string): string => `rondo.to.${step}`;

/** The event that takes a case to a step by hand from wherever it stands, leaving everything. */
export const beginEvent = (step: string): string => `rondo.anew.${step}`;

/** The event by which an admin changes case data; guards that wait for data are asked again. */
export const PUT_EVENT = "rondo.put";

/**
 * The machine's config with the ways that no author draws: to every step by hand. A frame that is active takes a move to one of
 * its own steps itself, so that the other branches of a parallel stay as they are; all else leads through the root. They lead to
 * drawn steps only, and are no part of the config that is exported.
 */
export function withMoves(config: MachineConfig, map: SourceMap): MachineConfig & { on: Record<string, Way[]> } {
  const isTarget = (id: string) => {
    const info = map.steps.get(id);
    return info !== undefined && !(info.step.kind === "end" && info.parent !== null);
  };
  const stepsIn = (states: Record<string, StateNode>): string[] =>
    Object.values(states).flatMap((node) => [
      ...(node.id && isTarget(node.id) ? [node.id] : []),
      ...(node.states ? stepsIn(node.states) : []),
    ]);
  const ways = (states: Record<string, StateNode>, event: (step: string) => string): Record<string, Way[]> =>
    Object.fromEntries(stepsIn(states).map((id) => [event(id), [{ target: `#${id}` }]]));
  const within = (states: Record<string, StateNode>): Record<string, StateNode> =>
    Object.fromEntries(
      Object.entries(states).map(([key, node]) => {
        if (!node.states) return [key, node];
        const inner = { ...node, states: within(node.states) };
        return [key, node.initial ? { ...inner, on: { ...node.on, ...ways(node.states, moveEvent) } } : inner];
      }),
    );
  return {
    ...config,
    states: within(config.states),
    on: {
      ...ways(config.states, moveEvent),
      ...ways(config.states, beginEvent),
      [PUT_EVENT]: [{ actions: [{ type: "put", params: {} }] }],
    },
  };
}
