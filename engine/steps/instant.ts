import type { Act, Lowering, StateNode } from "./lowering.ts";
import type { On } from "./transition.ts";

/** Lowers a step that does its work at once and goes on by `done`. */
export function lowerInstant(id: string, kind: string, on: On, work: Act[], lowering: Lowering): StateNode {
  return {
    id,
    meta: { step: id, kind },
    entry: [{ type: "enter", params: { step: id } }, ...work],
    always: lowering.ways(id, "done", on),
  };
}
