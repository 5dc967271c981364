import { z } from "zod";
import { ID_HINT, ID_TEXT, LONGEST_ID } from "./id-text.ts";

/** Id of a document, step, level or component: kebab-case, no dots, so that it can stand inside a fact name. */
export const Id = z
  .string()
  .regex(ID_TEXT, ID_HINT)
  .max(LONGEST_ID)
  .meta({ id: "Id", description: "kebab-case id without dots" });
export type Id = z.infer<typeof Id>;

/** Name of a parameter or a field: camelCase, as it appears after a dot in a fact. */
export const Name = z
  .string()
  .regex(/^[a-z][a-zA-Z0-9]*$/, "use camelCase starting with a lower-case letter, e.g. selfReviewDays")
  .max(64)
  .meta({ id: "Name", description: "camelCase name of a parameter or field" });
export type Name = z.infer<typeof Name>;

/** The keys that must never be used as an id, a name or a path segment: they reach an object's prototype. */
export const FORBIDDEN_KEYS: ReadonlySet<string> = new Set(["__proto__", "prototype", "constructor"]);
