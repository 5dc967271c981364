import type { Issue } from "#engine/words/issue.ts";
import { pointer } from "#engine/words/pointer.ts";

/** A complaint of zod as far as it is told on. */
export interface ZodTrouble {
  issues: readonly {
    code?: string | undefined;
    path: readonly PropertyKey[];
    message: string;
    keys?: readonly string[] | undefined;
    errors?: unknown;
  }[];
}

/** Zod's complaints about a part of a request as issues: where (a JSON pointer from that part) and what to do. */
export function issuesOf(error: ZodTrouble, part: string): Issue[] {
  return error.issues.flatMap(({ code, path, message, keys }): Issue[] => {
    const at = (...more: string[]) => pointer(part, ...path.map(String), ...more);
    if (code === "unrecognized_keys" && keys) {
      return keys.map((key) => ({
        code: "unknown-key",
        path: at(key),
        severity: "error" as const,
        message: `"${key}" is not known here.`,
        hint: "Leave it out, or check its spelling in /api/openapi.json.",
      }));
    }
    const where = path.length > 0 ? `${path.map(String).join(".")}: ` : `${part}: `;
    return [
      {
        code: code ?? "invalid",
        path: at(),
        severity: "error",
        message: `${where}${message}`,
        hint: "See /api/openapi.json for what this route takes.",
      },
    ];
  });
}
