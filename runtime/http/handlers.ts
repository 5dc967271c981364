import type { Routes } from "#engine/contract/routes.ts";
import type { HandlersOf } from "./handler.ts";
import { definitions } from "./routes/definitions.ts";
import { organisation } from "./routes/organisation.ts";
import { system } from "./routes/system.ts";

/** A handler for every route of the contract. */
export const handlers: Partial<HandlersOf<keyof Routes>> = { ...system, ...definitions, ...organisation };
