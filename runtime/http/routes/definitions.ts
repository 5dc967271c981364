import type { HandlersOf } from "../handler.ts";

/**
 * Definitions, versions, publishing, launches, templates, parameters and trying rules. Owner: helper "definition routes" (not
 * the API helper, who owns cases, tasks, inbox, home, effects, clock).
 */
export const definitions: Partial<HandlersOf<"definitions">> = {};
