import { type Logger, pino } from "pino";

export type { Logger } from "pino";

/**
 * The structured log: one JSON line per thing that happened, with request and case ids and never with names, answers,
 * ratings or pay. Whatever might carry such content by accident is cut out here.
 */
export function createLog(level: string): Logger {
  return pino({
    level,
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: {
      paths: ["answers", "data", "body", "email", "name", "*.answers", "*.data", "*.body", "*.email", "*.password"],
      censor: "[left out]",
    },
  });
}
