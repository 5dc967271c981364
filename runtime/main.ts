import { serve } from "@hono/node-server";
import { makeSetupLink } from "./access/setup.ts";
import { ConfigError, readConfig } from "./config.ts";
import { MigrationError } from "./db/migrate.ts";
import { type EmbeddedHost, openHost } from "./hosts/embedded.ts";
import { loadDemoIfEmpty } from "./hosts/first-start.ts";
import { DatabaseInUseError, NotWritableError } from "./hosts/lock.ts";
import { createApp } from "./http/app.ts";
import { startTracing, stopTracing } from "./tracing.ts";

/** Starts the server from the environment and resolves when it listens. */
export async function main(env: Record<string, string | undefined> = process.env): Promise<void> {
  const config = readConfig(env);
  if (config.tracesTo) await startTracing(config.tracesTo, env.OTEL_SERVICE_NAME);
  const host = await openHost(config);
  await host.start();
  const app = createApp(host);
  const listening = Promise.withResolvers<void>();
  const server = serve({ fetch: app.fetch, hostname: config.host, port: config.port }, ({ port }) => {
    say(`Rondo is at http://${config.host === "0.0.0.0" ? "localhost" : config.host}:${port}`);
    process.send?.({ listening: port });
    listening.resolve();
  });
  server.on("error", (cause: NodeJS.ErrnoException) => {
    const taken = cause.code === "EADDRINUSE";
    say(taken ? `Port ${config.port} is in use. Stop what uses it, or choose another: PORT=4601` : String(cause));
    void host.stop().finally(() => process.exit(1));
  });

  let ending = false;
  const end = (signal: string) => {
    if (ending) return process.exit(1);
    ending = true;
    host.log.info({ signal }, "going down");
    server.close();
    if ("closeIdleConnections" in server) server.closeIdleConnections();
    void host
      .stop()
      .then(stopTracing)
      .then(
        () => process.exit(0),
        (cause) => {
          host.log.error({ err: cause }, "the stop was not clean");
          process.exit(1);
        },
      );
  };
  process.on("SIGTERM", () => end("SIGTERM"));
  process.on("SIGINT", () => end("SIGINT"));

  await listening.promise;
  await firstStart(host);
}

async function firstStart(host: EmbeddedHost): Promise<void> {
  if (host.config.demo === "green-soft") {
    let shown = -1;
    const loaded = await loadDemoIfEmpty(host, (done, total, what) => {
      const percent = Math.floor((100 * done) / Math.max(1, total));
      if (percent === shown) return;
      shown = percent;
      if (process.stdout.isTTY) process.stdout.write(`\rGreen Soft Technology: ${percent} %, ${what}`.padEnd(78));
      else if (percent % 25 === 0) say(`Green Soft Technology: ${percent} %`);
    });
    if (loaded) say("\nThe demo organisation is there. Choose who you are at the top right.");
    return;
  }
  const link = await makeSetupLink(host);
  if (link) say(`Nobody can sign in yet. Make the first administrator here, once: ${link}`);
}

function say(words: string): void {
  process.stdout.write(`${words}\n`);
}

/** A start that cannot be: the reason in words, no stack. */
export function refuse(cause: unknown): never {
  const known = [ConfigError, DatabaseInUseError, NotWritableError, MigrationError].some(
    (kind) => cause instanceof kind,
  );
  const error = cause instanceof Error ? cause : new Error(String(cause));
  process.stderr.write(`${known ? error.message : error.stack}\n`);
  process.exit(1);
}

if (process.argv[1] === import.meta.filename) main().catch(refuse);
