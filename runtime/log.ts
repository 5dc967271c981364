import { type Logger, type LoggerOptions, pino } from "pino";

export type { Logger } from "pino";

/**
 * The structured log: one JSON line per thing that happened, with request and case ids and never with names, answers,
 * ratings or pay. Whatever might carry such content by accident is cut out here.
 */
export const createLog = (level: string): Logger => pino(logOptions(level));

/** How the log is written, wherever it goes. */
export function logOptions(level: string): LoggerOptions {
  return {
    level,
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: {
      paths: ["answers", "data", "body", "email", "name", "*.answers", "*.data", "*.body", "*.email", "*.password"],
      censor: "[left out]",
    },
    serializers: { err: failure },
  };
}

/**
 * A failure as the log tells it: its kind, its code and where in our sources it came from. Its message is left out where it may
 * quote what somebody wrote: the message of a refusal or of the database is for whoever asked, not for the log.
 */
function failure(cause: unknown): object {
  if (!(cause instanceof Error)) return { type: typeof cause };
  const { name, code } = cause as Error & { code?: unknown };
  const at = (cause.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  const told = /^(SQLITE_\w+|E[A-Z]+)\b/.exec(cause.message)?.[0];
  return {
    type: name,
    ...(typeof code === "string" ? { code } : told ? { code: told } : {}),
    stack: at.slice(0, 12).map((line) => line.trim()),
    ...(cause.cause === undefined ? {} : { cause: failure(cause.cause) }),
  };
}
