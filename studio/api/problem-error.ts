import type { Problem } from "#engine/contract/common.ts";
import type { Issue } from "#engine/words/issue.ts";

/** What the server refused, as it said it (RFC 9457), or why it could not be asked at all (`code` is then `offline`). */
export class ProblemError extends Error {
  readonly status: number;
  readonly code: string;
  readonly detail: string | undefined;
  readonly requestId: string | undefined;
  readonly issues: Issue[];
  /** What would be possible instead, on a refused command. */
  readonly possible: string[];

  constructor(problem: Omit<Problem, "type">) {
    super(problem.detail ?? problem.title);
    this.name = "ProblemError";
    this.status = problem.status;
    this.code = problem.code;
    this.detail = problem.detail;
    this.requestId = problem.requestId;
    this.issues = problem.issues ?? [];
    this.possible = problem.possible ?? [];
  }
}

/** A sentence for whoever has to read the failure, with the places at fault where the server named them. */
export function sentenceOf(error: unknown): string {
  if (!(error instanceof ProblemError)) return error instanceof Error ? error.message : String(error);
  const first = error.issues[0];
  if (first) return `${first.message}${first.hint ? ` ${first.hint}` : ""}`;
  return error.message;
}

/** Reads problem+json; a body of another kind (a proxy's page) becomes a problem with the status in words. */
export async function problemOf(response: Response): Promise<ProblemError> {
  const text = await response.text();
  try {
    const body: unknown = JSON.parse(text);
    if (body !== null && typeof body === "object" && "code" in body && "title" in body) {
      return new ProblemError({ ...(body as Problem), status: response.status });
    }
  } catch {
    // Not JSON: fall through to the plain words.
  }
  return new ProblemError({
    title: response.status >= 500 ? "The server could not answer." : "The server refused this.",
    status: response.status,
    code: `http-${response.status}`,
  });
}
