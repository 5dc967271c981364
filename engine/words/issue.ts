/** How much an issue weighs: an error stops publishing, a warning asks for a look, info only tells. */
export type Severity = "error" | "warning" | "info";

/**
 * Something an author should know about a document: data, never an exception.
 * `path` is a JSON Pointer (RFC 6901) into the document, "" for the whole of it, so that the problems panel, the source
 * editor and the canvas can all point at the same place.
 */
export interface Issue {
  /** Stable kebab-case name of the check, e.g. `unknown-key`. */
  code: string;
  path: string;
  severity: Severity;
  /** One sentence a person would say. */
  message: string;
  /** What to do about it. */
  hint?: string;
}

/** An issue of severity `error`. */
export function error(code: string, path: string, message: string, hint?: string): Issue {
  return { code, path, severity: "error", message, ...(hint ? { hint } : {}) };
}

/** An issue of severity `warning`. */
export function warning(code: string, path: string, message: string, hint?: string): Issue {
  return { code, path, severity: "warning", message, ...(hint ? { hint } : {}) };
}

/** True when nothing in the list stops a publish. */
export function publishable(issues: readonly Issue[]): boolean {
  return issues.every((issue) => issue.severity !== "error");
}

/** Thrown where a caller asked for a result and not for issues (`compileRules`): the author's mistakes travel on `issues`. */
export class IssuesError extends Error {
  readonly issues: Issue[];
  constructor(issues: Issue[]) {
    super(issues.map((issue) => (issue.path ? `${issue.path}: ${issue.message}` : issue.message)).join("\n"));
    this.name = "IssuesError";
    this.issues = issues;
  }
}
