import type { HandlersOf } from "../handler.ts";

/**
 * People, units, metrics, observations, records, imports and simulation facts. Owner: helper "organisation routes" (not the
 * API helper, who owns cases, tasks, inbox, home, effects, clock).
 */
export const organisation: Partial<HandlersOf<"people" | "person" | "units">> = {};
