import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";

/** A variable with its default, and what to write where it is refused. */
const variable = <Type extends z.ZodType>(type: Type, fix: string) => ({ type, fix });

const port = z.coerce.number().int().min(0).max(65_535);
const httpUrl = z.url({ protocol: /^https?$/ });

/** Every variable of the environment that the server reads, with how to write it. */
const VARIABLES = {
  HOST: variable(z.string().min(1).default("127.0.0.1"), "an address to listen on, e.g. HOST=127.0.0.1"),
  PORT: variable(port.default(4600), "a port from 0 (any free one) to 65535, e.g. PORT=4600"),
  RONDO_DB: variable(
    z
      .string()
      .regex(/^(file:.+|libsql:\/\/.+|https?:\/\/.+|wss?:\/\/.+)$/)
      .default("file:data/rondo.db"),
    "a file or a libSQL server, e.g. RONDO_DB=file:data/rondo.db or RONDO_DB=https://db.example.com",
  ),
  RONDO_DB_TOKEN: variable(z.string().min(1).optional(), "the access token of the libSQL server, or leave it out"),
  RONDO_DEMO: variable(
    z.enum(["green-soft", "none"]).default("green-soft"),
    "RONDO_DEMO=green-soft or RONDO_DEMO=none",
  ),
  RONDO_URL: variable(httpUrl.optional(), "the address people use, e.g. RONDO_URL=https://rondo.example.com"),
  RONDO_SECRET: variable(
    z.string().min(32).optional(),
    "at least 32 random characters, or leave it out to generate one",
  ),
  RONDO_CLOCK: variable(z.enum(["system", "manual"]).default("system"), "RONDO_CLOCK=system, or manual in tests"),
  RONDO_CLOCK_START: variable(
    z.iso.datetime({ offset: true }).optional(),
    "where a manual clock begins, e.g. RONDO_CLOCK_START=2026-01-05T08:00:00Z",
  ),
  RONDO_SMTP_URL: variable(
    z.url({ protocol: /^smtps?$/ }).optional(),
    "e.g. RONDO_SMTP_URL=smtp://user:password@mail:587",
  ),
  RONDO_MAIL_FROM: variable(z.string().min(3).optional(), 'e.g. RONDO_MAIL_FROM="Rondo <rondo@example.com>"'),
  RONDO_CALL_SECONDS: variable(
    z.coerce.number().min(0.1).max(60).default(10),
    "how many seconds a webhook may take to answer, 0.1 to 60, e.g. RONDO_CALL_SECONDS=10",
  ),
  RONDO_ACCOUNT_RATE: variable(
    z.coerce.number().int().min(1).optional(),
    "how many requests a second one account may make on average, e.g. RONDO_ACCOUNT_RATE=100, or leave it out",
  ),
  RONDO_METRICS_TOKEN: variable(
    z.string().min(16).optional(),
    "at least 16 characters that Prometheus sends as a bearer token, or leave it out",
  ),
  OTEL_EXPORTER_OTLP_ENDPOINT: variable(
    httpUrl.optional(),
    "where traces are sent, e.g. OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:4318",
  ),
  RONDO_LOG: variable(
    z.enum(["trace", "debug", "info", "warn", "error", "silent"]).default("info"),
    "one of trace, debug, info, warn, error, silent",
  ),
};

/** How this server runs. */
export interface Config {
  host: string;
  port: number;
  db: string;
  dbToken: string | undefined;
  demo: "green-soft" | "none";
  /** Where people reach it: links in messages begin with it. */
  url: string;
  secret: string;
  clock: "system" | "manual";
  /** Where a manual clock begins on an empty database. */
  clockStart: number | undefined;
  smtpUrl: string | undefined;
  mailFrom: string;
  /** How long another system may take to answer a call. */
  callSeconds: number;
  /** Requests a second that one account may make on average; null where only how many are under way is bound. */
  accountRate: number | null;
  log: string;
  /** What Prometheus shows at `/metrics`; without it only an administrator's key or session opens that page. */
  metricsToken: string | undefined;
  /** The OTLP collector that traces go to; none where nobody asks for traces. */
  tracesTo: string | undefined;
}

/** The environment cannot be used: one line per variable, with the way out. */
export class ConfigError extends Error {
  readonly variables: string[];
  constructor(problems: { variable: string; message: string }[]) {
    super(problems.map((problem) => problem.message).join("\n"));
    this.name = "ConfigError";
    this.variables = problems.map((problem) => problem.variable);
  }
}

/**
 * Reads the configuration from the environment. An empty variable counts as absent. Throws a ConfigError that names every
 * bad variable and how to write it. Without RONDO_SECRET one is generated once, beside a file database.
 */
export function readConfig(env: Record<string, string | undefined>): Config {
  const problems: { variable: string; message: string }[] = [];
  const read = <Name extends keyof typeof VARIABLES>(name: Name): z.output<(typeof VARIABLES)[Name]["type"]> => {
    const { type, fix } = VARIABLES[name];
    const result = type.safeParse(env[name] === "" ? undefined : env[name]);
    if (!result.success) problems.push({ variable: name, message: `${name} cannot be used. Write ${fix}.` });
    return result.data as z.output<(typeof VARIABLES)[Name]["type"]>;
  };
  const host = read("HOST");
  const listenOn = read("PORT");
  const db = read("RONDO_DB");
  const start = read("RONDO_CLOCK_START");
  const config = {
    host,
    port: listenOn,
    db,
    dbToken: read("RONDO_DB_TOKEN"),
    demo: read("RONDO_DEMO"),
    url: (read("RONDO_URL") ?? `http://${host === "0.0.0.0" ? "localhost" : host}:${listenOn}`).replace(/\/$/, ""),
    clock: read("RONDO_CLOCK"),
    clockStart: start === undefined ? undefined : Date.parse(start),
    smtpUrl: read("RONDO_SMTP_URL"),
    mailFrom: read("RONDO_MAIL_FROM") ?? "Rondo <rondo@localhost>",
    callSeconds: read("RONDO_CALL_SECONDS"),
    accountRate: read("RONDO_ACCOUNT_RATE") ?? null,
    log: read("RONDO_LOG"),
    metricsToken: read("RONDO_METRICS_TOKEN"),
    tracesTo: read("OTEL_EXPORTER_OTLP_ENDPOINT"),
  };
  const secret = read("RONDO_SECRET");
  if (problems.length > 0) throw new ConfigError(problems);
  return { ...config, secret: secret ?? generatedSecret(db) };
}

/** Whether the server can only be reached from its own machine. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127\./.test(host);
}

/** The secret kept beside a file database, made on the first start; a server database needs one in the environment. */
function generatedSecret(db: string): string {
  if (!db.startsWith("file:")) {
    throw new ConfigError([
      {
        variable: "RONDO_SECRET",
        message: "RONDO_SECRET is missing. With a database server, give at least 32 random characters.",
      },
    ]);
  }
  const path = join(dirname(databasePath(db)), "secret");
  try {
    return readFileSync(path, "utf8").trim();
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== "ENOENT") throw cause;
  }
  mkdirSync(dirname(path), { recursive: true });
  const secret = randomBytes(48).toString("base64url");
  try {
    writeFileSync(path, `${secret}\n`, { mode: 0o600, flag: "wx" });
    return secret;
  } catch (cause) {
    // Another start was first: its secret counts.
    if ((cause as NodeJS.ErrnoException).code === "EEXIST") return readFileSync(path, "utf8").trim();
    throw cause;
  }
}

/** Which database the environment names, for commands that need nothing else of it. Throws a ConfigError. */
export function databaseUrl(env: Record<string, string | undefined>): string {
  const { type, fix } = VARIABLES.RONDO_DB;
  const result = type.safeParse(env.RONDO_DB === "" ? undefined : env.RONDO_DB);
  if (result.success) return result.data;
  throw new ConfigError([{ variable: "RONDO_DB", message: `RONDO_DB cannot be used. Write ${fix}.` }]);
}

/** The path of a `file:` database address. */
export function databasePath(url: string): string {
  return (
    url
      .slice("file:".length)
      .replace(/^\/\/(localhost)?/, "")
      .split("?")[0] ?? ""
  );
}
