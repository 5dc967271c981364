import type { JsonObject } from "../../document/json-value.ts";

/** Changes the table, as one step of undo. */
export type EditTable = (label: string, change: (table: JsonObject) => JsonObject) => void;
