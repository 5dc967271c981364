import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { Problem } from "#engine/contract/common.ts";
import { type Issue, IssuesError } from "#engine/words/issue.ts";
import { Forbidden, NotSignedIn } from "../access/forbidden.ts";
import { storageFailure } from "../commands/commit.ts";
import { type RefusalCode, Refused } from "../commands/refused.ts";
import { DatabaseBusyError } from "../db/client.ts";
import { ImportRefused } from "../ingest/import.ts";
import type { Logger } from "../log.ts";
import type { Metrics } from "../observe/metrics.ts";
import type { HttpEnv } from "./handler.ts";
import { issuesOf, type ZodTrouble } from "./zod-issues.ts";

/** The status of each refusal. */
const STATUS: Record<RefusalCode, ContentfulStatusCode> = {
  "not-found": 404,
  "bad-input": 400,
  "has-problems": 422,
  "already-exists": 409,
  "already-open": 409,
  "nothing-to-publish": 409,
  "not-live": 409,
  "out-of-bounds": 422,
  "stale-revision": 409,
  conflict: 409,
  "key-reused": 422,
  "key-too-old": 422,
  closed: 409,
  "not-possible": 409,
  "no-such-task": 409,
  "not-yours": 403,
  "already-claimed": 409,
  "too-early": 409,
  "stale-timer": 409,
  paused: 409,
  incident: 409,
  "bad-answers": 422,
  "not-allowed": 403,
  busy: 503,
  "storage-full": 507,
  "storage-failed": 503,
  stopping: 503,
};

const IMPORT_STATUS: Record<string, ContentfulStatusCode> = {
  "unknown-import": 404,
  "import-applied": 409,
  "import-not-ready": 422,
  "rows-refused": 422,
  "no-file": 409,
  "unknown-record-type": 422,
};

/** How long a caller waits before asking an overloaded server again, in seconds. */
const RETRY_AFTER = "2";

/** What was wrong with a request before any command saw it. */
export class BadRequest extends Error {
  readonly status: ContentfulStatusCode;
  readonly code: string;
  readonly issues: Issue[];
  constructor(status: ContentfulStatusCode, code: string, message: string, issues: Issue[] = []) {
    super(message);
    this.name = "BadRequest";
    this.status = status;
    this.code = code;
    this.issues = issues;
  }
}

interface Told {
  status: ContentfulStatusCode;
  code: string;
  title: string;
  issues?: readonly Issue[];
  possible?: readonly string[];
}

/** Answers with problem details (RFC 9457). */
export function problem(c: Context<HttpEnv>, told: Told): Response {
  const body: Problem = {
    type: `urn:rondo:problem:${told.code}`,
    title: told.title,
    status: told.status,
    code: told.code,
    requestId: c.get("requestId"),
    ...(told.issues && told.issues.length > 0 ? { issues: told.issues.slice(0, 100) } : {}),
    ...(told.possible && told.possible.length > 0 ? { possible: [...told.possible] } : {}),
  };
  return c.body(JSON.stringify(body), told.status, {
    "content-type": "application/problem+json",
    "cache-control": "no-store",
    ...(told.status === 503 || told.status === 429 ? { "retry-after": RETRY_AFTER } : {}),
  });
}

/** A part of a request that its schema does not take: what zod found wrong, as issues with the place. */
export function invalid(part: string, error: ZodTrouble): BadRequest {
  const issues = issuesOf(error, part);
  const first = issues[0];
  return new BadRequest(400, "bad-input", `The request cannot be read${first ? `: ${first.message}` : "."}`, issues);
}

/** The one place where an error becomes an answer. What nobody foresaw is logged with the request's id and told as 500. */
export function onError(log: Logger, metrics: Metrics) {
  return (cause: Error, c: Context<HttpEnv>): Response => {
    // What the committer did not write (an audit entry, a job) meets the same full disk.
    const told = tell(cause) ?? tell(storageFailure(cause) ?? cause);
    metrics.refused(told?.code ?? "internal");
    if (told) return problem(c, told);
    log.error({ requestId: c.get("requestId"), path: c.req.path, err: cause }, "a request failed");
    return problem(c, {
      status: 500,
      code: "internal",
      title: "Something went wrong on our side. The request's id helps to find it in the log.",
    });
  };
}

function tell(cause: Error): Told | undefined {
  const message = cause.message;
  if (cause instanceof BadRequest) return { ...cause, status: cause.status, title: message };
  if (cause instanceof NotSignedIn) return { status: 401, code: "not-signed-in", title: message };
  if (cause instanceof Forbidden) return { status: 403, code: "forbidden", title: message };
  if (cause instanceof Refused) {
    return {
      status: STATUS[cause.code],
      code: cause.code,
      title: message,
      issues: cause.issues,
      possible: cause.possible,
    };
  }
  if (cause instanceof ImportRefused) {
    return { status: IMPORT_STATUS[cause.code] ?? 422, code: cause.code, title: message, issues: cause.issues };
  }
  if (cause instanceof IssuesError) {
    return { status: 422, code: "has-problems", title: message, issues: cause.issues };
  }
  if (cause instanceof DatabaseBusyError) return { status: 503, code: "busy", title: message };
  return undefined;
}
