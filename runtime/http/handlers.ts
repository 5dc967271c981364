import type { HandlersOf } from "./handler.ts";
import { system } from "./routes/system.ts";

/** A handler for every route of the contract. */
export const handlers: Partial<HandlersOf<keyof import("#engine/contract/routes.ts").Routes>> = { ...system };
